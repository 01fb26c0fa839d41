"""Many rows into and over tables by COPY: tens of thousands in a second or two.

Columns that are left out take the database's own default; no field of a model is asked.
"""

import json
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.db import connection, models
from psycopg import sql

MANY = 300


def insert_rows(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows given as {attribute name: value}; all have the same names, and JSON in the same ones."""
    if rows:
        _copy(sql.Identifier(model._meta.db_table), list(rows[0]), rows)


def overwrite_rows(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    """Set these columns of the rows with these ids. The caller has them locked."""
    if not rows:
        return
    names = list(rows[0])
    target, fresh = sql.Identifier(model._meta.db_table), sql.Identifier(f"fresh_{model._meta.model_name}")
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    sets = sql.SQL(", ").join(
        sql.SQL("{0} = {1}.{0}").format(sql.Identifier(name), fresh) for name in names if name != "id"
    )
    _execute(
        sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
            fresh, columns, target
        )
    )
    _copy(fresh, names, rows)
    _execute(
        sql.SQL("UPDATE {0} SET {1} FROM {2} WHERE {0}.{3} = {2}.{3}").format(target, sets, fresh, sql.Identifier("id"))
    )
    _execute(sql.SQL("DROP TABLE {}").format(fresh))


def _copy(table: sql.Identifier, names: list[str], rows: Sequence[dict[str, Any]]) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    cells = itemgetter(*names)
    as_json = [place for place, name in enumerate(names) if isinstance(rows[0][name], dict)]
    with connection.cursor() as cursor:
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)
        with cursor.copy(statement) as copy:
            for row in rows:
                line = list(cells(row))
                for place in as_json:
                    line[place] = json.dumps(line[place])
                copy.write_row(line)


def _execute(statement: sql.Composed) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def count_anew(added: int, *tables: type[models.Model]) -> None:
    """Let PostgreSQL look at these tables again, if so many rows were added that its old figures mislead it.

    It would do so by itself within a minute; until then the plan of a query over the new rows may take
    minutes, for it takes them to be none. Locks the tables against another such look until the commit.
    """
    if added < MANY:
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables))
