"""Writes the API's description to a file, or checks that the file still says the truth.

python -m signoff.api.openapi [--check] docs/openapi.json
"""

import json
import os
import sys
from pathlib import Path

import django
from django.utils.module_loading import import_string

STALE = "{file} is not what the API is now. If that is meant: make openapi"


def description() -> str:
    """The OpenAPI document of version 1, as text that is the same for the same API."""
    document = import_string("signoff.api.v1.api").get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def main(words: list[str]) -> int:
    file, check = Path(words[-1]), "--check" in words
    text = description()
    if not check:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    elif not file.exists() or file.read_text() != text:
        sys.stderr.write(STALE.format(file=file) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(main(sys.argv[1:]))
