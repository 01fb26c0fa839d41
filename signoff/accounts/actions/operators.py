"""What an operator does before there is anybody who could do it on a page."""

from django.db import transaction
from django.db.models import Q

from signoff.accounts.actions.organizations import add_organization
from signoff.accounts.joining import clean_address
from signoff.accounts.models import Membership, Organization, Role, User
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import Invalid
from signoff.core.text import clean_name


@transaction.atomic
def create_admin(*, actor: Actor, email: str, name: str, password: str, organization: str = "") -> User:
    """Make somebody an admin of the organisation of that name, which is made when there is none.

    A person who is there already keeps their password and becomes an admin; a new one must change the
    given password at the first sign-in. Without a name the only organisation is meant. Raises Invalid,
    BadAddress or BadText.
    """
    require(actor, Permission.MANAGE_PEOPLE)
    email = clean_address(email)
    where = _called(organization) or add_organization(actor=actor, name=organization or "Studio")
    user = User.objects.at(email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=clean_name(name), must_change_password=True)
    member, _ = Membership.objects.update_or_create(
        user=user, organization=where, defaults={"role": Role.ADMIN, "is_active": True}
    )
    record(Happening(Verb.MEMBER_ADDED, member), actor=actor, organization_id=where.pk)
    return user


def organization_called(name: str) -> Organization:
    """The organisation of this name or slug; the only one when no name is given. Raises Invalid."""
    found = _called(name)
    if found is None:
        known = ", ".join(Organization.objects.order_by("name").values_list("name", flat=True)) or "none yet"
        raise Invalid(f"Say which organisation with --organization; there are: {known}.", field="organization")
    return found


def _called(name: str) -> Organization | None:
    everywhere = Organization.objects.order_by("name")
    found = list((everywhere.filter(Q(name__iexact=name) | Q(slug=name)) if name else everywhere)[:2])
    if len(found) > 1:
        known = ", ".join(everywhere.values_list("name", flat=True))
        raise Invalid(f"Say which organisation with --organization; there are: {known}.", field="organization")
    return found[0] if found else None
