"""Who is asking, and whom and what there is to name: people, client teams, pipelines, custom fields."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet
from ninja import Router

from signoff.accounts.models import ClientTeam, Membership, Role, User
from signoff.accounts.names import shown_person
from signoff.accounts.policy import Permission, can
from signoff.api.auth import Request
from signoff.api.v1.named import organization
from signoff.api.v1.schemas import Answer
from signoff.core.actor import Actor
from signoff.pipelines.models import PipelineTemplate, StageTemplate
from signoff.projects.models import CustomField

router = Router(tags=["who and what"])


class MePerson(Answer):
    id: UUID
    name: str
    email: str


class MeOrganization(Answer):
    id: UUID
    name: str
    slug: str
    time_zone: str


class Me(Answer):
    """`permissions` are those of the role and, for a key, of its scopes; `person` is a key's service user."""

    kind: str
    label: str
    person: MePerson | None
    organization: MeOrganization
    role: str
    scopes: list[str] | None
    client_teams: list[UUID]
    permissions: list[str]
    vocabulary: dict[str, str]


class PersonOut(Answer):
    id: UUID
    name: str
    email: str
    role: str
    hue: int
    is_client: bool


class ClientTeamOut(Answer):
    id: UUID
    name: str
    colour: str
    archived_on: date | None


class PipelineStageOut(Answer):
    id: UUID
    definition: UUID
    name: str
    position: int
    approval_type: Literal["none", "simple", "formal"]
    is_with_client: bool
    assignee: UUID | None
    days: int | None


class PipelineOut(Answer):
    id: UUID
    name: str
    is_default: bool
    archived_on: date | None
    version: int
    stages: list[PipelineStageOut]


class CustomFieldOut(Answer):
    id: UUID
    subject: Literal["project", "deliverable"]
    key: str
    name: str
    kind: str
    choices: list[str]


@router.get("/me", response=Me)
def me(request: Request) -> dict[str, object]:
    """The caller: a person or a key, in its organisation, and what it may do there."""
    actor = request.auth
    here = organization(actor)
    return {
        "kind": actor.kind,
        "label": actor.label,
        "person": User.objects.filter(pk=actor.user_id).first() if actor.user_id else None,
        "organization": here,
        "role": actor.role,
        "scopes": None if actor.scopes is None else sorted(actor.scopes),
        "client_teams": list(actor.team_ids),
        "permissions": [str(one) for one in Permission if can(actor, one)],
        "vocabulary": here.vocabulary,
    }


@router.get("/people", response=list[PersonOut])
def people(request: Request) -> list[dict[str, object]]:
    """The people whom the caller sees, by name. Clients read no mail addresses, and no names of people of the house
    where it hides them."""
    members = Membership.objects.visible_to(request.auth).people().select_related("user").order_by("user__name", "id")
    people = [_person(request.auth, member) for member in members]
    return sorted(people, key=lambda one: str(one["name"])) if request.auth.house else people


@router.get("/client-teams", response=list[ClientTeamOut])
def client_teams(request: Request) -> QuerySet[ClientTeam]:
    return ClientTeam.objects.visible_to(request.auth)


@router.get("/pipelines", response=list[PipelineOut])
def pipelines(request: Request) -> list[dict[str, object]]:
    """The pipelines in use, each with its stages in order."""
    rows = PipelineTemplate.objects.visible_to(request.auth).in_use()
    steps = StageTemplate.objects.visible_to(request.auth).select_related("definition").order_by("position")
    by_pipeline: dict[UUID, list[dict[str, object]]] = {}
    for step in steps:
        by_pipeline.setdefault(step.pipeline_id, []).append(_step(step))
    return [
        {
            "id": row.pk,
            "name": row.name,
            "is_default": row.is_default,
            "archived_on": row.archived_on,
            "version": row.version,
            "stages": by_pipeline.get(row.pk, []),
        }
        for row in rows
    ]


@router.get("/custom-fields", response=list[CustomFieldOut])
def custom_fields(request: Request) -> QuerySet[CustomField]:
    return CustomField.objects.visible_to(request.auth)


def _person(actor: Actor, member: Membership) -> dict[str, object]:
    user = shown_person(actor, member.user) or member.user
    shows_mail = actor.role != Role.CLIENT_VIEWER
    return {
        "id": member.user_id,
        "name": user.name,
        "email": user.email if shows_mail else "",
        "role": member.role,
        "hue": user.hue,
        "is_client": member.role == Role.CLIENT_VIEWER,
    }


def _step(step: StageTemplate) -> dict[str, object]:
    return {
        "id": step.pk,
        "definition": step.definition_id,
        "name": step.definition.name,
        "position": step.position,
        "approval_type": step.approval_type,
        "is_with_client": step.definition.is_with_client,
        "assignee": step.assignee_id,
        "days": step.days,
    }
