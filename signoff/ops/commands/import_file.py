"""Reads a spreadsheet of jobs and shows what it would do; with --commit, does it."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from signoff.accounts.actions import organization_called
from signoff.core.errors import Invalid
from signoff.ops.operator import operator
from signoff.sheets import actions
from signoff.sheets.models import ImportBatch
from signoff.sheets.work import preview_of

MOST_LINES = 40


class NoSuchFile(Invalid):
    code = "no_such_file"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="an .xlsx or .csv file")
    parser.add_argument("--commit", action="store_true", help="write it down, if no row has an error")
    parser.add_argument("--skip-errors", action="store_true", help="with --commit: leave out rows with errors")
    parser.add_argument("--day-first", action="store_true", default=None, help="03/04/2026 is in April")
    parser.add_argument("--month-first", action="store_false", dest="day_first", help="03/04/2026 is in March")
    parser.add_argument("--organization", default="", help="its name; needed when there is more than one")


def run(arguments: Namespace) -> int:
    """0 when it was applied or could be; 1 when questions or errors are open."""
    actor, organization = operator(), organization_called(arguments.organization)
    batch = actions.preview_import(
        actor=actor,
        organization=organization,
        file_name=arguments.file.name,
        content=_read(arguments.file),
        mapping={"day_first": arguments.day_first},
    )
    _tell(batch)
    is_clean = batch.state == ImportBatch.State.PREVIEW and not batch.counts["error"]
    if not arguments.commit:
        print("Nothing was written. Add --commit to apply it." if is_clean else "Nothing was written.")
        return 0 if is_clean else 1
    apply = actions.apply_good_rows if arguments.skip_errors else actions.apply_import
    batch = apply(actor=actor, batch=batch)
    print("Applied.")
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoSuchFile(f"{path} cannot be read: {error.strerror}.") from error


def _tell(batch: ImportBatch) -> None:
    counts = batch.counts
    print(", ".join(f"{counts[kind]} {kind}" for kind in ("created", "changed", "unchanged", "error")))
    shown = preview_of(batch)
    for note in shown["notes"]:
        print(f"Note: {note}")
    for question in shown["questions"]:
        print(f"Question: {question['message']}", file=sys.stderr if question["blocks"] else sys.stdout)
    faults: list[dict[str, Any]] = [row for row in shown["rows"] if row["errors"]]
    for row in faults[:MOST_LINES]:
        for error in row["errors"]:
            where = f"{row['sheet']} row {row['row']}, {error['column']}"
            print(f"{where} “{error['value']}”: {error['reason']}", file=sys.stderr)
    if len(faults) > MOST_LINES:
        print(f"... and {len(faults) - MOST_LINES} more rows with errors", file=sys.stderr)
