"""What people do with their own account, and an operator with any. Accounts write their own events."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from signoff.accounts.keys import digest_of, new_secret
from signoff.accounts.models import ApiKey, Membership, Organization, Role, User
from signoff.accounts.policy import SCOPES, Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import Invalid, NotAllowed
from signoff.core.text import clean_name, slug_of

PREFERENCES = {"theme": {"light", "dark", "system"}, "sidebar": {"wide", "rail"}}


class NoSuchPreference(Invalid):
    code = "no_such_preference"
    message = "There is no such choice."


@transaction.atomic
def change_password(*, actor: Actor, user: User, password: str) -> None:
    """Give the acting person a new password, already checked against the rules; the first-password duty ends.

    Raises NotAllowed for anybody else's. Other sessions of the person end, because their hash changes.
    """
    require(actor, Permission.VIEW)
    if user.pk != actor.user_id or actor.organization_id is None:
        raise NotAllowed
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(Happening(Verb.PASSWORD_CHANGED, user), actor=actor, organization_id=actor.organization_id)


@transaction.atomic
def set_preferences(*, actor: Actor, user: User, **wanted: str) -> None:
    """Remember how this person likes the pages. Nobody else's business, so no event is written.

    Raises NoSuchPreference, and changes nothing then.
    """
    require(actor, Permission.VIEW)
    if user.pk != actor.user_id:
        raise NotAllowed
    if not wanted or any(value not in PREFERENCES.get(name, ()) for name, value in wanted.items()):
        raise NoSuchPreference
    row = User.objects.select_for_update().get(pk=user.pk)
    user.preferences = {**row.preferences, **wanted}
    user.save(update_fields=["preferences"])


@transaction.atomic
def create_admin(*, actor: Actor, email: str, name: str, password: str, organization: str = "") -> User:
    """Make somebody an admin of the organisation of that name, which is made when there is none.

    A person who is there already keeps their password and becomes an admin; a new one must change the
    given password at the first sign-in. Without a name the only organisation is meant. Raises Invalid.
    """
    require(actor, Permission.MANAGE_PEOPLE)
    where = _organization_called(organization, make_as=organization or "Studio")
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(_address(email), password, name=clean_name(name), must_change_password=True)
    member, _ = Membership.objects.update_or_create(
        user=user, organization=where, defaults={"role": Role.ADMIN, "is_active": True}
    )
    record(Happening(Verb.MEMBER_ADDED, member), actor=actor, organization_id=where.pk)
    return user


@transaction.atomic
def issue_api_key(*, actor: Actor, name: str, scopes: Sequence[str], organization: str = "") -> str:
    """Issue a key that acts as a service user of its own; returns the key, which nobody can read again.

    Raises NotAllowed, or Invalid when a scope is unknown or it is not clear which organisation is meant.
    """
    require(actor, Permission.MANAGE_KEYS)
    unknown = sorted(set(scopes) - SCOPES.keys())
    if unknown or not scopes:
        raise Invalid(f"The scopes are {', '.join(SCOPES)}; not {', '.join(unknown) or 'nothing'}.", field="scopes")
    where = _organization_called(organization)
    secret, prefix = new_secret()
    user = User.objects.create_user(f"key-{prefix}@service.invalid", name=name, is_service=True)
    member = Membership.objects.create(user=user, organization=where, role=Role.INTEGRATION)
    key = ApiKey.objects.create(
        membership=member,
        name=name,
        prefix=prefix,
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        issued_by=actor.label[:200],
    )
    record(Happening(Verb.API_KEY_ISSUED, key), actor=actor, organization_id=where.pk)
    return secret


def _organization_called(name: str, make_as: str = "") -> Organization:
    """The organisation of this name or slug; the only one when no name is given."""
    everywhere = Organization.objects.order_by("name")
    meant = everywhere.filter(Q(name__iexact=name) | Q(slug=name)) if name else everywhere
    found = list(meant[:2])
    if not found and make_as:
        return Organization.objects.create(name=make_as, slug=slug_of(make_as) or "studio")
    if len(found) != 1:
        known = ", ".join(everywhere.values_list("name", flat=True)) or "none yet"
        raise Invalid(f"Say which organisation with --organization; there are: {known}.", field="organization")
    return found[0]


def _address(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(f"{email!r} is not an e-mail address.", field="email") from error
    return email
