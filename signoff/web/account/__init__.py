"""A person's own pages: the account, second factors, where they are signed in."""
