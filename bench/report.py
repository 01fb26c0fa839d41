"""A figure beside its floor and what is wanted of it, and all of them as a table."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`is_met` is None where nothing is wanted; `note` is for what a number cannot say."""

    what: str
    figure: str
    floor: str = ""
    ratio: str = ""
    statements: str = ""
    wanted: str = ""
    is_met: bool | None = None
    note: str = ""

    def cells(self) -> list[str]:
        met = {True: "met", False: "NOT MET", None: ""}[self.is_met]
        return [self.what, self.figure, self.floor, self.ratio, self.statements, self.wanted, met, self.note]


HEADS = ["what", "figure", "floor", "ratio", "statements", "wanted", "", "note"]


def table(figures: Iterable[Figure]) -> str:
    """As Markdown, with columns that stand below each other in a terminal too."""
    rows = [HEADS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
