"""What is said in the demo about pictures, films, sounds and documents."""

from dataclasses import dataclass
from typing import Any

from signoff.revisions.models import FileKind


@dataclass(frozen=True, slots=True)
class Line:
    """`who` is reviewer, owner, maker or client; what a client says, and what is `to_client`, clients read.

    `place` is as a comment has it, `mark` what is drawn from one corner of its region to the other; `answer` is by
    whom and what, `released` the other words in which the client reads an internal one. `round` and `outcome` are
    said where a story is told; else they follow from how the work stands.
    """

    who: str
    text: str
    place: dict[str, Any]
    mark: str = ""
    kind: str = "action"
    is_must_fix: bool = False
    to_client: bool = False
    answer: tuple[str, str] | None = None
    released: str = ""
    round: int = 0
    outcome: str = ""


def at(x: float, y: float, w: float = 0.0, h: float = 0.0) -> dict[str, float]:
    return {"x": x, "y": y, "w": w, "h": h}


WORDS: dict[str, tuple[Line, ...]] = {
    FileKind.IMAGE: (
        Line(
            "reviewer",
            "Give the headline a little more air, it sits on the edge.",
            {"region": at(0.1, 0.08, 0.5, 0.16)},
            "rect",
        ),
        Line(
            "reviewer",
            "The product may be a little larger, it is what we sell.",
            {"region": at(0.4, 0.35, 0.25, 0.4)},
            "arrow",
            is_must_fix=True,
            to_client=True,
        ),
        Line(
            "client",
            "Is this the new logo? Ours has a finer line since June.",
            {"region": at(0.8, 0.86, 0.14, 0.08)},
            "ellipse",
            kind="question",
            answer=("maker", "It is the old one, I will change it."),
        ),
        Line(
            "owner",
            "Legal line is below the size that we agreed on.",
            {"region": at(0.08, 0.92, 0.7, 0.05)},
            "highlight",
            is_must_fix=True,
        ),
        Line(
            "reviewer",
            "Colours are colder than in the key visual.",
            {},
            answer=("maker", "The profile was missing. It is in now."),
        ),
        Line("client", "Lovely light on the left, leave it.", {"region": at(0.2, 0.4)}, "pin", kind="praise"),
        Line("maker", "The upper third is retouched from two plates.", {"region": at(0.5, 0.2)}, "pin", kind="note"),
    ),
    FileKind.VIDEO: (
        Line(
            "reviewer",
            "Half a second more here; the eye needs it.",
            {"frame_in": 30, "frame_out": 52, "region": at(0.4, 0.3, 0.2, 0.4)},
            "rect",
            is_must_fix=True,
            to_client=True,
        ),
        Line(
            "client",
            "Music drops too early here.",
            {"frame_in": 64},
            answer=("maker", "Eight frames later in the next one."),
        ),
        Line(
            "reviewer",
            "Too dark on a phone, a third of a stop up.",
            {"frame_in": 84, "region": at(0.5, 0.35, 0.2, 0.3)},
            "ellipse",
        ),
        Line("owner", "Opening: slower push in.", {"frame_in": 0, "frame_out": 14}, to_client=True),
        Line(
            "client", "This cut. Leave it as it is.", {"frame_in": 100, "region": at(0.55, 0.5)}, "pin", kind="praise"
        ),
        Line(
            "reviewer",
            "The grade jumps at the cut. They will see it on a big screen.",
            {"frame_in": 118, "region": at(0.45, 0.4, 0.14, 0.2)},
            "arrow",
            is_must_fix=True,
            released="The grade jumps at the cut.",
        ),
    ),
    FileKind.AUDIO: (
        Line("reviewer", "The voice is too close to the microphone here.", {"ms_in": 2000, "ms_out": 4200}),
        Line("client", "Say the name a little slower, please.", {"ms_in": 8600, "ms_out": 10400}, is_must_fix=True),
        Line("owner", "Music may be softer under the price.", {"ms_in": 13200}, to_client=True),
    ),
    FileKind.PDF: (
        Line(
            "client",
            "Our address has changed: it is number 14 now.",
            {"page": 1, "region": at(0.1, 0.85, 0.4, 0.06)},
            "highlight",
            is_must_fix=True,
        ),
        Line("reviewer", "Two typefaces in one table.", {"page": 1, "region": at(0.12, 0.4, 0.7, 0.2)}, "rect"),
        Line(
            "owner",
            "Fold runs through the picture, is that meant?",
            {"page": 1, "region": at(0.48, 0.1, 0.04, 0.8)},
            "line",
            kind="question",
            to_client=True,
            answer=("maker", "It is, the printer has seen it."),
        ),
        Line("reviewer", "Good order of the chapters.", {"page": 1}, kind="praise"),
    ),
}
