"""What was said about the demo's rounds."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import F

from signoff.audit.models import Event
from signoff.deliverables.models import Deliverable
from signoff.feedback.checklist import checklist_of
from signoff.feedback.models import Comment, FeedbackItem, Sighting
from signoff.feedback.room import comments_of
from signoff.feedback.shapes import Mark
from signoff.revisions.models import Revision
from tests.ops.demo.test_files import row_named, take
from tests.ops.demo.test_load import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
NAMES = ("Gift box sleeve", "Key visual, landscape", "Pocket timetable")


@pytest.fixture(scope="module")
def talked(demo: None) -> Iterator[list[Deliverable]]:
    with transaction.atomic():
        take(*NAMES)
        yield [row_named(name) for name in NAMES]
        transaction.set_rollback(True)


def test_every_round_has_its_notes_numbered_from_one(talked: list[Deliverable]):
    for revision in Revision.objects.filter(deliverable__in=talked):
        notes = FeedbackItem.objects.filter(comment__revision=revision).order_by("number")
        numbers = [note.number for note in notes]
        shown = [note.client_number for note in notes if note.client_number]
        assert (numbers, shown) == (list(range(1, len(numbers) + 1)), list(range(1, len(shown) + 1)))
        assert revision.settled_at is not None or not numbers


def test_a_delivered_one_is_all_settled(talked: list[Deliverable]):
    sleeve = talked[0]
    assert FeedbackItem.objects.filter(deliverable=sleeve).count() > 5
    assert list(FeedbackItem.objects.filter(deliverable=sleeve).to_settle()) == []
    last = Revision.objects.select_related("deliverable__project").get(deliverable=sleeve, round=3)
    progress = checklist_of(actor("Tom"), last)["progress"]
    assert progress["verified"] == progress["of"] > 0


def test_clients_read_some_of_it_in_their_own_words(talked: list[Deliverable]):
    rounds = Revision.objects.select_related("deliverable__project").filter(deliverable=talked[1])
    house, client = (
        [one["text"] for revision in rounds.visible_to(actor(name)) for one in comments_of(actor(name), revision)]
        for name in ("Tom", "Sofie")
    )
    assert len(house) > len(client) > 0
    assert [any("before Sofie sees it" in text for text in read) for read in (house, client)] == [True, False]


def test_notes_are_on_their_way(talked: list[Deliverable]):
    items = FeedbackItem.objects.filter(deliverable__in=talked)
    assert {"open", "verified", "addressed"} <= set(items.values_list("state", flat=True))
    carried = Sighting.objects.exclude(revision=F("item__comment__revision"))
    assert set(carried.values_list("item__deliverable__name", flat=True)) == set(NAMES)


def test_the_last_sighting_stands_as_its_note(talked: list[Deliverable]):
    for item in FeedbackItem.objects.filter(deliverable__in=talked).prefetch_related("sightings__revision"):
        last = max(item.sightings.all(), key=lambda one: one.revision.round)
        assert last.state == item.state


def test_what_is_drawn_could_be_drawn(talked: list[Deliverable]):
    drawn = [one for comment in Comment.objects.prefetch_related("annotations") for one in comment.annotations.all()]
    assert drawn
    for one in drawn:
        plain = {name: getattr(one, name) for name in ("id", "kind", "geometry", "style", "frame", "z")}
        assert Mark.model_validate(plain).kind == one.kind


def test_the_diary_has_it_at_its_time(talked: list[Deliverable]):
    said = dict(Event.objects.filter(verb="comment.added").values_list("subject_id", "created_at"))
    assert said == dict(Comment.objects.values_list("pk", "created_at"))
