"""Two at once: whoever is second gets a clear word, and nothing is half done."""

import pytest

from signoff.deliverables.models import Deliverable, Stage
from signoff.projects.models import Project
from signoff.sheets.actions import apply_import, preview_import, undo_import
from signoff.sheets.models import ImportBatch
from tests.sheets.books import jobs
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brought(cast, campaign):
    def bring():
        content = jobs(["30001", "Night oil", "Film"], ["30001", "Night oil", "Loop"])
        return preview_import(
            actor=cast.actor("pat"), organization=cast.organization, file_name="a.xlsx", content=content
        )

    return bring


def test_one_batch_applied_twice_at_once_is_applied_once(cast, brought):
    pk = brought().pk
    pat = cast.actor("pat")

    def apply():
        return apply_import(actor=pat, batch=ImportBatch.objects.get(pk=pk))

    assert at_once(apply, apply) == ["done", "done"]
    assert [model.objects.count() for model in (Project, Deliverable, Stage)] == [1, 2, 6]


def test_two_files_that_make_the_same_project_make_it_once(cast, brought):
    first, second = brought().pk, brought().pk
    pat = cast.actor("pat")

    def applying(pk):
        return lambda: apply_import(actor=pat, batch=ImportBatch.objects.get(pk=pk))

    assert at_once(applying(first), applying(second)) == ["done", "import_has_changed"]
    assert [model.objects.count() for model in (Project, Deliverable, Stage)] == [1, 2, 6]


def test_one_batch_undone_twice_at_once_is_undone_once(cast, brought):
    batch = apply_import(actor=cast.actor("pat"), batch=brought())
    pat = cast.actor("pat")

    def undo():
        return undo_import(actor=pat, batch=ImportBatch.objects.get(pk=batch.pk))

    assert at_once(undo, undo) == ["done", "done"]
    assert [model.objects.count() for model in (Project, Deliverable, Stage)] == [0, 0, 0]
