"""Pages of review sessions: the list, the agenda, the live room, what came of it."""
