"""What may be drawn and where something may be said: the shapes that doors let pass. Pure.

Points and regions are fractions of the picture, and may lie a little outside of it. Frames count from 0, pages from 1.
"""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

MOST_TEXT, MOST_MARK_TEXT = 10_000, 500
MOST_POINTS, MOST_MARKS = 5_000, 200
MOST_INTEGER = 2_147_483_647

MarkKind = Literal["pen", "line", "arrow", "rect", "ellipse", "text", "pin", "highlight"]
Colour = Literal["red", "orange", "yellow", "green", "cyan", "blue", "magenta", "white"]
Fraction = Annotated[float, Field(ge=-0.1, le=1.1, allow_inf_nan=False)]
Length = Annotated[float, Field(ge=0, le=1.2, allow_inf_nan=False)]
Pressure = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=MOST_INTEGER, strict=True)]
Page = Annotated[int, Field(ge=1, le=MOST_INTEGER, strict=True)]
POINTS: dict[str, tuple[int, int]] = {"pen": (1, MOST_POINTS), "text": (1, 1), "pin": (1, 1)}  # others have two
TWO = (2, 2)


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _can_be_stored(cls, value: Any) -> Any:
        texts = value.values() if isinstance(value, dict) else ()
        if any(isinstance(one, str) and "\x00" in one for one in texts):
            raise ValueError("NUL characters cannot be stored.")
        return value


class Region(Shape):
    """A pin has neither width nor height."""

    x: Fraction
    y: Fraction
    w: Length = 0.0
    h: Length = 0.0


class Quote(Shape):
    """Words of a page, with what stands before and after them."""

    text: Annotated[str, Field(min_length=1, max_length=2_000)]
    before: Annotated[str, Field(max_length=200)] = ""
    after: Annotated[str, Field(max_length=200)] = ""


class Place(Shape):
    """A frame, a range of frames, a moment of sound, a page, a region of it. No `file`: the whole round."""

    file: UUID | None = None
    frame_in: Count | None = None
    frame_out: Count | None = None
    ms_in: Count | None = None
    ms_out: Count | None = None
    page: Page | None = None
    region: Region | None = None
    quote: Quote | None = None

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, name) is None for name in PLACE)

    def kept(self) -> dict[str, Any]:
        """As columns and JSON have it, but for the file."""
        return self.model_dump(mode="json", exclude={"file"})


PLACE = tuple(Place.model_fields)
OF_FILE = PLACE[1:]


class Geometry(Shape):
    """`pressures` go with a pen's points, one each."""

    points: Annotated[list[tuple[Fraction, Fraction]], Field(min_length=1, max_length=MOST_POINTS)]
    pressures: Annotated[list[Pressure], Field(max_length=MOST_POINTS)] | None = None
    text: Annotated[str, Field(max_length=MOST_MARK_TEXT)] | None = None
    number: Annotated[int, Field(ge=1, le=9_999, strict=True)] | None = None


class Style(Shape):
    colour: Colour = "red"
    width: Literal[1, 2, 3] = 2


class Mark(Shape):
    """One mark. Pens have as many points as were drawn, text and pin one, the others two: ends, or opposite corners.

    On a film it belongs to one `frame` of the comment's range.
    """

    id: UUID
    kind: MarkKind
    geometry: Geometry
    style: Style = Style()
    frame: Count | None = None
    z: Annotated[int, Field(ge=0, le=32_767, strict=True)] = 0

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        geometry, (least, most) = self.geometry, POINTS.get(self.kind, TWO)
        if not least <= len(geometry.points) <= most:
            raise ValueError(f"A mark of the kind {self.kind} has {_words(least, most)}, not {len(geometry.points)}.")
        if geometry.pressures is not None and len(geometry.pressures) not in (0, len(geometry.points)):
            raise ValueError("There is one pressure for each point.")
        if self.kind == "text" and not (geometry.text or "").strip():
            raise ValueError("A text mark has a text.")
        return self


Marks = Annotated[list[Mark], Field(max_length=MOST_MARKS)]


def _words(least: int, most: int) -> str:
    if least == most:
        return "one point" if most == 1 else f"{most} points"
    return f"{least} to {most} points"
