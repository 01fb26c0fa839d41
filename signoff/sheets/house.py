"""What an organisation has that a sheet can speak of. A fixed number of queries, however many rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from signoff.accounts.models import ClientTeam, Membership, Organization, User
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, DeliverableStatus, Priority, Stage, StageStatus
from signoff.pipelines.models import PipelineTemplate, StageDefinition, StageTemplate
from signoff.projects.models import CustomField, Project, ProjectStatus
from signoff.revisions.models import Revision
from signoff.sheets.columns import Column, Kind, Shape, normalise, shape_of
from signoff.sheets.models import SheetMapping
from signoff.sheets.words import write_tags

Facts = dict[str, Any]
FIELD_KINDS = {
    CustomField.Kind.TEXT: Kind.TEXT,
    CustomField.Kind.NUMBER: Kind.DECIMAL,
    CustomField.Kind.DATE: Kind.DATE,
    CustomField.Kind.CHOICE: Kind.CHOICE,
    CustomField.Kind.CHECKBOX: Kind.CHECKBOX,
    CustomField.Kind.PERSON: Kind.PERSON,
}
LABELS: dict[str, str] = {
    value: str(label)
    for choices in (DeliverableStatus, StageStatus, Priority, ProjectStatus)
    for value, label in choices.choices
}
PROJECT_FACTS = [
    "id", "job_number", "name", "slug", "client_team_id", "owner_id", "pipeline_id", "status", "archived_on",
    "starts_on", "due_on", "tags", "custom",
]  # fmt: skip
DELIVERABLE_FACTS = [
    "id", "project_id", "pipeline_id", "name", "slug", "kind", "specification", "language", "market", "status",
    "held", "priority", "due_on", "round", "rounds_included", "assignee_id", "notes", "custom", "position",
    "delivered_at", "version",
]  # fmt: skip
STAGE_FACTS = [
    "id", "deliverable_id", "definition_id", "position", "approval_type", "status", "assignee_id", "due_on",
    "status_since", "approved_at", "approved_by_id", "version",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    definition_id: UUID
    position: int
    approval_type: str
    assignee_id: UUID | None


@dataclass(slots=True)
class House:
    """One organisation, as `actor` sees it."""

    organization: Organization
    shape: Shape
    mapping: SheetMapping
    teams: dict[UUID, str]
    open_teams: set[UUID]
    people: dict[UUID, str]  # as a sheet names them: by name, or by address where a name is not enough
    reachable: dict[str, list[UUID]]  # normalised name or address -> those who may be assigned
    pipelines: dict[UUID, list[Step]]
    default_pipeline: UUID | None
    approval_types: dict[UUID, str]  # of each stage definition
    projects: dict[UUID, Facts]
    hidden: dict[str, Facts] = field(default_factory=dict)  # job number -> a project the actor cannot see
    deliverables: dict[UUID, Facts] = field(default_factory=dict)
    stages: dict[UUID, dict[UUID, Facts]] = field(default_factory=dict)  # deliverable -> definition -> facts
    with_rounds: set[UUID] = field(default_factory=set)  # deliverables whose rounds are here
    # What was found out for earlier rows: the pipeline and steps for (own pipeline, is our export, stages named).
    chosen: dict[tuple[UUID | None, bool, frozenset[UUID]], tuple[UUID | None, list[Step]]] = field(
        default_factory=dict
    )


def load_house(actor: Actor, organization: Organization) -> House:
    """Everything but deliverables and stages (see `load_work`). Twelve queries."""
    mapping = SheetMapping.objects.filter(organization=organization).first()
    mapping = mapping or SheetMapping(organization=organization)
    teams = list(ClientTeam.objects.filter(organization=organization))
    seen, hidden = _projects(actor, organization)
    people, reachable = _people(organization)
    pipelines, default = _pipelines(organization)
    definitions = list(StageDefinition.objects.filter(organization=organization))
    return House(
        organization=organization,
        shape=_shape(organization, definitions, pipelines, mapping.headers),
        mapping=mapping,
        teams={team.pk: team.name for team in teams},
        open_teams={team.pk for team in teams if team.archived_on is None and _may_use(actor, team.pk)},
        people=people,
        reachable=reachable,
        pipelines=pipelines,
        default_pipeline=default,
        approval_types={d.pk: d.approval_type for d in definitions},
        projects=seen,
        hidden=hidden,
    )


def load_work(house: House, project_ids: Iterable[UUID]) -> None:
    """The deliverables and stages of these projects. Three queries."""
    wanted = list(project_ids)
    rows = Deliverable.objects.filter(project_id__in=wanted).order_by("position", "id")
    house.deliverables = {facts["id"]: facts for facts in rows.values(*DELIVERABLE_FACTS)}
    stages = Stage.objects.filter(deliverable__project_id__in=wanted).order_by("position")
    by_deliverable: dict[UUID, dict[UUID, Facts]] = defaultdict(dict)
    for row in stages.values_list(*STAGE_FACTS).iterator(chunk_size=5_000):
        facts = dict(zip(STAGE_FACTS, row, strict=True))
        by_deliverable[facts["deliverable_id"]][facts["definition_id"]] = facts
    house.stages = by_deliverable
    here = Revision.objects.filter(deliverable__project_id__in=wanted).order_by()
    house.with_rounds = set(here.values_list("deliverable_id", flat=True).distinct())


def _may_use(actor: Actor, team_id: UUID) -> bool:
    return not actor.team_ids or team_id in actor.team_ids


def _projects(actor: Actor, organization: Organization) -> tuple[dict[UUID, Facts], dict[str, Facts]]:
    here = Project.objects.filter(organization=organization)
    visible = set(here.visible_to(actor).values_list("id", flat=True))
    seen, hidden = {}, {}
    for facts in here.order_by("job_number", "id").values(*PROJECT_FACTS):
        if facts["id"] in visible:
            seen[facts["id"]] = facts
        else:
            hidden[facts["job_number"].casefold()] = facts
    return seen, hidden


def _people(organization: Organization) -> tuple[dict[UUID, str], dict[str, list[UUID]]]:
    """How each person is named in a sheet, and whom a name in a sheet may mean."""
    members = Membership.objects.filter(organization=organization).select_related("user")
    active = {m.user_id for m in members if m.is_active and m.user.is_active}
    users = {m.user_id: m.user for m in members}
    users |= {user.pk: user for user in _others(organization, set(users))}
    by_name: dict[str, list[UUID]] = defaultdict(list)
    for user in users.values():
        by_name[normalise(user.name)].append(user.pk)
    names = {
        user.pk: user.name if user.name and len(by_name[normalise(user.name)]) == 1 else user.email
        for user in users.values()
    }
    reachable: dict[str, list[UUID]] = defaultdict(list)
    for who in active:
        for word in {normalise(users[who].name), users[who].email.casefold()} - {""}:
            reachable[word].append(who)
    return names, dict(reachable)


def _others(organization: Organization, known: set[UUID]) -> Iterable[User]:
    """People who left the organisation and are still named in its work."""
    here = Project.objects.filter(organization=organization)
    work = Deliverable.objects.filter(project__organization=organization)
    stages = Stage.objects.filter(deliverable__project__organization=organization)
    named = here.values("owner_id").union(work.values("assignee_id"), stages.values("assignee_id"))
    ids = {row["owner_id"] for row in named if row["owner_id"]} - known
    return User.objects.filter(pk__in=ids)


def _pipelines(organization: Organization) -> tuple[dict[UUID, list[Step]], UUID | None]:
    """The pipelines in use, the default first, with their steps in order."""
    found: dict[UUID, list[Step]] = {}
    default = None
    in_use = PipelineTemplate.objects.filter(organization=organization).in_use()
    for pipeline in in_use.order_by("-is_default", "name"):
        found[pipeline.pk] = []
        default = pipeline.pk if pipeline.is_default else default
    steps = StageTemplate.objects.filter(pipeline_id__in=found).order_by("pipeline_id", "position")
    for step in steps:
        found[step.pipeline_id].append(Step(step.definition_id, step.position, step.approval_type, step.assignee_id))
    return found, default


def _shape(
    organization: Organization,
    definitions: list[StageDefinition],
    pipelines: Mapping[UUID, list[Step]],
    remembered: Mapping[str, str],
) -> Shape:
    """Stages stand in the order of the pipelines, the default one's first; unused ones by name behind them."""
    order: dict[UUID, None] = {}
    for steps in pipelines.values():
        order.update(dict.fromkeys(step.definition_id for step in steps))
    by_id = {d.pk: d for d in sorted(definitions, key=lambda d: d.name.casefold())}
    order.update(dict.fromkeys(by_id))
    stages = [(str(pk), by_id[pk].name) for pk in order if pk in by_id]
    fields = CustomField.objects.filter(organization=organization).order_by("-subject", "position", "name", "id")
    vocabulary = {str(k): str(v) for k, v in (organization.vocabulary or {}).items()}
    return shape_of(
        [field_column(f.subject, f.key, f.name, FIELD_KINDS[CustomField.Kind(f.kind)], f.choices) for f in fields],
        stages,
        vocabulary=vocabulary,
        remembered=remembered,
    )


def field_column(subject: str, key: str, name: str, kind: Kind, choices: Iterable[str] = ()) -> Column:
    most = 2_000 if kind == Kind.TEXT else 0
    return Column(f"custom:{subject}:{key}", name, subject, kind, "custom", most, choices=tuple(choices))


def shown(house: House, column: Column, facts: Facts) -> Any:
    """The value of a column as a sheet shows it: text, number, day or truth; None when there is none."""
    value = facts.get(column.field)
    if column.field == "custom":
        value = (value or {}).get(column.key.split(":", 2)[2])
    return show(house, column, value)


def show(house: House, column: Column, value: Any) -> Any:
    if value is None or value == "" or value == []:
        return None
    show_one = SHOWN.get(column.kind)
    return show_one(house, value) if show_one else value


def _show_person(house: House, value: Any) -> Any:
    who = value if isinstance(value, UUID) else _uuid(value)
    return house.people.get(who, str(value)) if who else str(value)


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _show_day(house: House, value: Any) -> Any:
    """A day before 1900 is none to a spreadsheet, and is written as text."""
    if not isinstance(value, date):
        try:
            value = date.fromisoformat(str(value))
        except ValueError:
            return str(value)
    return value if value.year >= 1900 else value.isoformat()


def _show_number(house: House, value: Any) -> Any:
    """A number that a spreadsheet would round is written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    is_exact = abs(value) < 1e15 and float(f"{value:.15g}") == value
    return value if is_exact else repr(value)


def _show_team(house: House, value: Any) -> Any:
    return house.teams.get(value, "")


def _show_label(house: House, value: Any) -> Any:
    return LABELS.get(value, str(value))


def _show_tags(house: House, value: Any) -> Any:
    return write_tags(value)


def _show_text(house: House, value: Any) -> Any:
    return value if isinstance(value, str) else str(value)


def _show_checkbox(house: House, value: Any) -> Any:
    return value if isinstance(value, bool) else str(value)


SHOWN: dict[Kind, Callable[[House, Any], Any]] = {
    Kind.PERSON: _show_person,
    Kind.TEAM: _show_team,
    Kind.DATE: _show_day,
    Kind.DECIMAL: _show_number,
    Kind.TAGS: _show_tags,
    Kind.CHECKBOX: _show_checkbox,
    Kind.TEXT: _show_text,
    Kind.CHOICE: _show_text,
    Kind.PRIORITY: _show_label,
    Kind.PROJECT_STATUS: _show_label,
    Kind.STATUS: _show_label,
    Kind.STAGE_STATUS: _show_label,
}
