"""A sign-in that failed, written down by a job: whose account it was, nobody can tell from how long the answer took."""

from datetime import datetime

from signoff.accounts.models import Membership, Organization, OrganizationQuerySet, User
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor, ActorKind
from signoff.core.origin import Origin


def note_failure(email: str, origin: Origin, means: str, at: datetime) -> None:
    """Write it down where it belongs: in the organisations of the account, else in those that own its domain."""
    user = User.objects.at(email).filter(is_service=False).first()
    organizations = list(_organizations_of(user, email))
    for organization in organizations:
        happening = failure_of(user, organization, email, origin, means)
        actor = Actor(ActorKind.USER, str(user or email), organization.pk, user_id=None)
        record(happening, actor=actor, organization_id=organization.pk, at=at)


def failure_of(user: User | None, organization: Organization, email: str, origin: Origin, means: str) -> Happening:
    """It is about the account; where there is none, about the organisation whose address it would be."""
    data = {"means": [means], "is_known": user is not None, "email": email, **origin.data}
    return Happening(Verb.SIGN_IN_FAILED, user or organization, data=data)


def _organizations_of(user: User | None, email: str) -> OrganizationQuerySet:
    if user:
        active = Membership.objects.filter(user=user, is_active=True)
        return Organization.objects.filter(pk__in=active.values("organization_id")).order_by("pk")
    return Organization.objects.filter(domains__contains=[email.rpartition("@")[2]]).order_by("pk")
