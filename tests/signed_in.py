"""What `force_login` leaves out: the row that signing in writes beside the session, and how it was signed in."""

import time

from allauth.usersessions.models import UserSession
from django.test import Client

from signoff.accounts.models import User

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36"


def seen(client: Client, user: User) -> UserSession:
    """The session of this browser is known as one of this person's, as after signing in."""
    key = client.session.session_key
    return UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent=WINDOWS)


def prove(client: Client, user: User, method: str = "password", *, ago: float = 0) -> None:
    """The person proved who they are in this browser, `ago` seconds before now."""
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
