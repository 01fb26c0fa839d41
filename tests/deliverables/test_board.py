"""The grid's one statement must stay quick in the moment after many rows came, when nobody counted them yet."""

import json

from django.db import connection

from signoff.deliverables.actions import add_deliverables
from signoff.deliverables.board import grid_json
from signoff.deliverables.models import Deliverable
from signoff.deliverables.start import DeliverableDraft
from tests import factories
from tests.cast import Cast

MANY = 4_000


def test_the_grid_is_quick_right_after_many_were_added(cast: Cast, key_visual: Deliverable) -> None:
    big = factories.project(cast.organization, "Big", client_team=cast.kolibri)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        drafts = [DeliverableDraft(name=f"Banner {number}") for number in range(MANY)]
        add_deliverables(actor=cast.actor("pat"), project=big, drafts=drafts)
        cursor.execute("SET LOCAL statement_timeout = '10s'")
        assert len(json.loads(grid_json(big.pk))["rows"]) == MANY
