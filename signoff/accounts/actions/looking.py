"""Looking as somebody else, to see what they see; begin and end are written down with both names."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models, transaction

from signoff.accounts.errors import NobodyToLookAs
from signoff.accounts.looking import kept_for, may_look_as
from signoff.accounts.models import ClientTeam, Membership, User
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor, ActorKind
from signoff.core.errors import NotFound


@transaction.atomic
def look_as_person(*, actor: Actor, membership: Membership) -> dict[str, Any]:
    """Begin to see what this person sees; returns what the session is to keep, under `looking.LOOKING`.

    Raises NobodyToLookAs for another admin and for who has no access, NotFound for a stranger.
    """
    require(actor, Permission.VIEW_AS)
    own = Membership.objects.visible_to(actor).filter(user=actor.user_id).first() if actor.user_id else None
    if own is None or membership.organization_id != own.organization_id:
        raise NotFound()
    if not may_look_as(own, membership):
        raise NobodyToLookAs()
    teams = ", ".join(membership.client_teams.order_by("name").values_list("name", flat=True))
    label = f"{membership.user.name} ({teams})" if teams else str(membership.user)
    _record(Verb.VIEW_AS_BEGUN, actor, own.organization_id, membership.user)
    return kept_for(membership, None, own.organization_id, label)


@transaction.atomic
def look_as_team(*, actor: Actor, team: ClientTeam) -> dict[str, Any]:
    """Begin to see what a client viewer of exactly this team sees, who is nobody in particular. Raises NotFound."""
    require(actor, Permission.VIEW_AS)
    if actor.organization_id is None or team.organization_id != actor.organization_id:
        raise NotFound()
    _record(Verb.VIEW_AS_BEGUN, actor, actor.organization_id, team)
    return kept_for(None, team, actor.organization_id, team.name)


@transaction.atomic
def look_as_oneself(*, user: User, kept: Mapping[str, Any], why: str) -> None:
    """End it: `why` is asked, time, signed_out or access. Anybody may, so it asks no permission."""
    organization_id = UUID(kept["organization"])
    actor = Actor(ActorKind.USER, str(user), organization_id, user.pk)
    seen: User | ClientTeam = User(pk=UUID(kept["user"]), name=kept["label"]) if kept["user"] else _team(kept)
    _record(Verb.VIEW_AS_ENDED, actor, organization_id, seen, why=why)


def _team(kept: Mapping[str, Any]) -> ClientTeam:
    return ClientTeam(pk=UUID(kept["team"]), name=kept["label"])


def _record(verb: Verb, actor: Actor, organization_id: UUID, seen: models.Model, **data: object) -> None:
    record(Happening(verb, seen, data=data), actor=actor, organization_id=organization_id)
