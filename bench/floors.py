"""The floor under each figure: the least SQL that does the same, by psycopg on the same PostgreSQL in the same run.

No HTTP, no sign-in, no permissions, no validation: nobody serves the work for less.
"""

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
from django.utils.timezone import now
from psycopg.types.json import Jsonb

from bench.seed import DELIVERABLE, STAGE, House, Seeded, copy, rows_of
from signoff.core.ids import new_id
from signoff.deliverables.board import GRID, grid_parameters
from signoff.live.publish import BEAT_AND_TELL, CHANNEL
from signoff.projects.models import Project

Connection = psycopg.Connection[Any]
EVENT = (
    "id, organization_id, verb, act, actor_kind, actor_label, actor_user_id, project_id, deliverable_id, subject_kind,"
    " subject_id, subject_label, changes, data"
)
INSERT_DELIVERABLE = f"INSERT INTO deliverables_deliverable ({DELIVERABLE}) VALUES ({', '.join(['%s'] * 22)})"
ONE_STAGE = f"({', '.join(['%s'] * 13)})"
INSERT_STAGES = f"INSERT INTO deliverables_stage ({STAGE}) VALUES {', '.join([ONE_STAGE] * 5)}"
INSERT_EVENT = f"INSERT INTO audit_event ({EVENT}) VALUES ({', '.join(['%s'] * 14)})"
LOCK = """
SELECT d.id, s.status FROM deliverables_stage s JOIN deliverables_deliverable d ON d.id = s.deliverable_id
WHERE s.id = %s FOR UPDATE OF d
"""
MOVE = (
    "UPDATE deliverables_stage SET status = %s, status_since = %s, version = version + 1, updated_at = %s WHERE id = %s"
)
FOLLOW = "UPDATE deliverables_deliverable SET status = %s, version = version + 1, updated_at = %s WHERE id = %s"
READ = """
SELECT row_to_json(x)::text FROM (
  SELECT d.*, u.name AS assignee_name, (
    SELECT json_agg(row_to_json(y) ORDER BY y.position) FROM (
      SELECT s.*, g.name, g.is_with_client, v.name AS assignee_name FROM deliverables_stage s
      JOIN pipelines_stagedefinition g ON g.id = s.definition_id
      LEFT JOIN accounts_user v ON v.id = s.assignee_id WHERE s.deliverable_id = d.id) y) AS stages
  FROM deliverables_deliverable d LEFT JOIN accounts_user u ON u.id = d.assignee_id WHERE d.id = %s) x
"""


class Floors:
    """Each a function of an index, as `load.latency` takes it."""

    def __init__(self, connection: Connection, seeded: Seeded) -> None:
        self._connection, self._seeded = connection, seeded
        self._big = self._column("SELECT id FROM deliverables_deliverable WHERE project_id = %s", seeded.big.pk)
        self._stages = itertools.cycle(
            self._column(
                "SELECT s.id FROM deliverables_stage s JOIN deliverables_deliverable d ON d.id = s.deliverable_id"
                " WHERE d.project_id = %s AND s.position = 5",
                seeded.second.pk,
            )
        )
        self._statuses = itertools.cycle(["in_progress", "in_review"])
        self.parameters = grid_parameters(seeded.big.pk)

    def grid(self, index: int) -> bytes:
        row = self._connection.execute(GRID, self.parameters).fetchone()
        return str(row[0]).encode() if row else b""

    def nothing(self, index: int) -> object:
        return self._connection.execute("SELECT 1").fetchone()

    def read(self, index: int) -> object:
        return self._connection.execute(READ, [self._big[index % len(self._big)]]).fetchone()

    def create(self, index: int) -> None:
        deliverables, stages = rows_of(self._seeded.house, [(self._seeded.second.pk, 1)])
        row = list(deliverables[0])
        row[5] = row[6] = f"floor-{index}"
        with self._connection.transaction():
            self._connection.execute(INSERT_DELIVERABLE, row)
            self._connection.execute(INSERT_STAGES, [value for stage in stages for value in stage])
            self._tell("deliverable.added", row[0])

    def move(self, index: int) -> None:
        stage, status, at = next(self._stages), next(self._statuses), now()
        with self._connection.transaction():
            found = self._connection.execute(LOCK, [stage]).fetchone()
            assert found is not None
            self._connection.execute(MOVE, [status, at, at, stage])
            self._connection.execute(FOLLOW, [status, at, found[0]])
            self._tell("stage.changed", found[0])

    def _tell(self, verb: str, deliverable: object) -> None:
        self._connection.execute(INSERT_EVENT, event(self._seeded.house, self._seeded.second, verb, deliverable))
        self._connection.execute(BEAT_AND_TELL, [self._seeded.second.pk, CHANNEL, ['{"v": "floor"}']])

    def _column(self, statement: str, *parameters: object) -> list[Any]:
        return [row[0] for row in self._connection.execute(statement, parameters).fetchall()]


def event(house: House, project: Project, verb: str, deliverable: object) -> list[object]:
    person = house.people[0].pk
    return [
        *(new_id(), house.organization.pk, verb, new_id(), "user", "Bench", person, project.pk, deliverable),
        *("deliverable", deliverable, "SH00000", Jsonb({}), Jsonb({})),
    ]


def import_floor(connection: Connection, seeded: Seeded, rows: int) -> Callable[[], None]:
    """COPY of so many deliverables, their stages and their events into a project of its own, in one transaction."""
    project = Project.objects.create(
        organization=seeded.house.organization, job_number="floor", name="Floor", slug="floor", due_on=date(2026, 5, 4)
    )
    deliverables, stages = rows_of(seeded.house, [(project.pk, rows)])
    events = [event(seeded.house, project, "deliverable.added", row[0]) for row in deliverables]

    def run() -> None:
        with connection.transaction():
            copy(connection, "deliverables_deliverable", DELIVERABLE, deliverables)
            copy(connection, "deliverables_stage", STAGE, stages)
            copy(connection, "audit_event", EVENT, events)

    return run
