"""What stands around every way of signing in: limits before a password is looked at, an event after, a known device."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from signoff.access import known_browsers, own_password, sign_ins
from signoff.access.known_browsers import KnownBrowser, known_browser
from signoff.access.limits import TooManyTries
from signoff.accounts.models import User
from signoff.core.errors import SignoffError
from signoff.core.origin import Origin, origin_of
from signoff.web.answers import is_here

TOO_MANY = "too_many_login_attempts"
MOST_PASSWORD = 1000  # characters: hashing more would be work for nothing


class Entrance(DefaultAccountAdapter):  # type: ignore[misc]
    """The part of our adapter that every way in passes; passwords are counted here, by our own limits."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return came_from(request).address or "unknown"

    def is_safe_url(self, url: str | None) -> bool:
        return is_here(url or "")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Who has this password. Raises ValidationError, with the `wait` in its params, when it was tried too often."""
        email = str(credentials.get("email") or getattr(request.user, "email", ""))
        if len(str(credentials.get("password", ""))) > MOST_PASSWORD:
            raise ValidationError(_("A password has at most %(most)s characters.") % {"most": MOST_PASSWORD})
        try:
            counted = sign_ins.count_sign_in(email, came_from(request), device_in(request))
        except TooManyTries as refusal:
            raise ValidationError(refusal.message, code=TOO_MANY, params={"wait": refusal.wait}) from refusal
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user:
            counted.give_back()
        else:
            sign_ins.sign_in_failed(email, came_from(request))
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's own limit, which ours is in the place of."""

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponseBase:
        person = cast(User, user)
        response: HttpResponseBase = super().post_login(request, user, **more)
        sign_ins.signed_in(person, came_from(request), means_of(request, person))
        remember(request, response, person)
        return response


class PasswordBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, which hashes for unknown accounts too. A wrong password ends here: the next backend, which stands
    behind it for the sessions that it began, would hash it once more."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser:
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is None:
            raise PermissionDenied
        return user


def came_from(request: HttpRequest) -> Origin:
    return origin_of(request.META)


def device_in(request: HttpRequest) -> KnownBrowser:
    """The browser that asks, as far as it is known."""
    return known_browser(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))


def remember(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """This browser belongs to this person from now on."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        device_in(request).cookie_for(person.email),
        max_age=known_browsers.SECONDS,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def means_of(request: HttpRequest, person: User) -> list[str]:
    """`["password", "totp"]`: what this session was begun with, in the order it was shown."""
    records = get_authentication_records(request, person)
    return [str(one.get("type") or one.get("provider") or one.get("method")) for one in records] or ["password"]


def leave(request: HttpRequest) -> None:
    """End this session, and write that down."""
    if isinstance(request.user, User):
        sign_ins.signed_out(request.user, request.session.session_key or "", came_from(request))
    logout(request)


def check_code(person: User, check: Callable[[], str]) -> str:
    """A code of the person's second factor, as `check` returns it. Raises ValidationError when it is wrong, and counts
    and writes down that it was, or when there were too many."""
    request = context.request
    try:
        counted = sign_ins.count_code(person, device_in(request))
    except TooManyTries as refusal:
        raise ValidationError(refusal.message) from refusal
    try:
        code = check()
    except ValidationError:
        sign_ins.sign_in_failed(person.email, came_from(request), means="code")
        raise
    counted.give_back()
    return code


def check_own_password(person: User, password: str) -> None:
    """For who is signed in and wants something that a borrowed session must not do. Raises ValidationError."""
    try:
        own_password.check_own_password(person, password)
    except SignoffError as refusal:
        raise ValidationError(refusal.message) from refusal
