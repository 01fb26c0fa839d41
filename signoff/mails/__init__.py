"""Letters to people: how they look, and handing them to the mail server. What they say, their senders know."""
