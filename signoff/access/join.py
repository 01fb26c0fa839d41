"""The step that lets somebody in who was invited: exactly as the invitation says, and once."""

from django.db import transaction
from django.utils.timezone import now

from signoff.access.errors import DeadLink, TeamsAreGone
from signoff.access.models import Invitation
from signoff.accounts.actors import actor_of_member
from signoff.accounts.errors import AlreadyMember
from signoff.accounts.joining import HERE_ALREADY
from signoff.accounts.models import ClientTeam, Membership, Role, User
from signoff.audit.record import Happening, record_all
from signoff.audit.verbs import Verb
from signoff.core.constraints import refused_as
from signoff.core.ids import new_id


@transaction.atomic
def join(invitation: Invitation, user: User) -> Membership:
    """Make `user` what the invitation says; it must be locked and open, and theirs.

    A membership that was closed is opened again, with the role and teams of the invitation; not by one from before it
    was closed, which nobody thought of then. Raises AlreadyMember, TeamsAreGone or DeadLink.
    """
    teams = teams_of(invitation)
    with refused_as(HERE_ALREADY):
        membership, is_new = Membership.objects.get_or_create(
            user=user, organization=invitation.organization, defaults={"role": invitation.role}
        )
    if not is_new and membership.is_active:
        raise AlreadyMember("You are a member here already. Sign in.", field="email")
    if not is_new and membership.updated_at > invitation.asked_at:
        raise DeadLink()
    before = None if is_new else (membership.role, [team.name for team in membership.client_teams.order_by("name")])
    membership.role, membership.is_active = invitation.role, True
    membership.save(update_fields=["role", "is_active", "updated_at"])
    membership.client_teams.set(teams)
    invitation.accepted_at, invitation.accepted_by = now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by", "updated_at"])
    _record(invitation, membership, teams, before)
    return membership


def teams_of(invitation: Invitation) -> list[ClientTeam]:
    """The client teams it names. Raises TeamsAreGone when one is archived, or none is left for a client viewer."""
    teams = list(invitation.client_teams.order_by("name"))
    if any(team.archived_on for team in teams) or (invitation.role == Role.CLIENT_VIEWER and not teams):
        raise TeamsAreGone()
    return teams


def _record(
    invitation: Invitation, membership: Membership, teams: list[ClientTeam], before: tuple[str, list[str]] | None
) -> None:
    """Two events of one act: what the person is here now, and how they came."""
    actor, names = actor_of_member(membership), [team.name for team in teams]
    if before is None:
        data = {"email": invitation.email, "role": invitation.role, "teams": names}
        joined = Happening(Verb.MEMBER_ADDED, membership, data=data)
    else:
        now_is = {"is_active": (False, True), "role": (before[0], invitation.role), "teams": (before[1], names)}
        changes = {name: pair for name, pair in now_is.items() if pair[0] != pair[1]}
        joined = Happening(Verb.MEMBER_CHANGED, membership, changes=changes)
    happenings = [joined, Happening(Verb.INVITATION_ACCEPTED, invitation)]
    record_all(happenings, actor=actor, organization_id=membership.organization_id, act=new_id())
