"""Named in DATABASES as ENGINE. Django looks for `DatabaseWrapper` here."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Asked before the first query of a request, since CONN_HEALTH_CHECKS is on.

        A server says nothing on an idle connection. So when there is nothing to read it is alive, and
        only else (it went away, or sent a notice) the question costs a statement.
        """
        return self._is_silent() or super().is_usable()

    def _is_silent(self) -> bool:
        connection = self.connection
        if connection is None or connection.closed or connection.info.transaction_status != TransactionStatus.IDLE:
            return False
        asked = select.poll()
        asked.register(connection.fileno(), select.POLLIN)
        return not asked.poll(0)
