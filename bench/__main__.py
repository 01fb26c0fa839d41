"""`python -m bench`: a server and a database of its own, the seed, the workload, a table."""

import argparse
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

from bench.server import Server
from signoff.integrations.postgres.paths import database_url


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", default="", help="rows, as grid,create; all without it")
    parser.add_argument("--seconds", type=int, default=5, help="how long several connections ask at once")
    parser.add_argument("--out", default="", help="write the figures as JSON into this file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="signoff-bench-") as folder:
        os.chmod(folder, 0o755)  # PostgreSQL may run as another user
        with Server(Path(folder)) as server:
            os.environ["SIGNOFF_DATA_DIR"], os.environ["DATABASE_URL"] = folder, database_url(Path(folder).resolve())
            os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
            django.setup()
            # Models can be imported only now that Django knows its database.
            return int(import_module("bench.run").main(arguments, server, os.environ["DATABASE_URL"]))


if __name__ == "__main__":
    sys.exit(main())
