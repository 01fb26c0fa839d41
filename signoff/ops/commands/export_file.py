"""Writes the whole tracker into a workbook that can be imported again."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from signoff.accounts.actions import organization_called
from signoff.core.errors import Invalid
from signoff.ops.operator import operator
from signoff.sheets.actions import export_tracker


class CannotWrite(Invalid):
    code = "cannot_write"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the .xlsx file to write")
    parser.add_argument("--organization", default="", help="its name; needed when there is more than one")


def run(arguments: Namespace) -> int:
    content = export_tracker(actor=operator(), organization=organization_called(arguments.organization))
    try:
        arguments.file.write_bytes(content)
    except OSError as error:
        raise CannotWrite(f"{arguments.file} cannot be written: {error.strerror}.") from error
    print(f"{arguments.file}: {len(content):,} bytes")
    return 0
