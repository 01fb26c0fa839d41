"""Steps of inviting: what somebody is invited to, whether that can be, and the rows that say so. They ask nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db.models.functions import Lower
from django.utils.timezone import now

from signoff import mails
from signoff.access.errors import AlreadyInvited, TeamIsArchived
from signoff.access.models import VALID, Invitation
from signoff.access.queue import send_later
from signoff.accounts.errors import AlreadyMember, NotAPerson
from signoff.accounts.joining import check_teams, clean_address, clean_role, own_teams
from signoff.accounts.models import ClientTeam, Membership, Organization, User
from signoff.audit.record import Happening, record_all
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.constraints import refused_as
from signoff.core.ids import new_id
from signoff.core.text import clean_name

INVITED_ALREADY = {"one_open_invitation_per_address": AlreadyInvited(field="email")}


@dataclass(frozen=True, slots=True)
class Draft:
    """Who is to be invited, as what; clean."""

    email: str
    name: str
    role: str
    teams: tuple[ClientTeam, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What stands in the way of inviting some addresses; three queries, however many they are."""

    members: frozenset[str]
    invited: frozenset[str]
    services: frozenset[str]

    @classmethod
    def of(cls, organization_id: UUID, addresses: Iterable[str]) -> Self:
        wanted = list(addresses)
        members = Membership.objects.filter(organization_id=organization_id, is_active=True)
        invited = Invitation.objects.filter(organization_id=organization_id).open().filter(email__in=wanted)
        here = members.annotate(address=Lower("user__email")).filter(address__in=wanted)
        services = User.objects.filter(is_service=True).annotate(address=Lower("email")).filter(address__in=wanted)
        return cls(
            frozenset(here.values_list("address", flat=True)),
            frozenset(invited.values_list("email", flat=True)),
            frozenset(services.values_list("address", flat=True)),
        )

    def check(self, email: str) -> None:
        """Raises NotAPerson, AlreadyMember or AlreadyInvited."""
        self.check_member(email)
        if email in self.invited:
            raise AlreadyInvited(field="email")

    def check_member(self, email: str) -> None:
        """Raises NotAPerson or AlreadyMember."""
        if email in self.services:
            raise NotAPerson(field="email")
        if email in self.members:
            raise AlreadyMember(field="email")


def draft_of(organization_id: UUID, *, email: str, name: str, role: str, teams: Iterable[ClientTeam]) -> Draft:
    """Raises BadAddress, BadText, NoSuchRole, ClientNeedsTeam, TeamIsArchived; NotFound for a team of others."""
    chosen = own_teams(organization_id, teams)
    draft = Draft(clean_address(email), clean_name(name, required=False), clean_role(role), tuple(chosen))
    check_teams(draft.role, chosen)
    if any(team.archived_on for team in chosen):
        raise TeamIsArchived(field="teams")
    return draft


def start_invitations(actor: Actor, organization: Organization, drafts: Sequence[Draft]) -> list[Invitation]:
    """Rows, events and letters for these drafts, in few statements. Raises AlreadyInvited for who was just invited.

    An invitation that has run out makes way for the new one.
    """
    over = Invitation.objects.filter(organization=organization, email__in=[draft.email for draft in drafts])
    over.unanswered().filter(expires_at__lte=now()).update(revoked_at=now())
    rows = [_row(actor, organization, draft) for draft in drafts]
    through = Invitation.client_teams.through
    with refused_as(INVITED_ALREADY):
        Invitation.objects.bulk_create(rows)
    pairs = zip(rows, drafts, strict=True)
    through.objects.bulk_create(
        through(invitation_id=row.pk, clientteam_id=team.pk) for row, draft in pairs for team in draft.teams
    )
    record_all(map(_sent, rows, drafts), actor=actor, organization_id=organization.pk, act=new_id())
    if mails.is_configured():
        send_later(rows)
    return rows


def _row(actor: Actor, organization: Organization, draft: Draft) -> Invitation:
    return Invitation(
        organization=organization,
        email=draft.email,
        name=draft.name,
        role=draft.role,
        invited_by_id=actor.user_id,
        invited_by_label=actor.label[:200],
        expires_at=now() + VALID,
    )


def _sent(row: Invitation, draft: Draft) -> Happening:
    data = {"email": draft.email, "role": draft.role, "teams": [team.name for team in draft.teams]}
    return Happening(Verb.INVITATION_SENT, row, data=data)
