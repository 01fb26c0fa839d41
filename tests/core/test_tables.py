from datetime import date

from signoff.core.ids import new_id
from signoff.core.tables import insert_rows, overwrite_rows
from signoff.deliverables.models import Deliverable
from tests import factories

NASTY = 'tab\tnew\nline \\N \\. "quotes" 日本'


def test_rows_come_in_and_are_overwritten_as_they_are(first_light):
    row = factories.deliverable(first_light, "First")
    values = Deliverable.objects.filter(pk=row.pk).values().get()
    fresh = [{**values, "id": new_id(), "slug": f"s{n}", "notes": NASTY, "custom": {"k": [NASTY, n]}} for n in range(3)]
    insert_rows(Deliverable, fresh)
    assert list(Deliverable.objects.exclude(pk=row.pk).order_by("slug").values()) == fresh

    changed = [{"id": one["id"], "notes": "", "due_on": date(9999, 12, 31), "custom": {}} for one in fresh[:2]]
    overwrite_rows(Deliverable, changed)
    overwrite_rows(Deliverable, changed)
    there = Deliverable.objects.order_by("slug").values_list("slug", "notes", "due_on", "custom")
    assert [one for one in there if one[0] != row.slug] == [
        ("s0", "", date(9999, 12, 31), {}),
        ("s1", "", date(9999, 12, 31), {}),
        ("s2", NASTY, None, {"k": [NASTY, 2]}),
    ]


def test_no_rows_are_no_statement(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(Deliverable, [])
        overwrite_rows(Deliverable, [])
