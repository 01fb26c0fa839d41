"""From what the lines say to the rows that are to be written. Pure but for new ids."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from signoff.core.ids import new_id
from signoff.core.text import free_slug, slug_of
from signoff.deliverables.models import DeliverableStatus, Priority, StageStatus
from signoff.pipelines.models import ApprovalType
from signoff.projects.models import ProjectStatus, Source
from signoff.sheets.columns import Column
from signoff.sheets.compare import put
from signoff.sheets.house import Facts, House, Step, show, shown
from signoff.sheets.lines import Line
from signoff.sheets.plan import DeliverablePlan, ProjectPlan, StagePlan
from signoff.sheets.standing import Place, Standing, stand
from signoff.sheets.words import BadWord

NEW_PROJECT: Facts = {
    "client_team_id": None, "owner_id": None, "status": ProjectStatus.ACTIVE, "archived_on": None, "brief": "",
    "starts_on": None, "due_on": None, "source": Source.XLSX,
}  # fmt: skip
NEW_DELIVERABLE: Facts = {
    "kind": "", "specification": "", "language": "", "market": "", "held": "", "priority": Priority.NORMAL,
    "due_on": None, "round": 0, "rounds_included": None, "assignee_id": None, "notes": "", "delivered_at": None,
    "version": 1, "released_rounds": [],
}  # fmt: skip
NOW = object()  # a time that is known when it is written
ACTOR = object()  # whoever applies the import


# --- projects --------------------------------------------------------------------------------------
def settle_project(house: House, plan: ProjectPlan, lines: list[Line], taken: set[str]) -> None:
    """Check the project as a whole; a fault is one of every line that spoke of it."""
    columns = house.shape.by_key
    starts, due = (_after(plan, field) for field in ("starts_on", "due_on"))
    if plan.changes and starts and due and starts > due:
        key = "project_due" if "due_on" in plan.new else "project_start"
        _fail_all(lines, columns[key], "The due date lies before the start date.")
    if plan.changes and plan.old and plan.old["archived_on"]:
        _fail_all(lines, columns["project"], "This project is archived. Restore it before you change it.")
    good = next((line for line in lines if line.is_good), None)
    if good is None:
        plan.new, plan.changes = {}, {}
        return
    if plan.old is None:
        slug = free_slug(slug_of(plan.new["name"]), taken, fallback="project")
        taken.add(slug)
        plan.new = {**NEW_PROJECT, "pipeline_id": house.default_pipeline, "tags": [], "custom": {}, **plan.new}
        plan.new["slug"] = slug


def show_project_changes(plan: ProjectPlan, lines: list[Line]) -> None:
    """The first good line tells what changes in the project; without one, nothing does."""
    good = next((line for line in lines if line.is_good), None)
    if good is None:
        plan.new, plan.changes = {}, {}
    elif plan.old is not None:
        good.row.changes = plan.changes | good.row.changes


def _after(plan: ProjectPlan, field: str) -> Any:
    return plan.new[field] if field in plan.new else (plan.old or {}).get(field)


def _fail_all(lines: list[Line], column: Column, reason: str) -> None:
    for line in lines:
        if line.is_good:
            line.fails(column, BadWord(reason))


# --- deliverables -------------------------------------------------------------------------------------
def settle_deliverable(
    house: House, columns: dict[str, Column], line: Line, slugs: set[str], position: int
) -> DeliverablePlan | None:
    """The line's deliverable with its stages; None when nothing changes, or when the line has failed."""
    assert line.project is not None
    plan = DeliverablePlan(line.old["id"] if line.old else new_id(), line.project, line.old)
    try:
        pipeline, steps = _steps(house, line)
        standing = _stand(house, line, steps)
    except BadWord as bad:
        line.fails(columns["status"], bad)
        return None
    if line.old and "round" in line.new and line.old["id"] in house.with_rounds:
        line.fails(columns["round"], BadWord("Its rounds are here, so they are counted here."))
        return None
    _take_values(house, columns, line, plan)
    _take_standing(plan, standing)
    if line.old is None:
        _complete(line, plan, slugs, position, pipeline)
        plan.stages = [_new_stage(line, step, status) for step, status in zip(steps, standing.stages, strict=True)]
    else:
        plan.stages = _changed_stages(house, line, standing)
    if line.old is not None:
        _show_changes(house, columns, line, plan)
    if not (plan.new or plan.stages):
        return None
    if line.project.old and line.project.old["archived_on"]:
        line.fails(columns["project"], BadWord("This project is archived. Restore it before you change it."))
        return None
    return plan


def _steps(house: House, line: Line) -> tuple[UUID | None, list[Step]]:
    """The pipeline and the stages of the deliverable, in order: those it has, else those it will get."""
    if line.old is not None:
        stages = sorted(house.stages.get(line.old["id"], {}).values(), key=lambda stage: int(stage["position"]))
        there = [Step(s["definition_id"], s["position"], s["approval_type"], s["assignee_id"]) for s in stages]
        return line.old["pipeline_id"], there
    assert line.project is not None
    own = (line.project.old or line.project.new).get("pipeline_id") or house.default_pipeline
    key = (own, line.is_own, frozenset(_named(line)))
    if key not in house.chosen:
        house.chosen[key] = _choose(house, *key)
    return house.chosen[key]


def _named(line: Line) -> set[UUID]:
    return {one for one, values in line.stages.items() if values.get("status")} or set(line.stages)


def _choose(house: House, own: UUID | None, is_own: bool, named: frozenset[UUID]) -> tuple[UUID | None, list[Step]]:
    """The stages of a new deliverable whose row names these; our own export names every stage there is."""
    pipeline = _pipeline(house, own, is_own, named)
    steps = house.pipelines.get(pipeline, []) if pipeline else []
    if not is_own or not named or named == {step.definition_id for step in steps}:
        return pipeline, steps
    order = [UUID(c.stage) for c in house.shape.columns if c.stage and c.field == "status"]
    known = {step.definition_id: step for step in steps}
    exact = [
        Step(one, place, house.approval_types[one], known[one].assignee_id if one in known else None)
        for place, one in enumerate((one for one in order if one in named), start=1)
    ]
    return pipeline, exact


def _pipeline(house: House, own: UUID | None, is_own: bool, named: frozenset[UUID]) -> UUID | None:
    """The project's own pipeline if it has the stages that the row names, else the first that has just them."""
    sets = {pipeline: {step.definition_id for step in steps} for pipeline, steps in house.pipelines.items()}
    if own in sets and (sets[own] == named or (not is_own and named <= sets[own])):
        return own
    exact = [pipeline for pipeline, stages in sets.items() if stages == named]
    wider = sorted((p for p, stages in sets.items() if named <= stages), key=lambda p: len(sets[p]))
    if named and (exact or wider):
        return (exact or wider)[0]
    if named and not is_own:
        raise BadWord("No pipeline has all the stages that this row names.")
    return own


def _stand(house: House, line: Line, steps: list[Step]) -> Standing:
    stages = house.stages.get(line.old["id"], {}) if line.old else {}
    places = [
        Place(
            step.definition_id,
            stages[step.definition_id]["status"] if step.definition_id in stages else StageStatus.NOT_STARTED,
            step.approval_type,
        )
        for step in steps
    ]
    said = {one: values["status"] for one, values in line.stages.items() if "status" in values}
    old = line.old
    now = (
        Standing(old["status"], old["held"], old["delivered_at"] is not None, tuple(p.status for p in places))
        if old
        else None
    )
    standing = stand(places, now=now, wanted=line.new.get("status"), said=said)
    if old:
        _check_decided(places, standing)
    return standing


def _check_decided(places: Sequence[Place], standing: Standing) -> None:
    """Raises BadWord: only decisions approve a FORMAL stage that is here. New rows bring their past along."""
    for place, status in zip(places, standing.stages, strict=True):
        is_approval = StageStatus.APPROVED in (place.status, status) and place.status != status
        if is_approval and place.approval_type == ApprovalType.FORMAL:
            raise BadWord("One of its stages is decided by approvers: a sheet neither approves it nor opens it again.")


def _take_values(house: House, columns: dict[str, Column], line: Line, plan: DeliverablePlan) -> None:
    for key, value in line.new.items():
        if key != "status":
            put(plan.new, plan.old, columns[key], value)


def _take_standing(plan: DeliverablePlan, standing: Standing) -> None:
    old = plan.old or {"status": "", "held": "", "delivered_at": None}
    if standing.status != old["status"]:
        plan.new["status"] = standing.status
    if standing.held != old["held"]:
        plan.new["held"] = standing.held
    if standing.is_delivered != (old["delivered_at"] is not None):
        plan.new["delivered_at"] = NOW if standing.is_delivered else None


def _complete(line: Line, plan: DeliverablePlan, slugs: set[str], position: int, pipeline: UUID | None) -> None:
    """What a new deliverable has besides what its row says."""
    slug = line.slug or free_slug(slug_of(line.name), slugs, fallback="deliverable")
    slugs.add(slug)
    plan.new = {
        **NEW_DELIVERABLE,
        "status": DeliverableStatus.NOT_STARTED,
        "custom": {},
        **{field: value for field, value in plan.new.items() if value is not None or field == "delivered_at"},
        "project_id": plan.project.id,
        "pipeline_id": pipeline,
        "name": line.name,
        "slug": slug,
        "position": position,
    }


# --- stages ----------------------------------------------------------------------------------------------
def _new_stage(line: Line, step: Step, status: str) -> StagePlan:
    values = line.stages.get(step.definition_id, {})
    says_assignee = line.is_own or values.get("assignee_id") is not None
    new = {
        "definition_id": step.definition_id,
        "position": step.position,
        "approval_type": step.approval_type,
        "status": status,
        "assignee_id": values.get("assignee_id") if says_assignee else step.assignee_id,
        "due_on": values.get("due_on"),
        "status_since": NOW,
        "version": 1,
        **_approval(status),
    }
    return StagePlan(new_id(), step.definition_id, None, new)


def _changed_stages(house: House, line: Line, standing: Standing) -> list[StagePlan]:
    assert line.old is not None
    stages = sorted(house.stages.get(line.old["id"], {}).values(), key=lambda stage: int(stage["position"]))
    plans = []
    for stage, status in zip(stages, standing.stages, strict=True):
        values = line.stages.get(stage["definition_id"], {})
        new = {field: value for field, value in values.items() if field != "status"}
        if status != stage["status"]:
            new |= {"status": status, "status_since": NOW, **_approval(status)}
        if new:
            plans.append(StagePlan(stage["id"], stage["definition_id"], stage, new))
    return plans


def _approval(status: str) -> Facts:
    if status == StageStatus.APPROVED:
        return {"approved_at": NOW, "approved_by_id": ACTOR}
    return {"approved_at": None, "approved_by_id": None}


def _show_changes(house: House, columns: dict[str, Column], line: Line, plan: DeliverablePlan) -> None:
    """Old and new of each cell that changes, under the title of its column."""
    assert plan.old is not None
    for key in line.new:
        if key != "status":
            column = columns[key]
            line.row.changes[column.title] = [shown(house, column, plan.old), show(house, column, line.new[key])]
    if "status" in plan.new:
        column = columns["status"]
        line.row.changes[column.title] = [
            show(house, column, plan.old["status"]),
            show(house, column, plan.new["status"]),
        ]
    for stage in plan.stages:
        assert stage.old is not None
        for part, field in (("status", "status"), ("assignee", "assignee_id"), ("due", "due_on")):
            if field in stage.new:
                column = columns[f"stage:{stage.definition_id}:{part}"]
                line.row.changes[column.title] = [
                    show(house, column, stage.old[field]),
                    show(house, column, stage.new[field]),
                ]
