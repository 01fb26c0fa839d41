"""Which thumbnail stands for a deliverable in lists, kept on its row so that a grid of thousands needs no join."""

from uuid import UUID

from django.db import connection, transaction

LOCK = "SELECT 1 FROM deliverables_deliverable WHERE id = %s FOR UPDATE"
COVER = """
UPDATE deliverables_deliverable d
SET (cover, cover_round) = (NEWEST), client_cover = (SELECT id FROM (NEWEST_RELEASED) shown) WHERE d.id = %s
"""
NEWEST = """
SELECT t.id, r.round FROM revisions_revision r JOIN revisions_mediafile f ON f.revision_id = r.id
JOIN revisions_rendition t ON t.file_id = f.id AND t.kind = 'thumbnail'
WHERE r.deliverable_id = d.id ORDER BY r.round DESC, f.position LIMIT 1
"""
RELEASED = NEWEST.replace("ORDER BY", "AND r.round = ANY (d.released_rounds) ORDER BY")
STATEMENT = COVER.replace("NEWEST_RELEASED", RELEASED).replace("NEWEST", NEWEST)


@transaction.atomic
def refresh_covers(deliverable_id: UUID) -> None:
    """Choose them anew: the first thumbnail of the newest round that has any.

    Two statements: one alone would wait for the lock, and then still choose among the thumbnails from before.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [deliverable_id])
        cursor.execute(STATEMENT, [deliverable_id])
