"""The session behind a request that does not come through Django: of live streams and of the bytes of uploads."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from signoff.accounts.looking import is_looking

Headers = list[tuple[bytes, bytes]]


def session_of(headers: Headers) -> SessionBase:
    """The session that the cookie names; an empty one without. Whoever reads from it asks the database."""
    jar: SimpleCookie = SimpleCookie()
    for name, value in headers:
        if name == b"cookie":
            try:
                jar.load(value.decode("latin-1"))
            except CookieError:
                continue
    cookie = jar.get(settings.SESSION_COOKIE_NAME)
    session: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(cookie.value if cookie else None)
    return session


def is_looking_here(headers: Headers) -> bool:
    """Does the browser that asks look as somebody else? One query where it sent a cookie, none without."""
    session = session_of(headers)
    return bool(session.session_key) and is_looking(session)
