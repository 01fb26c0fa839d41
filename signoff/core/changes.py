"""Setting fields of a row and saying what that changed, in plain values that an event can keep and undo can use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import models

from signoff.core.errors import Conflict


class ChangedMeanwhile(Conflict):
    """Somebody else was faster. `current` in the detail is how the row stands now."""

    code = "changed_meanwhile"
    message = "Somebody else changed this in the meantime. Look at what it says now, then try again."


@dataclass(slots=True)
class Change:
    """What `set_fields` did: {field: (old, new)}, and the words people know the values by."""

    values: dict[str, tuple[object, object]] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values)

    @property
    def data(self) -> dict[str, object]:
        return {"labels": self.labels} if self.labels else {}


def set_fields(row: models.Model, wanted: Mapping[str, object]) -> Change:
    """Set the fields that differ; nothing is saved. Foreign keys take a row or None."""
    change = Change()
    for name, new in wanted.items():
        old = getattr(row, name)
        if old == new:
            continue
        setattr(row, name, new)
        change.values[name] = (plain(old), plain(new))
        if isinstance(old, models.Model) or isinstance(new, models.Model):
            change.labels[name] = [str(old or ""), str(new or "")]
    return change


def plain(value: object) -> object:
    """A value as JSON can hold it."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, UUID) else value
