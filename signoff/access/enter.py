"""Steps of an admission: somebody becomes a member, or another kind of member. They ask nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.utils.timezone import now

from signoff.access.admission import Admission, Standing, Why
from signoff.access.facts import Knock
from signoff.access.models import Invitation
from signoff.accounts.members import is_only_admin, save_member, set_standing
from signoff.accounts.models import ClientTeam, Membership, Role, User
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor

UNTOLD = "The directory did not tell the groups, because there are too many; the role stayed."
ONLY_ADMIN = "The directory says another role; this is the last active admin, so the role stayed."


@dataclass
class Memory:
    """What an identity keeps from one sign-in to the next, by organisation: the role that a rule gave,
    and why a role stayed, so that it is said once and not at every sign-in."""

    given: dict[str, str] = field(default_factory=dict)
    noted: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: SocialAccount | None) -> Self:
        kept: Mapping[str, Any] = row.extra_data if row else {}
        return cls(dict(kept.get("given", {})), dict(kept.get("noted", {})))

    @property
    def kept(self) -> dict[str, object]:
        return {"given": self.given, "noted": self.noted}


def enter(actor: Actor, user: User, knock: Knock, verdict: Admission, memory: Memory) -> None:
    """Do what was decided, and remember what a rule gave."""
    here, stayed = str(knock.organization.pk), ""
    if knock.membership is None:
        _join(actor, user, knock, verdict)
    elif verdict.why is Why.UNTOLD:
        stayed = UNTOLD
    elif verdict.why is Why.FOLLOWS and verdict.standing:
        stayed = _follow(actor, knock.membership, verdict.standing)
    given = verdict.standing if verdict.is_ruled and stayed != ONLY_ADMIN else None
    _set(memory.given, here, given.role if given else "")
    if stayed and knock.membership and memory.noted.get(here) != stayed:
        happening = Happening(Verb.MEMBER_CHANGED, knock.membership, data={"kept": stayed})
        record(happening, actor=actor, organization_id=knock.organization.pk)
    _set(memory.noted, here, stayed)


def _set(memory: dict[str, str], here: str, what: str) -> None:
    memory.pop(here, None)
    if what:
        memory[here] = what


def _follow(actor: Actor, membership: Membership, standing: Standing) -> str:
    """Why the role stayed; nothing when it did not."""
    if standing.role != Role.ADMIN and is_only_admin(membership):
        return ONLY_ADMIN
    change = set_standing(membership, standing.role, _teams(membership.organization_id, standing))
    save_member(actor, membership, change, {"by": "group"})
    return ""


def _join(actor: Actor, user: User, knock: Knock, verdict: Admission) -> None:
    assert verdict.standing is not None
    membership = Membership(user=user, organization=knock.organization, role=verdict.standing.role)
    membership.save(force_insert=True)
    teams = _teams(knock.organization.pk, verdict.standing)
    membership.client_teams.set(teams)
    data = {"email": user.email, "role": membership.role, "teams": [team.name for team in teams], "by": verdict.why}
    record(Happening(Verb.MEMBER_ADDED, membership, data=data), actor=actor, organization_id=knock.organization.pk)
    if knock.invitation and verdict.why is Why.INVITED:
        _accept(actor, user, knock.invitation)


def _accept(actor: Actor, user: User, invitation: Invitation) -> None:
    invitation.accepted_at, invitation.accepted_by = now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by", "updated_at"])
    happening = Happening(
        Verb.INVITATION_ACCEPTED, invitation, data={"email": invitation.email, "by": "single sign-on"}
    )
    record(happening, actor=actor, organization_id=invitation.organization_id)


def _teams(organization_id: UUID, standing: Standing) -> list[ClientTeam]:
    return list(ClientTeam.objects.filter(organization_id=organization_id, pk__in=standing.teams).order_by("name"))
