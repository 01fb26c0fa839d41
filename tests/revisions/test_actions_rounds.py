"""Rounds: added, taken back, shown to the client."""

from collections.abc import Callable

import pytest

from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.deliverables.models import Deliverable
from signoff.revisions.models import MediaFile, Rendition, Step, Upload
from tests.cast import Cast
from tests.files import add_round, picture


@pytest.mark.django_db(transaction=True)
def test_a_round_is_rendered_by_the_worker(cast: Cast, key_visual: Deliverable, run_jobs: Callable[[], None]) -> None:
    revision = add_round(cast.actor("art"), key_visual, picture(640, 480), note="The sun is lower")
    run_jobs()
    file = MediaFile.objects.get()
    key_visual.refresh_from_db()
    assert (revision.round, key_visual.round, Upload.objects.count()) == (1, 1, 0)
    assert (file.step, file.failure, file.width, file.height) == (Step.RENDERED, "", 640, 480)
    assert {r.kind for r in Rendition.objects.all()} == {"thumbnail", "preview"}
    assert key_visual.cover == Rendition.objects.get(kind="thumbnail").pk
    assert list(Event.objects.order_by("id").values_list("verb", flat=True))[-2:] == [
        Verb.ROUND_ADDED,
        Verb.FILE_RENDERED,
    ]
