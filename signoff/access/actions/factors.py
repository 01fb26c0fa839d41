"""Second factors: one's own, and taking away those of somebody who has lost them.

That the person proved themselves a moment ago is the session's business, so the door asks for it.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.db.models import QuerySet

from signoff.access.errors import AppThere, NoFactor, OwnFactors, WrongCode
from signoff.access.factors import LAST, Type, counter_of
from signoff.access.own import lock_own, record_own
from signoff.accounts.actors import FACTORS, is_elsewhere
from signoff.accounts.errors import BelongsElsewhere, NotAPerson
from signoff.accounts.models import Membership, User
from signoff.accounts.policy import Permission, require
from signoff.accounts.sessions import end_sessions
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.core.text import clean_name

ELSEWHERE = (
    "This person belongs to another organisation too, so nobody here may take their second factors away. "
    "Whoever runs this server can: signoff admin reset-factors."
)


@transaction.atomic
def add_app(*, actor: Actor, user: User, secret: str, code: str) -> list[str]:
    """Take up an authenticator app that shows the codes of `secret`, of which `code` is the first.

    Returns recovery codes when the person had none; they are shown once. Raises WrongCode, AppThere.
    """
    user = lock_own(actor, user)
    if _of(user, Type.TOTP).exists():
        raise AppThere
    counter = counter_of(secret, code)
    if counter is None:
        raise WrongCode(field="code")
    app = TOTP.activate(user, secret).instance
    app.data[LAST] = counter
    app.save(update_fields=["data"])
    codes = _first_codes(user)
    record_own(Verb.SECOND_FACTOR_ADDED, actor, user, kind="app")
    return codes


@transaction.atomic
def add_passkey(*, actor: Actor, user: User, name: str, credential: dict[str, Any]) -> list[str]:
    """Take up a passkey whose answer to our challenge was right.

    Returns recovery codes when the person had none; they are shown once. Raises BadText.
    """
    user, name = lock_own(actor, user), clean_name(name, most=80)
    WebAuthn.add(user, name, credential)
    codes = _first_codes(user)
    record_own(Verb.SECOND_FACTOR_ADDED, actor, user, kind="passkey", name=name)
    return codes


@transaction.atomic
def rename_passkey(*, actor: Actor, user: User, passkey: Authenticator, name: str) -> None:
    """Call a passkey something else. Nobody else's business, so no event is written. Raises BadText."""
    user = lock_own(actor, user)
    row = _of(user, Type.WEBAUTHN).filter(pk=passkey.pk).first()
    if row is None:
        raise NotFound
    row.data["name"] = clean_name(name, most=80)
    row.save(update_fields=["data"])


@transaction.atomic
def remove_factor(*, actor: Actor, user: User, factor: Authenticator) -> None:
    """Take one's app or passkey away; recovery codes go with the last one. Twice is once."""
    user = lock_own(actor, user)
    row = _of(user, *FACTORS).filter(pk=factor.pk).first()
    if row is None:
        return
    said = {"kind": "app"} if row.type == Type.TOTP else {"kind": "passkey", "name": row.wrap().name}
    row.delete()
    if not _of(user, *FACTORS).exists():
        _of(user, Type.RECOVERY_CODES).delete()
    record_own(Verb.SECOND_FACTOR_REMOVED, actor, user, **said)


@transaction.atomic
def renew_recovery_codes(*, actor: Actor, user: User) -> list[str]:
    """Make new recovery codes, which are shown once; those before count no more. Raises NoFactor."""
    user = lock_own(actor, user)
    if not _of(user, *FACTORS).exists():
        raise NoFactor
    _of(user, Type.RECOVERY_CODES).delete()
    codes = _first_codes(user)
    record_own(Verb.SECOND_FACTOR_ADDED, actor, user, kind="recovery_codes")
    return codes


@transaction.atomic
def remove_factors(*, actor: Actor, membership: Membership) -> int:
    """Take all second factors away from a member who lost them, and sign them out; returns how many there were.

    What was lost may still be signed in, and the password alone opens the account from now on.
    Raises NotAPerson, OwnFactors, or BelongsElsewhere, which an operator may pass over.
    """
    require(actor, Permission.MANAGE_PEOPLE, membership.organization_id)
    user = User.objects.select_for_update(no_key=True).get(pk=membership.user_id)
    if user.is_service:
        raise NotAPerson
    if user.pk == actor.user_id:
        raise OwnFactors
    if is_elsewhere(membership) and not actor.is_system:
        raise BelongsElsewhere(ELSEWHERE)
    number: int = _of(user, *FACTORS).count()
    Authenticator.objects.filter(user_id=user.pk).delete()
    ended = end_sessions(user.pk)
    happening = Happening(Verb.SECOND_FACTOR_REMOVED, user, data={"kind": "all", "number": number, "sessions": ended})
    record(happening, actor=actor, organization_id=membership.organization_id)
    return number


def _of(user: User, *types: str) -> QuerySet[Authenticator]:
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user.pk, type__in=types)
    return rows


def _first_codes(user: User) -> list[str]:
    """Recovery codes for who has none; nothing for who has."""
    if _of(user, Type.RECOVERY_CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes
