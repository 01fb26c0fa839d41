import pytest

from signoff.core.errors import NotAllowed, NotFound
from signoff.deliverables.models import Deliverable, Stage
from signoff.rooms.actions import add_items, change_item, invite_people, order_items, remove_item
from signoff.rooms.agenda import changed_since, found_by, waiting_for_review
from signoff.rooms.errors import BadOrder, UnknownItem
from tests import factories
from tests.rooms.conftest import items_of, names_of


def test_items_come_to_the_end_once(cast, first_light, key_visual, weekly):
    film = factories.deliverable(first_light, "Film")
    for _ in range(2):
        add_items(actor=cast.actor("rev"), session=weekly, deliverables=[film, key_visual, film])

    assert names_of(weekly) == ["Key visual", "Banner", "Film"]


def test_who_may_not_hold_sessions_puts_nothing_on(cast, first_light, weekly):
    film = factories.deliverable(first_light, "Film")
    for who in ("art", "mia", "stranger"):
        with pytest.raises(NotAllowed):
            add_items(actor=cast.actor(who), session=weekly, deliverables=[film])

    assert names_of(weekly) == ["Key visual", "Banner"]


def test_the_order_names_every_item_once(cast, weekly):
    first, second = items_of(weekly)
    order_items(actor=cast.actor("pat"), session=weekly, order=[second.pk, first.pk])
    assert names_of(weekly) == ["Banner", "Key visual"]

    for wrong in ([first.pk], [first.pk, first.pk], [first.pk, second.pk, weekly.pk]):
        with pytest.raises(BadOrder):
            order_items(actor=cast.actor("pat"), session=weekly, order=wrong)
    assert names_of(weekly) == ["Banner", "Key visual"]


def test_an_item_goes_and_twice_is_once(cast, weekly):
    first = items_of(weekly)[0]
    for _ in range(2):
        remove_item(actor=cast.actor("pat"), item=first)

    assert names_of(weekly) == ["Banner"]


def test_frozen_items_keep_the_round_that_clients_saw(cast, plan, key_visual):
    factories.revision(key_visual)
    session = plan(is_frozen=True, deliverables=[Deliverable.objects.get(pk=key_visual.pk)])

    assert [item.revision.round for item in items_of(session)] == [1]


def test_a_round_of_another_deliverable_is_not_pinned(cast, weekly, banner):
    first = items_of(weekly)[0]
    with pytest.raises(NotFound):
        change_item(actor=cast.actor("pat"), item=first, changes={"revision": banner.revisions.get()})


def test_speaker_notes_are_the_leaders(cast, weekly):
    first = items_of(weekly)[0]
    with pytest.raises(UnknownItem):
        change_item(actor=cast.actor("rev"), item=first, changes={"speaker_notes": "Say first"})
    invite_people(actor=cast.actor("pat"), session=weekly, people=[cast.rev], role="cohost")
    change_item(actor=cast.actor("rev"), item=first, changes={"speaker_notes": "Say first", "reason": "The sun"})

    assert [(one.speaker_notes, one.reason) for one in items_of(weekly)] == [("Say first", "The sun"), ("", "")]


def test_what_the_builder_finds(cast, first_light, key_visual, weekly):
    Stage.objects.filter(deliverable=key_visual, definition__name="Design").update(status="in_review")
    film = factories.deliverable(first_light, "Film")
    factories.revision(film)
    rows = Deliverable.objects.visible_to(cast.actor("pat"))

    found = [waiting_for_review(rows), changed_since(rows, weekly), found_by(rows, "20418 vis"), found_by(rows, "x y")]
    assert [[row.name for row in some] for some in found] == [["Key visual"], ["Film"], ["Key visual"], []]
