"""Telling how far an import is, beside its transaction: nobody sees what is not committed."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from signoff.live.publish import CHANNEL
from signoff.sheets.diff import Progress
from signoff.sheets.models import ImportBatch

NOT_OFTENER = 0.25  # seconds
UPDATE = "UPDATE sheets_importbatch SET progress = %s WHERE id = %s"


@contextmanager
def progress_of(batch: ImportBatch) -> Iterator[Progress]:
    """A function that writes the batch's progress over a connection of its own, and tells its maker's pages."""
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    last = 0.0
    with psycopg.connect(**parameters, autocommit=True) as beside:

        def tell(percent: int) -> None:
            nonlocal last
            if time.monotonic() - last < NOT_OFTENER:
                return
            last = time.monotonic()
            beside.execute(UPDATE, [percent, batch.pk])
            beside.execute("SELECT pg_notify(%s, %s)", [CHANNEL, _message(batch, percent)])

        yield tell


def _message(batch: ImportBatch, percent: int) -> str:
    who = str(batch.made_by_id) if batch.made_by_id else None
    return json.dumps(
        {
            "o": str(batch.organization_id),
            "p": None,
            "d": None,
            "s": str(batch.pk),
            "a": who,
            "u": who,
            "v": "import.progress",
            "n": percent,
        }
    )
