"""What may be drawn and where something may be said."""

from typing import Any

import pytest
from pydantic import ValidationError

from signoff.feedback.shapes import Mark, Place, Region

ID = "00000000-0000-7000-8000-0000000000a1"


def mark(kind: str, points: list[Any], **more: Any) -> dict[str, Any]:
    geometry = {"points": points, **more.pop("geometry", {})}
    return {"id": ID, "kind": kind, "geometry": geometry, **more}


def wrong(shape: type[Any], said: Any) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        shape.model_validate(said)
    return [(".".join(map(str, one["loc"])), one["type"]) for one in refused.value.errors()]


TWO = [[0.1, 0.2], [0.3, 0.4]]


@pytest.mark.parametrize(
    ("kind", "points", "geometry"),
    [
        ("pen", [[0, 0]], {}),
        ("pen", [[0.5, 0.5]] * 5_000, {"pressures": [0.5] * 5_000}),
        ("line", TWO, {}),
        ("arrow", TWO, {}),
        ("rect", TWO, {}),
        ("ellipse", [[-0.1, -0.1], [1.1, 1.1]], {}),
        ("highlight", TWO, {}),
        ("text", [[0.5, 0.5]], {"text": "x" * 500}),
        ("pin", [[0.5, 0.5]], {"number": 3}),
    ],
)
def test_these_are_drawn(kind, points, geometry):
    assert Mark.model_validate(mark(kind, points, geometry=geometry)).kind == kind


@pytest.mark.parametrize(
    ("said", "where"),
    [
        (mark("scribble", TWO), [("kind", "literal_error")]),
        (mark("pen", []), [("geometry.points", "too_short")]),
        (mark("pen", [[0.5, 0.5]] * 5_001), [("geometry.points", "too_long")]),
        (mark("pen", [[0.5, float("nan")]]), [("geometry.points.0.1", "finite_number")]),
        (mark("pen", [[0.5, float("inf")]]), [("geometry.points.0.1", "finite_number")]),
        (mark("pen", [[0.5, 1.11]]), [("geometry.points.0.1", "less_than_equal")]),
        (mark("pen", [[-0.11, 0.5]]), [("geometry.points.0.0", "greater_than_equal")]),
        (mark("pen", [[0.5]]), [("geometry.points.0.1", "missing")]),
        (mark("pen", [[0.5, 0.5]], geometry={"pressures": [0.5, 0.5]}), [("", "value_error")]),
        (mark("rect", [[0.5, 0.5]]), [("", "value_error")]),
        (mark("pin", TWO), [("", "value_error")]),
        (mark("text", [[0.5, 0.5]]), [("", "value_error")]),
        (mark("text", [[0.5, 0.5]], geometry={"text": " "}), [("", "value_error")]),
        (mark("text", [[0.5, 0.5]], geometry={"text": "x" * 501}), [("geometry.text", "string_too_long")]),
        (mark("pin", [[0.5, 0.5]], geometry={"number": 0}), [("geometry.number", "greater_than_equal")]),
        (mark("line", TWO, style={"colour": "pink", "width": 2}), [("style.colour", "literal_error")]),
        (mark("line", TWO, style={"colour": "red", "width": 4}), [("style.width", "literal_error")]),
        (mark("line", TWO, frame=-1), [("frame", "greater_than_equal")]),
        (mark("line", TWO, frame=2**31), [("frame", "less_than_equal")]),
        (mark("line", TWO, frame=1.5), [("frame", "int_type")]),
        (mark("line", TWO, onclick="alert(1)"), [("onclick", "extra_forbidden")]),
        (mark("line", TWO, id="1"), [("id", "uuid_parsing")]),
    ],
)
def test_these_are_not(said, where):
    """By pydantic's own kind of error, at the field that is wrong."""
    assert wrong(Mark, {**said}) == where


@pytest.mark.parametrize(
    ("shape", "said", "where"),
    [
        (Region, {"x": float("nan"), "y": 0}, [("x", "finite_number")]),
        (Region, {"x": 0, "y": 2}, [("y", "less_than_equal")]),
        (Region, {"x": 0, "y": 0, "w": -0.1}, [("w", "greater_than_equal")]),
        (Place, {"frame_in": True}, [("frame_in", "int_type")]),
        (Place, {"page": 0}, [("page", "greater_than_equal")]),
        (Place, {"quote": {"text": ""}}, [("quote.text", "string_too_short")]),
        (Place, {"quote": {"text": "a\x00"}}, [("quote", "value_error")]),
    ],
)
def test_a_place_is_of_whole_numbers_and_finite_fractions(shape, said, where):
    assert wrong(shape, said) == where
