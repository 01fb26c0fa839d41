"""What a room shows, as plain values; who leads sends those of them that change. Pure.

`item`, `revision`, `file`: what; `frame` (or milliseconds of a sound), `playing`, `rate`: where in it, and since when
(`at`, milliseconds of the database's clock, which the room sets itself); `page`, `view` (what is in the middle, as
fractions of the picture, and the zoom), `compare` (with which round, and how), `marks`: whether marks are shown.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from signoff.feedback.shapes import Mark
from signoff.rooms.errors import BadState

Values = dict[str, Any]
MOST = 2**31 - 1
RATES = (0.1, 8.0)
WAYS = ("side", "wipe", "flip", "overlay", "difference")
MOST_POINTS = 1_000


def clean_state(said: Mapping[str, Any]) -> Values:
    """The same, where each value can be shown. Raises BadState."""
    unknown = next((name for name in said if name not in CHECKS), None)
    if unknown is not None or not said:
        raise BadState(field=unknown or "state")
    found = {}
    for name, value in said.items():
        try:
            found[name] = CHECKS[name](value)
        except (TypeError, ValueError, KeyError, OverflowError, AttributeError) as error:
            raise BadState(field=name) from error
    return found


def clean_mark(said: Mapping[str, Any]) -> Values:
    """Something drawn, as marks of comments are, and the page it is on. Raises BadState."""
    try:
        page = said.get("page")
        mark = Mark.model_validate({name: value for name, value in said.items() if name != "page"})
        if len(mark.geometry.points) > MOST_POINTS:
            raise ValueError
        return {**mark.model_dump(mode="json", exclude_none=True), "page": None if page is None else _whole(page)}
    except (TypeError, ValueError, AttributeError) as error:
        raise BadState(field="mark") from error


def clean_spot(said: Mapping[str, Any]) -> Values:
    """Where a pointer is, in fractions of the picture; `on`: it is shown. Raises BadState."""
    try:
        return {"x": _fraction(said["x"]), "y": _fraction(said["y"]), "on": bool(said.get("on", True))}
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise BadState(field="spot") from error


def _id(value: Any) -> str | None:
    return None if value is None else str(UUID(str(value)))


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise ValueError
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _between(value: Any, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
        raise ValueError
    return round(float(value), 5)


def _fraction(value: Any) -> float:
    """A little beyond the edge is still a place: strokes run over it."""
    return _between(value, -1.0, 2.0)


def _rate(value: Any) -> float:
    return _between(value, *RATES)


def _view(value: Any) -> Values | None:
    if value is None:
        return None
    return {"x": _fraction(value["x"]), "y": _fraction(value["y"]), "zoom": _between(value["zoom"], 0.01, 64.0)}


def _compare(value: Any) -> Values | None:
    if value is None:
        return None
    split = _between(value.get("split", 0.5), 0.0, 1.0)
    return {"revision": _id(value["revision"]), "way": _one_of(WAYS, value["way"]), "split": split}


def _one_of(words: tuple[str, ...], value: Any) -> str:
    if value not in words:
        raise ValueError
    return str(value)


CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "item": _id,
    "revision": _id,
    "file": _id,
    "frame": _whole,
    "playing": _truth,
    "rate": _rate,
    "page": _whole,
    "view": _view,
    "compare": _compare,
    "marks": _truth,
}
TIMED = frozenset({"item", "revision", "file", "frame", "playing", "rate"})  # these begin a time anew
