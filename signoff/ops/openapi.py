"""The API's contract as a file: `python -m signoff.ops.openapi [--check] docs/openapi.json`."""

import argparse
import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.utils.module_loading import import_string

PREFIX = "/api/v1/"


def main(arguments: list[str] | None = None) -> int:
    """Write the contract into the file, or with --check say whether the file is the contract (0 or 1)."""
    parser = argparse.ArgumentParser(prog="openapi", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; 1 when the file is not what the code says"
    )
    asked = parser.parse_args(arguments)
    _set_up()
    contract = contract_of("signoff.api.v1.api")
    if not asked.check:
        asked.file.write_text(contract)
        return 0
    if asked.file.is_file() and asked.file.read_text() == contract:
        return 0
    print(f"{asked.file} is not what the code says. If the change is meant: make openapi", file=sys.stderr)
    return 1


def contract_of(api: str) -> str:
    """The OpenAPI document of the API at this dotted path, as text that changes only when the API does."""
    document = import_string(api).get_openapi_schema(path_prefix=PREFIX)
    return json.dumps(document, indent=1, ensure_ascii=False, default=str) + "\n"


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not settings.configured:
        django.setup()


if __name__ == "__main__":
    sys.exit(main())
