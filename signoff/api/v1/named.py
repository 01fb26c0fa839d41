"""Rows that a body names by id: looked up through what the caller sees; an unknown one is an error at its field."""

from typing import Any
from uuid import UUID

from django.db.models import Model

from signoff.accounts.models import ClientTeam, Membership, Organization, User
from signoff.accounts.visibility import ScopedQuerySet
from signoff.core.actor import Actor
from signoff.core.errors import Invalid, NotFound
from signoff.pipelines.models import PipelineTemplate


class UnknownReference(Invalid):
    code = "unknown_reference"
    message = "There is nothing with this id here."


def person(actor: Actor, user_id: UUID | None, field: str) -> User | None:
    """Raises UnknownReference for who is no member here."""
    if user_id is None:
        return None
    members = Membership.objects.visible_to(actor).people().filter(user_id=user_id).select_related("user")
    found = members.first()
    if found is None:
        raise UnknownReference("There is nobody with this id here.", field=field)
    return found.user


def client_team(actor: Actor, team_id: UUID | None, field: str = "client_team") -> ClientTeam | None:
    return None if team_id is None else _one(ClientTeam.objects.visible_to(actor), team_id, field)


def pipeline(actor: Actor, pipeline_id: UUID | None, field: str = "pipeline") -> PipelineTemplate | None:
    return None if pipeline_id is None else _one(PipelineTemplate.objects.visible_to(actor), pipeline_id, field)


def organization(actor: Actor) -> Organization:
    """The one the caller acts in."""
    return Organization.objects.visible_to(actor).get()


def found(rows: ScopedQuerySet[Any], row_id: UUID) -> Any:
    """The row of an address. Raises NotFound; `rows` has gone through `visible_to`."""
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise NotFound()
    return row


def with_rows(actor: Actor, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with rows in the place of ids, for the fields that name one."""
    looked_up: dict[str, Model | None] = {}
    for field in ("owner", "assignee"):
        if field in changes:
            looked_up[field] = person(actor, changes[field], field)
    if "client_team" in changes:
        looked_up["client_team"] = client_team(actor, changes["client_team"])
    if "pipeline" in changes:
        looked_up["pipeline"] = pipeline(actor, changes["pipeline"])
    return changes | looked_up


def _one(rows: ScopedQuerySet[Any], row_id: UUID, field: str) -> Any:
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise UnknownReference(field=field)
    return row
