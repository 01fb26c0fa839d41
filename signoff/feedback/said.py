"""What somebody says about a round, as a door hands it over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from signoff.feedback.models import Audience, Comment, Kind
from signoff.feedback.shapes import Mark, Place


@dataclass(frozen=True, slots=True)
class Said:
    """`parent` is what it answers: an answer has neither place nor marks. `sent_as` is the sender's own id for it."""

    text: str = ""
    audience: Audience = Audience.INTERNAL
    kind: Kind = Kind.ACTION
    is_must_fix: bool = False
    place: Place = Place()
    marks: Sequence[Mark] = ()
    mentions: Sequence[UUID] = ()
    parent: UUID | None = None
    sent_as: UUID | None = None


class Added(NamedTuple):
    """`is_new` is False where it was said before, under the same `sent_as`."""

    comment: Comment
    is_new: bool
