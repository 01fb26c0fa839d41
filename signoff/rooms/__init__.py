"""Review sessions: an agenda of deliverables, the live room where they are looked at, and what came of it."""
