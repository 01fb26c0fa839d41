"""The grid: a whole project as one JSON text that PostgreSQL builds, in a fixed number of queries.

The house sees all of it. Clients see what was ordered, not how it is planned: no notes and no custom fields,
and of rounds only those that were shown to them;
and of clients only the project's own team is named to anybody. `house` is what clients read in the place of the
names of its people, where it hides them, and all of these are one line of `people`; empty where it does not.

Columns are named once and rows are lists, so that ten thousand of them stay small:

    {"project": id, "columns": [...], "stages": [[definition id, name, approval type, is with client], ...],
     "stage_statuses": [...], "people": [[user id, name, hue, is client], ...],
     "rows": [[id, name, ..., cover, [[stage id, column, status, approval type, assignee, due, version], ...]], ...]}

`column`, `status` and `approval type` are indexes into `stages`, `stage_statuses` and
["none", "simple", "formal"]; people are indexes into `people`, or null. `cover` is the id of the thumbnail that
stands for the deliverable, or null; to clients it is one of a round that they see.
"""

from uuid import UUID
from zlib import crc32

from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from signoff.accounts.names import NOBODY
from signoff.deliverables.models import DeliverableStatus, StageStatus
from signoff.pipelines.models import ApprovalType
from signoff.projects.models import ProjectQuerySet

COLUMNS = [
    "id",
    "name",
    "slug",
    "kind",
    "specification",
    "language",
    "market",
    "status",
    "priority",
    "due_on",
    "round",
    "rounds_included",
    "assignee",
    "notes",
    "custom",
    "version",
    "cover",
    "stages",
]
# Who may be named in the grid: the house, and of the clients the project's own team.
NAMED = """
  FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
  JOIN one ON one.organization_id = m.organization_id
  WHERE m.role <> 'client_viewer' OR EXISTS (
    SELECT 1 FROM accounts_membership_client_teams t
    WHERE t.membership_id = m.id AND t.clientteam_id = one.client_team_id)
"""
GRID = """
WITH one AS MATERIALIZED (
  SELECT id, organization_id, client_team_id FROM projects_project WHERE id = %(project)s
), who AS MATERIALIZED (
  SELECT *, (dense_rank() OVER (ORDER BY name, id) - 1)::int AS n FROM (
    SELECT p.user_id, p.client, CASE WHEN p.hidden THEN %(house)s ELSE p.name END AS name,
           CASE WHEN p.hidden THEN NULL ELSE p.user_id END AS id,
           CASE WHEN p.hidden THEN 1 ELSE ('x' || right(p.user_id::text, 2))::bit(8)::int %% 8 + 1 END AS hue
    FROM (
      SELECT u.id AS user_id, u.name, m.role = 'client_viewer' AS client,
             m.role <> 'client_viewer' AND %(house)s <> '' AS hidden
      NAMED
    ) p
  ) shown
), mine AS MATERIALIZED (
  SELECT s.id, s.deliverable_id, s.definition_id, s.position, s.status, s.approval_type, s.assignee_id, s.due_on,
         s.version
  FROM deliverables_deliverable d CROSS JOIN LATERAL (
    SELECT * FROM deliverables_stage s WHERE s.deliverable_id = d.id OFFSET 0  -- by index, never the whole table
  ) s WHERE d.project_id = %(project)s
), used AS MATERIALIZED (
  SELECT g.id, g.name, g.approval_type, g.is_with_client, (row_number() OVER (ORDER BY k.place, g.name) - 1)::int AS n
  FROM (SELECT definition_id, avg(position) AS place FROM mine GROUP BY 1) k
  JOIN pipelines_stagedefinition g ON g.id = k.definition_id
), cells AS (
  SELECT m.deliverable_id, json_agg(json_build_array(m.id, used.n,
      array_position(%(statuses)s::text[], m.status::text) - 1,
      array_position(%(approvals)s::text[], m.approval_type::text) - 1, who.n, m.due_on, m.version)
      ORDER BY m.position) AS stages
  FROM mine m JOIN used ON used.id = m.definition_id LEFT JOIN who ON who.user_id = m.assignee_id GROUP BY 1
)
SELECT json_build_object(
  'project', %(project)s::uuid, 'columns', %(columns)s::json, 'stage_statuses', to_json(%(statuses)s::text[]),
  'stages', (SELECT coalesce(json_agg(json_build_array(id, name, approval_type, is_with_client) ORDER BY n), '[]')
             FROM used),
  'people', (SELECT coalesce(json_agg(json_build_array(coalesce(id, %(nobody)s), name, hue, client) ORDER BY n), '[]')
             FROM (SELECT DISTINCT n, id, name, hue, client FROM who) each),
  'rows', (
    SELECT coalesce(json_agg(json_build_array(d.id, d.name, d.slug, d.kind, d.specification, d.language, d.market,
        d.status, d.priority, d.due_on,
        CASE WHEN %(is_client)s THEN coalesce((SELECT max(n) FROM unnest(d.released_rounds) n), 0) ELSE d.round END,
        d.rounds_included, who.n,
        CASE WHEN %(is_client)s THEN '' ELSE d.notes END,
        CASE WHEN %(is_client)s THEN '{}' ELSE d.custom END,
        d.version, CASE WHEN %(is_client)s THEN d.client_cover ELSE d.cover END,
        coalesce(cells.stages, '[]'::json)) ORDER BY d.position, d.id), '[]')
    FROM deliverables_deliverable d LEFT JOIN cells ON cells.deliverable_id = d.id
    LEFT JOIN who ON who.user_id = d.assignee_id WHERE d.project_id = %(project)s)
)::text
""".replace("NAMED", NAMED)
# The same for one of its deliverables; its stages alone make the columns.
ROW = GRID.replace("WHERE d.project_id = %(project)s", "WHERE d.project_id = %(project)s AND d.id = %(deliverable)s")
# Of each project that is looked at: the beats it lives by, and (since accounts lie below the pulse) whom it names.
TAG = """(
WITH one AS (SELECT projects_project.id, projects_project.organization_id, projects_project.client_team_id)
SELECT 'W/"g' || coalesce((SELECT beat FROM live_pulse WHERE topic = one.id), 0) ||
       '.' || coalesce((SELECT beat FROM live_pulse WHERE topic = one.organization_id), 0) ||
       '.' || (SELECT coalesce(sum(hashtext(u.id::text || u.name || m.role)), 0) NAMED) || '"'
FROM one)""".replace("NAMED", NAMED)
FIGURES = """
SELECT d.status, count(*) FROM deliverables_deliverable d WHERE d.project_id = %s GROUP BY 1
"""


def grid_json(project_id: UUID, *, is_client: bool = False, house: str = "") -> bytes:
    """The grid of a project that the caller has looked up through `visible_to`. One query."""
    return _json(GRID, grid_parameters(project_id, is_client=is_client, house=house))


def row_json(project_id: UUID, deliverable_id: UUID, *, is_client: bool = False, house: str = "") -> bytes:
    """The grid with one row, or with none when the deliverable is not (any more) in the project. One query."""
    parameters = grid_parameters(project_id, is_client=is_client, house=house)
    return _json(ROW, {**parameters, "deliverable": deliverable_id})


def grid_parameters(
    project_id: UUID, *, is_client: bool = False, house: str = ""
) -> dict[str, UUID | str | bool | list[str]]:
    """What GRID takes; the bench runs the same statement as its floor."""
    return {
        "project": project_id,
        "is_client": is_client,
        "house": house,
        "nobody": NOBODY,
        "columns": '["' + '","'.join(COLUMNS) + '"]',
        "statuses": list(StageStatus.values),
        "approvals": list(ApprovalType.values),
    }


def grid_tag(projects: ProjectQuerySet, *, is_client: bool = False, house: str = "") -> str | None:
    """Of the one project that the caller looks up, through `visible_to`; None when it is not there.

    Changes exactly when the grid may have: with the beats of the project and of its organisation, and with the
    people it names; clients have tags of their own, by what they read in the place of names. Weak, because it is
    the same for packed and plain bytes. One small query.
    """
    tags = projects.order_by().annotate(tag=RawSQL(TAG, [], output_field=TextField())).values_list("tag", flat=True)
    tag = next(iter(tags), None)  # not first(): that would order what is one row
    return tag.replace("g", f"c{crc32(house.encode()):x}.", 1) if tag and is_client else tag


def _json(statement: str, parameters: dict[str, UUID | str | bool | list[str]]) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    return str(row[0]).encode() if row else b"{}"


def count_by_status(project_id: UUID) -> dict[str, int]:
    """How many deliverables of a project have each status; statuses without any are 0."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, [project_id])
        found = dict(cursor.fetchall())
    return {status: found.get(status, 0) for status in DeliverableStatus.values}
