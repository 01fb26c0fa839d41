"""Settings: the pipeline editor. The form holds the stages in order; a step of editing is made by the page's island,
or, without scripts, by a button that sends the form and gets it back changed and not yet saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

from signoff.accounts.models import Membership, Role, User
from signoff.accounts.policy import Permission
from signoff.core.actor import Actor
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import Conflict, Invalid, NotFound
from signoff.deliverables.start import templates_of
from signoff.pipelines import actions
from signoff.pipelines.models import PipelineTemplate, StageDefinition
from signoff.web.actor import actor_of, member_of
from signoff.web.settings.page import done, open_to, page
from signoff.web.settings.pipelines import find, with_uses
from signoff.web.settings.stage_icons import icon_of


@dataclass(slots=True)
class Row:
    """One stage of the form, as typed."""

    definition: StageDefinition
    approval_type: str
    assignee: str = ""
    days: str = ""
    error: str = ""

    @property
    def icon(self) -> str:
        return icon_of(self.definition)


@dataclass(slots=True)
class Typed:
    """The whole form: what is in the fields, and what is wrong with it."""

    name: str
    rows: list[Row]
    version: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    theirs: Mapping[str, Any] | None = None  # the pipeline as somebody else saved it meanwhile
    is_edited: bool = False

    def mark(self, refusal: Invalid | Conflict) -> None:
        """Put a refusal where it belongs: at its stage, its field, or above all."""
        self.is_edited = True
        if isinstance(refusal, ChangedMeanwhile):
            self.theirs = refusal.detail["current"]  # type: ignore[assignment]
            return
        row = next((r for r in self.rows if str(r.definition.pk) == refusal.detail.get("definition")), None)
        if row:
            row.error = refusal.message
        else:
            self.errors[str(refusal.detail.get("field", "stages"))] = refusal.message


@open_to(Permission.EDIT_PIPELINES)
def new_pipeline(request: HttpRequest) -> HttpResponseBase:
    """Starts with the stages of the default pipeline, since most differ little from it."""
    library = _library(request)
    if request.method != "POST":
        default = PipelineTemplate.objects.visible_to(actor_of(request)).filter(is_default=True).first()
        return _page(request, None, Typed("", _rows_of(default)), library)
    typed = _typed(request.POST, library)
    if _edit(request.POST, typed, library):
        return _page(request, None, typed, library)
    try:
        stages = _stages(actor_of(request), typed)
        made = actions.add_pipeline(
            actor=actor_of(request), organization=member_of(request).organization, name=typed.name, stages=stages
        )
    except (Invalid, Conflict) as refusal:
        typed.mark(refusal)
        return _page(request, None, typed, library, status=422)
    return done(request, _("%(name)s is added.") % {"name": made.name}, "settings-pipeline", made.pk)


@open_to(Permission.EDIT_PIPELINES)
def pipeline(request: HttpRequest, pipeline_id: UUID) -> HttpResponseBase:
    row = find(request, pipeline_id)
    library = _library(request)
    if request.method != "POST":
        return _page(request, row, Typed(row.name, _rows_of(row), str(row.version)), library)
    typed = _typed(request.POST, library)
    if _edit(request.POST, typed, library):
        return _page(request, row, typed, library)
    try:
        stages = _stages(actor_of(request), typed)
        version = int(typed.version) if typed.version.isdecimal() and len(typed.version) < 10 else None
        actions.change_pipeline(actor=actor_of(request), pipeline=row, name=typed.name, stages=stages, version=version)
    except (Invalid, Conflict) as refusal:
        typed.mark(refusal)
        return _page(request, row, typed, library, status=409 if typed.theirs else 422)
    return done(request, _("%(name)s is saved.") % {"name": typed.name}, "settings-pipeline", row.pk)


def _page(
    request: HttpRequest, row: PipelineTemplate | None, typed: Typed, library: list[StageDefinition], status: int = 200
) -> HttpResponseBase:
    others = list(with_uses(actor_of(request)).filter(archived_on__isnull=True).order_by("-is_default", "name"))
    in_use = {one.definition.pk for one in typed.rows}
    rows = [Row(one, one.approval_type) for one in library if one.archived_on is None]
    context = {
        "pipeline": row,
        "typed": typed,
        "library": [(one, one.definition.pk in in_use) for one in rows],
        "people": _people(actor_of(request)),
        "pipelines": others,
        "uses": next((one for one in others if row and one.pk == row.pk), None),
        "theirs": _in_words(typed.theirs),
    }
    return page(request, "pipeline", "settings-pipelines", context, status=status)


def _library(request: HttpRequest) -> list[StageDefinition]:
    return list(StageDefinition.objects.visible_to(actor_of(request)).order_by("name"))


def _people(actor: Actor) -> list[User]:
    """Who can be a stage's assignee: the house, not its clients."""
    members = Membership.objects.visible_to(actor).people().exclude(role=Role.CLIENT_VIEWER)
    return [member.user for member in members.select_related("user").order_by("user__name")]


def _rows_of(row: PipelineTemplate | None) -> list[Row]:
    return [
        Row(stage.definition, stage.approval_type, str(stage.assignee_id or ""), str(stage.days or ""))
        for stage in templates_of(row)
    ]


def _typed(sent: QueryDict, library: list[StageDefinition]) -> Typed:
    """The form as it was sent. Raises NotFound for a stage that is not in the library."""
    known = {str(one.pk): one for one in library}
    rows = []
    for key in dict.fromkeys(sent.getlist("stage")):
        if key not in known:
            raise NotFound()
        rows.append(
            Row(
                known[key],
                sent.get(f"approval-{key}", known[key].approval_type),
                sent.get(f"assignee-{key}", ""),
                sent.get(f"days-{key}", "").strip(),
            )
        )
    return Typed(sent.get("name", ""), rows, sent.get("version", ""))


def _edit(sent: QueryDict, typed: Typed, library: list[StageDefinition]) -> bool:
    """Make the step that a button asked for: `up`, `down` or `remove` a stage, or `add` one. False when none did."""
    for act, change in EDITS.items():
        if act in sent:
            known = {str(one.pk): one for one in library}
            key = str(sent[act])
            if key not in known:
                raise NotFound()
            change(typed.rows, known[key])
            typed.is_edited = True
            return True
    return False


def _move(rows: list[Row], definition: StageDefinition, by: int) -> None:
    there = next((place for place, row in enumerate(rows) if row.definition == definition), None)
    if there is not None:
        rows.insert(max(there + by, 0), rows.pop(there))


def _add(rows: list[Row], definition: StageDefinition) -> None:
    if all(row.definition != definition for row in rows):
        rows.append(Row(definition, definition.approval_type))


def _remove(rows: list[Row], definition: StageDefinition) -> None:
    rows[:] = [row for row in rows if row.definition != definition]


EDITS = {
    "up": lambda rows, definition: _move(rows, definition, -1),
    "down": lambda rows, definition: _move(rows, definition, 1),
    "add": _add,
    "remove": _remove,
}


def _stages(actor: Actor, typed: Typed) -> list[actions.StageDraft]:
    """The rows as the action takes them. Raises Invalid for days that are no number, NotFound for a foreign person."""
    asked = {row.assignee for row in typed.rows if row.assignee}
    members = Membership.objects.visible_to(actor).filter(user_id__in=filter(_is_uuid, asked)).select_related("user")
    people = {str(member.user_id): member.user for member in members}
    if asked - people.keys():
        raise NotFound()
    return [
        actions.StageDraft(row.definition, row.approval_type, people.get(row.assignee), _days(row))
        for row in typed.rows
    ]


def _days(row: Row) -> int | None:
    if not row.days:
        return None
    if not (row.days.isascii() and row.days.isdecimal() and len(row.days) < 6):
        words = _("“%(name)s”: “%(days)s” is not a number of working days.")
        said = words % {"name": row.definition.name, "days": row.days[:20]}
        raise Invalid(said, field="stages", definition=str(row.definition.pk))
    return int(row.days)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _in_words(theirs: Mapping[str, Any] | None) -> str:
    """How the pipeline stands now: `Concept, Design, Client approval`."""
    return ", ".join(stage["name"] for stage in theirs["stages"]) if theirs else ""
