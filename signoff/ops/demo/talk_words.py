"""What is said in the demo about pictures, films, sounds and documents."""

from dataclasses import dataclass
from typing import Any

from signoff.revisions.models import FileKind


@dataclass(frozen=True, slots=True)
class Line:
    """`who` is reviewer, owner, maker or client; what a client says, and what is `to_client`, clients read.

    `place` is as a comment has it, `mark` what is drawn from one corner of its region to the other; `answer` is by
    whom and what, `released` the other words in which the client reads an internal one.
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


def at(x: float, y: float, w: float = 0.0, h: float = 0.0) -> dict[str, float]:
    return {"x": x, "y": y, "w": w, "h": h}


KEY_VISUAL = (
    Line(
        "reviewer",
        "The headline runs into the sun and loses its g. Can the sun sit behind the can instead?",
        {"region": at(0.44, 0.1, 0.26, 0.2)},
        "ellipse",
        is_must_fix=True,
        answer=("maker", "Flare is a plate from the shoot, I can bring it down to 40 %."),
    ),
    Line(
        "client",
        "Can the slice on the right come in? It is nearly gone behind the leaf.",
        {"region": at(0.72, 0.52, 0.16, 0.2)},
        "arrow",
    ),
    Line(
        "reviewer",
        "Front leaf, left: edge is too hard for something this close. Half the sharpness before Sofie sees it again.",
        {"region": at(0.06, 0.62, 0.2, 0.24)},
        "rect",
        released="Front leaf, left: edge is too hard for something this close.",
    ),
    Line(
        "owner",
        "Is 12 mg per 100 ml right for peach? The dossier says 11.4.",
        {"region": at(0.3, 0.9, 0.4, 0.05)},
        "highlight",
        kind="question",
        is_must_fix=True,
        to_client=True,
        answer=("client", "Legal says 11.4. Please correct it everywhere."),
    ),
    Line(
        "reviewer",
        "These read as bubbles, not condensation. Smaller and fewer around the bird, the mark must stay clean.",
        {"region": at(0.46, 0.45, 0.1, 0.18)},
        "ellipse",
    ),
    Line("client", "The sun is off the headline now, lovely.", {"region": at(0.5, 0.16)}, "pin", kind="praise"),
    Line("owner", "Orange slice casts no shadow.", {"region": at(0.66, 0.6, 0.12, 0.12)}, "arrow", to_client=True),
    Line("reviewer", "Warm the can by a third of a stop, it fell behind the sky.", {"region": at(0.4, 0.35, 0.2, 0.4)}),
    Line("maker", "The leaf is two plates now, so it can move.", {"region": at(0.1, 0.7)}, "pin", kind="note"),
)
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
            "Hold on the figure until the can is up; only then we see it against the sky.",
            {"frame_in": 12, "frame_out": 20, "region": at(0.4, 0.3, 0.2, 0.4)},
            "rect",
            is_must_fix=True,
            to_client=True,
        ),
        Line(
            "client",
            "Music drops before the sip.",
            {"frame_in": 30},
            answer=("maker", "Eight frames later in the next one."),
        ),
        Line(
            "reviewer",
            "Skin looks grey next to the sky.",
            {"frame_in": 36, "region": at(0.5, 0.35, 0.2, 0.3)},
            "ellipse",
        ),
        Line("owner", "Opening: slower push in.", {"frame_in": 0, "frame_out": 10}, to_client=True),
        Line(
            "client",
            "This drop. More of this in the 6 second cut.",
            {"frame_in": 24, "region": at(0.55, 0.5)},
            "pin",
            kind="praise",
        ),
        Line(
            "reviewer",
            "Hand covers the wordmark here. Sofie will not let that pass.",
            {"frame_in": 40, "region": at(0.45, 0.4, 0.14, 0.2)},
            "arrow",
            is_must_fix=True,
            released="Hand covers the wordmark here.",
        ),
    ),
    FileKind.AUDIO: (
        Line("reviewer", "The voice is too close to the microphone here.", {"ms_in": 900, "ms_out": 2200}),
        Line("client", "Say “first light” a little slower, please.", {"ms_in": 2600, "ms_out": 3400}, is_must_fix=True),
        Line("owner", "Music may be softer under the price.", {"ms_in": 3600}, to_client=True),
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
