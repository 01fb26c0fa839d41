"""The form of the pipeline editor: its stages as typed, what a button changes in it, and the drafts it makes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from signoff.accounts.models import Membership
from signoff.core.actor import Actor
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import Conflict, Invalid, NotFound
from signoff.deliverables.start import templates_of
from signoff.pipelines.models import PipelineTemplate, StageDefinition
from signoff.pipelines.stages import StageDraft
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


def rows_of(row: PipelineTemplate | None) -> list[Row]:
    """The pipeline's stages as the form shows them; none for none."""
    return [
        Row(stage.definition, stage.approval_type, str(stage.assignee_id or ""), str(stage.days or ""))
        for stage in templates_of(row)
    ]


def typed_form(sent: QueryDict, library: list[StageDefinition]) -> Typed:
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


def edit_form(sent: QueryDict, typed: Typed, library: list[StageDefinition]) -> bool:
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


def drafts_of(actor: Actor, typed: Typed) -> list[StageDraft]:
    """The rows as the action takes them. Raises Invalid for days that are no number, NotFound for a foreign person."""
    asked = {row.assignee for row in typed.rows if row.assignee}
    members = Membership.objects.visible_to(actor).filter(user_id__in=filter(_is_uuid, asked)).select_related("user")
    people = {str(member.user_id): member.user for member in members}
    if asked - people.keys():
        raise NotFound()
    return [StageDraft(row.definition, row.approval_type, people.get(row.assignee), _days(row)) for row in typed.rows]


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
