"""Comments and notes as callers send and read them; what may be drawn stands in `feedback.shapes`."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field

from signoff.api.v1.schemas import Answer, Given, Text, Version
from signoff.feedback.models import Audience, Kind, State
from signoff.feedback.said import Said
from signoff.feedback.shapes import PLACE, Count, Marks, Page, Place, Quote, Region

MOST_MENTIONS = 50
Mentions = Annotated[list[UUID], Field(max_length=MOST_MENTIONS)]


class PlaceIn(Given):
    """Where it is: `file` is one of the round's, null for the whole round. Frames from 0, pages from 1."""

    file: UUID | None = None
    frame_in: Count | None = None
    frame_out: Count | None = None
    ms_in: Count | None = None
    ms_out: Count | None = None
    page: Page | None = None
    region: Region | None = None
    quote: Quote | None = None

    def place(self) -> Place:
        return Place(**{name: getattr(self, name) for name in PLACE})


class CommentNew(PlaceIn):
    """`sent_as` is your own id for it: sent again it is the same comment. `parent` is the comment that this answers;
    an answer has neither place nor marks, and nobody reads it who does not read that one. Clients' own comments are
    always for both sides. `kind` and `is_must_fix` are of the note that a comment begins.
    """

    sent_as: UUID | None = None
    text: Text = ""
    audience: Audience = Audience.INTERNAL
    kind: Kind = Kind.ACTION
    is_must_fix: bool = False
    marks: Marks = Field(default_factory=list)
    mentions: Mentions = Field(default_factory=list)
    parent: UUID | None = None

    def said(self) -> Said:
        own = ("sent_as", "text", "audience", "kind", "is_must_fix", "marks", "mentions", "parent")
        return Said(place=self.place(), **{name: getattr(self, name) for name in own})


class CommentChange(Given):
    """An absent field stays as it is. `marks` take the place of all that are there, `place` of the whole place."""

    version: Version | None = None
    text: str | None = None
    place: PlaceIn | None = None
    marks: Marks | None = None
    mentions: Mentions | None = None


class Release(Given):
    """`client_text` is what the client reads in the place of the comment's own words."""

    client_text: Text = ""
    version: Version | None = None


class PersonOut(Answer):
    """`id` is null for somebody who is gone, and for the house where it hides its people."""

    id: UUID | None
    name: str
    initials: str
    hue: int


class MarkOut(Answer):
    id: UUID
    kind: str
    geometry: dict[str, Any]
    style: dict[str, Any]
    frame: int | None
    z: int


class AttachmentOut(Answer):
    id: UUID
    name: str
    size: int
    address: str


class NoteOut(Answer):
    """`round` and `number` say which one it is: “7 of round 2”. Clients count only what they see; the house reads that
    number as `client_number`. In an older round `state` is how it stood when the next one came. `is_approximate`:
    it was carried here, and nobody has looked whether it is still found at this place. `may` is what you may do.
    """

    id: UUID
    number: int
    client_number: int | None
    round: int
    kind: Kind
    is_must_fix: bool
    state: State
    state_by: str
    reason: str
    version: int
    is_approximate: bool
    may: list[Literal["address", "verify", "reopen", "refuse", "change"]]


class PlaceOut(Answer):
    file: UUID | None
    frame_in: int | None
    frame_out: int | None
    ms_in: int | None
    ms_out: int | None
    page: int | None
    region: dict[str, float] | None
    quote: dict[str, str] | None


class CommentOut(PlaceOut):
    """A comment in a round; its place is the one in this round. A removed one with answers stays, without words."""

    id: UUID
    parent: UUID | None
    author: PersonOut
    text: str
    audience: Audience
    client_text: str
    at: datetime
    edited_at: datetime | None
    is_removed: bool
    is_after_lock: bool
    version: int
    marks: list[MarkOut]
    attachments: list[AttachmentOut]
    note: NoteOut | None
    may: list[Literal["change", "remove", "release", "reply"]]
    sent_as: UUID | None


class CommentsOut(Answer):
    comments: list[CommentOut]
