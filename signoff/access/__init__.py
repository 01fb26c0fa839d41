"""How people get in: invitations, forgotten passwords, single sign-on, second factors, where they are signed in."""
