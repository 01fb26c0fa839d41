"""What every command needs before it can work: a data directory, the secret key, the database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from signoff.core.errors import Unavailable
from signoff.integrations.postgres.databases import ensure_database
from signoff.integrations.postgres.paths import DATABASE
from signoff.integrations.postgres.server import EmbeddedPostgres
from signoff.ops.secret import kept_secret


class NoDataDirectory(Unavailable):
    code = "no_data_directory"


@contextmanager
def installation() -> Iterator[EmbeddedPostgres | None]:
    """Within this the database runs: the embedded one is started, or joined where it runs already.

    Makes the data directory, the secret key and the database when they are missing. Yields the embedded
    server, or None where DATABASE_URL names another one. Raises NoDataDirectory, ServerNotStarted.
    """
    _make_data_directory()
    if not (os.environ.get("AUTH_SECRET") or os.environ.get("AUTH_SECRET_FILE")):
        settings.SECRET_KEY = kept_secret(settings.DATA_DIR / "secret_key")
    if not settings.EMBEDDED_DATABASE:
        yield None
        return
    with EmbeddedPostgres(settings.DATA_DIR) as server:
        ensure_database(server.url(), DATABASE)
        yield server


def _make_data_directory() -> None:
    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoDataDirectory(
            f"The data directory {settings.DATA_DIR} cannot be made ({error.strerror}). "
            "Set SIGNOFF_DATA_DIR to one that you may write."
        ) from error
