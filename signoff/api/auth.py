"""Who calls: an API key (`Authorization: Bearer KEY`), or the session of a page with its CSRF token.

The Actor found here is `request.auth`; nothing below the door knows how it was found.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie

from signoff.accounts.actors import actor_of_key, actor_of_member
from signoff.accounts.errors import LookingAsSomebodyElse
from signoff.accounts.looking import PAGES_ORGANIZATION, Sight, check_same, sight_of
from signoff.accounts.models import User
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from signoff.core.origin import origin_of

MOST_KEY_LENGTH = 200
SAFE = ("GET", "HEAD", "OPTIONS")


class Request(HttpRequest):
    """What operations get: a request whose caller is known."""

    auth: Actor


class CsrfFailed(NotAllowed):
    code = "csrf_failed"
    message = "The page's security token is missing or old. Reload the page and try again."


class KeyAuth(HttpBearer):
    """A key that is not known ends here: it never falls back to a session."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        if "Authorization" not in request.headers:
            return None
        actor: Actor | None = super().__call__(request)
        if actor is None:
            raise AuthenticationError()
        return actor

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        if not token.isascii() or len(token) > MOST_KEY_LENGTH:
            return None
        return actor_of_key(token.strip(), origin_of(request.META))


class SessionAuth(APIKeyCookie):
    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        if visitor := getattr(request, "_signoff_visitor", None):
            _check_csrf(request)
            guest: Actor = visitor.actor
            return guest
        if not key or not isinstance(request.user, User):
            return None
        _check_csrf(request)
        sight = _sight(request, request.user)
        check_same(sight, request.headers.get(PAGES_ORGANIZATION, ""))
        if sight.looker and request.method not in SAFE:
            raise LookingAsSomebodyElse()
        return sight.actor()


def hands_of(request: Request) -> Actor:
    """Who really asks, also while they look as somebody else: what is written down of them says so."""
    if request.auth.is_looking and isinstance(request.user, User):
        return actor_of_member(_sight(request, request.user).own)
    return request.auth


def _sight(request: HttpRequest, user: User) -> Sight:
    """The one that a middleware has found already, where it had to look. Raises NoMembership, OnlyBySso."""
    found: Sight | None = getattr(request, "_signoff_sight", None)
    return found or sight_of(user, request.session)


class _Csrf(CsrfViewMiddleware):
    """Django's own check, with our refusal in the place of its page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        raise CsrfFailed()


CSRF = _Csrf(lambda request: HttpResponse())


def _check_csrf(request: HttpRequest) -> None:
    """Operations are exempt from Django's own pass, since keys need no token; here sessions make up for it."""
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    CSRF.process_request(request)
    CSRF.process_view(request, HttpResponse, (), {})
