"""Draws what stdin asks for into a directory, and says on stdout what it drew. Both speak JSON.

In: a list of [job number, name, last round]. Out: for each of them a list of its rounds, the newest last.
"""

import json
import sys
from pathlib import Path
from typing import TypedDict

from signoff.ops.demo.drawing.files import rounds_for


class Drawn(TypedDict):
    number: int
    what_changed: str
    files: list[str]


def draw(asked: list[tuple[str, str, int]], folder: Path) -> list[list[Drawn]]:
    """Write all files of the deliverables asked for into the folder; their names are in the answer."""
    answer: list[list[Drawn]] = []
    for job_number, name, last in asked:
        rounds = rounds_for(job_number, name, last)
        for file in (file for one in rounds for file in one.files):
            file.write(folder / file.name)
        answer.append(
            [
                Drawn(number=one.number, what_changed=one.what_changed, files=[file.name for file in one.files])
                for one in rounds
            ]
        )
    return answer


if __name__ == "__main__":
    json.dump(draw(json.load(sys.stdin), Path(sys.argv[1])), sys.stdout)
