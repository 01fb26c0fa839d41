"""Through whose eyes a session sees: its person's own or, for an hour at most, somebody else's (view as).

Asked anew at each request: who loses the right, or looks as somebody whose access ends, is themselves again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from time import time
from typing import Any
from uuid import UUID

from django.db.models import Q

from signoff.accounts.actors import actor_of_member, membership_of, viewer_of
from signoff.accounts.errors import AnotherOrganization
from signoff.accounts.models import ClientTeam, Membership, Organization, Role, User
from signoff.accounts.names import NOBODY
from signoff.accounts.policy import ALLOWED, Permission
from signoff.core.actor import Actor

LOOKING = "looking_as"  # the session's key for whom they look as: what `begin_looking` returned
PAGES_ORGANIZATION = "X-Signoff-Organization"  # the header in which a page says which one it was made for
LONGEST = timedelta(hours=1)


Session = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose eyes they are. `looker` is who really looks, where these are not their own; `team` where it is a client
    team's, nobody's in particular: `member` is then somebody who is nowhere written down."""

    member: Membership
    looker: Membership | None = None
    team: ClientTeam | None = None

    @property
    def own(self) -> Membership:
        """Of the person who sits there."""
        return self.looker or self.member

    def actor(self) -> Actor:
        """One query for a client viewer's teams."""
        if self.team:
            seen = viewer_of(self.member, ClientTeam.objects.filter(pk=self.team.pk))
        else:
            seen = actor_of_member(self.member)
        return replace(seen, is_looking=True) if self.looker else seen


def sight_of(user: User, session: Session) -> Sight:
    """Whose eyes this session of this person has now. One query, two when looking. Raises NoMembership, OnlyBySso."""
    own = membership_of(user, session)
    kept = session.get(LOOKING)
    return (_other(own, kept) if kept else None) or Sight(own)


def check_same(sight: Sight, said: str) -> None:
    """`said` is the organisation that a page was made for; empty does not ask.

    A person's tabs share one session, so a page may be older than a switch made in another one. Raises
    AnotherOrganization, so that nothing meant for one house is done in another.
    """
    if said and said != str(sight.member.organization_id):
        raise AnotherOrganization()


def may_look_as(looker: Membership, member: Membership) -> bool:
    """May this admin see what this person sees? Not what another admin does, since that is what they see."""
    is_seen = member.is_active and member.user.is_active and not member.user.is_service
    return _may_look(looker) and is_seen and not _may_look(member) and looker.organization_id == member.organization_id


def is_looking(session: Session) -> bool:
    """Does this session look as somebody else, as far as it says itself? No query."""
    kept = session.get(LOOKING)
    return kept is not None and time() < kept["until"]


def _other(own: Membership, kept: Mapping[str, Any]) -> Sight | None:
    if time() >= kept["until"] or kept["organization"] != str(own.organization_id) or not _may_look(own):
        return None
    if kept["team"]:
        team = ClientTeam.objects.filter(pk=kept["team"], organization_id=own.organization_id).first()
        return Sight(_viewer(own.organization, team), own, team) if team else None
    here = Q(pk=kept["member"], organization_id=own.organization_id)
    member = Membership.objects.people().filter(here).select_related("user", "organization").first()
    return Sight(member, own) if member and may_look_as(own, member) else None


def _may_look(member: Membership) -> bool:
    return Permission.VIEW_AS in ALLOWED[Role(member.role)]


def eyes_of(team: ClientTeam) -> Actor:
    """What people of this client team see, for what the house makes for them. Looks only. One query."""
    seen = viewer_of(_viewer(team.organization, team), ClientTeam.objects.filter(pk=team.pk))
    return replace(seen, is_looking=True)


def _viewer(organization: Organization, team: ClientTeam) -> Membership:
    """Somebody of the team, without a row: nothing is theirs, and nothing is assigned to them."""
    somebody = User(pk=NOBODY, name=f"Somebody at {team.name}")
    return Membership(pk=NOBODY, user=somebody, organization=organization, role=Role.CLIENT_VIEWER)


def kept_for(member: Membership | None, team: ClientTeam | None, organization_id: UUID, label: str) -> dict[str, Any]:
    """What a session keeps while it looks: plain values."""
    return {
        "member": str(member.pk) if member else "",
        "user": str(member.user_id) if member else "",
        "team": str(team.pk) if team else "",
        "organization": str(organization_id),
        "label": label,
        "until": time() + LONGEST.total_seconds(),
    }
