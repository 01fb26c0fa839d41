"""Puts the spec into a database of Signoff, by COPY: 20 projects, 10,000 deliverables, 50,000 stages, 30 people."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.utils.timezone import now
from psycopg.types.json import Jsonb

from bench import spec
from signoff.accounts.keys import digest_of, new_secret
from signoff.accounts.models import ApiKey, ClientTeam, Membership, Organization, Role, User
from signoff.accounts.policy import SCOPES
from signoff.core.ids import new_id
from signoff.deliverables.progress import status_of
from signoff.pipelines.models import ApprovalType, PipelineTemplate, StageDefinition, StageTemplate
from signoff.projects.models import Project

STATUS = {
    "todo": "not_started",
    "ready": "not_started",
    "wip": "in_progress",
    "review": "in_review",
    "retake": "changes_requested",
    "done": "approved",
}
APPROVALS = [ApprovalType.NONE, ApprovalType.NONE, ApprovalType.NONE, ApprovalType.SIMPLE, ApprovalType.SIMPLE]
DAY = date(2026, 1, 1)
DELIVERABLE = (
    "id, created_at, updated_at, project_id, pipeline_id, name, slug, kind, specification, language, market, status,"
    " held, priority, due_on, round, assignee_id, notes, custom, position, version, released_rounds"
)
STAGE = (
    "id, created_at, updated_at, deliverable_id, definition_id, position, approval_type, status, assignee_id, due_on,"
    " status_since, approved_at, version"
)


@dataclass(frozen=True, slots=True)
class House:
    """The organisation in which everything happens."""

    organization: Organization
    pipeline: PipelineTemplate
    definitions: list[StageDefinition]
    people: list[User]


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the measuring needs to know of it."""

    house: House
    key: str
    big: Project
    second: Project


def seed(connection: psycopg.Connection[Any]) -> Seeded:
    """Fill an empty, migrated database; takes some seconds."""
    house = _house()
    projects = [
        Project.objects.create(
            organization=house.organization,
            job_number=f"{20_000 + number}",
            name=spec.project_name(number),
            slug=spec.project_name(number),
            owner=house.people[number],
            pipeline=house.pipeline,
        )
        for number in range(spec.PROJECTS)
    ]
    deliverables, stages = rows_of(
        house, [(row.pk, size) for row, size in zip(projects, spec.project_sizes(), strict=True)]
    )
    copy(connection, "deliverables_deliverable", DELIVERABLE, deliverables)
    copy(connection, "deliverables_stage", STAGE, stages)
    connection.execute("VACUUM ANALYZE")
    return Seeded(house, _key(house.organization), projects[0], projects[1])


def rows_of(house: House, projects: list[tuple[UUID, int]]) -> tuple[list[Any], list[Any]]:
    """Deliverables and stages of these projects, as COPY takes them."""
    at, deliverables, stages = now(), [], []
    for index, (project, size) in enumerate(projects):
        for number in range(size):
            row, said = new_id(), spec.deliverable(index, number)
            statuses = [STATUS[spec.status_of(index, number, stage)] for stage in range(len(spec.STAGES))]
            deliverables.append(_deliverable(house, row, project, said, number, status_of(statuses), at))
            stages += [_stage(house, row, index, number, stage, status, at) for stage, status in enumerate(statuses)]
    return deliverables, stages


def copy(connection: psycopg.Connection[Any], table: str, columns: str, rows: list[Any]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as written:
        for row in rows:
            written.write_row(row)


def _house() -> House:
    organization = Organization.objects.create(name="Bench", slug="bench")
    pipeline = PipelineTemplate.objects.create(organization=organization, name="Film", is_default=True)
    definitions = [
        StageDefinition.objects.create(organization=organization, name=name, approval_type=approval)
        for name, approval in zip(spec.STAGES, APPROVALS, strict=True)
    ]
    for position, definition in enumerate(definitions, 1):
        StageTemplate.objects.create(
            pipeline=pipeline, definition=definition, position=position, approval_type=definition.approval_type
        )
    people = [User.objects.create(password="!", **spec.person(index)) for index in range(spec.PEOPLE)]
    for person in people:
        Membership.objects.create(user=person, organization=organization, role=Role.MAKER)
    return House(organization, pipeline, definitions, people)


def client_key(seeded: Seeded, teams: int) -> str:
    """A key that sees what a client viewer of so many teams sees, whose house hides its people; the biggest project is
    the last team's."""
    organization = seeded.house.organization
    rows = [ClientTeam(organization=organization, name=f"Client {number:03d}") for number in range(teams)]
    ClientTeam.objects.bulk_create(rows)
    Project.objects.filter(pk=seeded.big.pk).update(client_team=rows[-1])
    Organization.objects.filter(pk=organization.pk).update(hides_names=True)
    secret = _key(organization, "Client", Role.CLIENT_VIEWER)
    Membership.objects.get(user__name="Client").client_teams.set(rows)
    return secret


def _key(organization: Organization, name: str = "Bench", role: Role = Role.INTEGRATION) -> str:
    address = f"{name.lower()}@keys.example.com"
    user = User.objects.create(email=address, name=name, is_service=True, password="!")
    member = Membership.objects.create(user=user, organization=organization, role=role)
    secret, prefix = new_secret()
    ApiKey.objects.create(membership=member, name=name, prefix=prefix, digest=digest_of(secret), scopes=sorted(SCOPES))
    return secret


def _deliverable(
    house: House, row: UUID, project: UUID, said: dict[str, str], number: int, status: str, at: object
) -> tuple[object, ...]:
    due = DAY + timedelta(days=number % 300)
    person = house.people[number % spec.PEOPLE].pk
    slug, custom = said["name"].lower(), Jsonb({"sequence": said["group"]})
    texts = (said["name"], slug, "Shot", "1920x1080", "", "")
    return (
        *(row, at, at, project, house.pipeline.pk, *texts, status, "", "normal", due, 0, person),
        *(said["description"], custom, number + 1, 1, []),
    )


def _stage(
    house: House, row: UUID, project: int, number: int, stage: int, status: str, at: object
) -> tuple[object, ...]:
    who = spec.assignee_of(project, number, stage)
    person = None if who is None else house.people[who].pk
    due = DAY + timedelta(days=(number + stage * 7) % 300)
    approved = at if status == "approved" else None
    definition = house.definitions[stage]
    return (
        *(new_id(), at, at, row, definition.pk, stage + 1, str(definition.approval_type), status, person, due),
        *(at, approved, 1),
    )
