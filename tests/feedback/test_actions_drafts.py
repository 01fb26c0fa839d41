"""What somebody has written and not sent."""

import pytest

from signoff.core.errors import NotAllowed
from signoff.feedback.actions import drop_draft, keep_draft
from signoff.feedback.errors import DraftTooLarge
from signoff.feedback.models import Draft
from tests.together import at_once


def test_the_last_one_is_kept_and_only_its_writer_sees_it(cast, first):
    for text in ("A", "B"):
        keep_draft(actor=cast.actor("rev"), revision=first, content={"text": text})
    keep_draft(actor=cast.actor("art"), revision=first, content={"text": "C"})

    found = {who: [one.content for one in Draft.objects.visible_to(cast.actor(who))] for who in ("rev", "art", "ada")}
    assert found == {"rev": [{"text": "B"}], "art": [{"text": "C"}], "ada": []}


def test_it_is_dropped_and_twice_is_once(cast, first):
    keep_draft(actor=cast.actor("rev"), revision=first, content={})
    other = keep_draft(actor=cast.actor("art"), revision=first, content={})
    for _ in range(2):
        drop_draft(actor=cast.actor("rev"), revision=first)
    assert [one.author_id for one in Draft.objects.all()] == [other.author_id]


def test_more_than_a_megabyte_is_refused(cast, first):
    keep_draft(actor=cast.actor("rev"), revision=first, content={"text": "x" * 999_900})
    with pytest.raises(DraftTooLarge):
        keep_draft(actor=cast.actor("rev"), revision=first, content={"text": "ü" * 500_000})
    assert len(Draft.objects.get().content["text"]) == 999_900


def test_another_houses_person_may_not(cast, first):
    with pytest.raises(NotAllowed):
        keep_draft(actor=cast.actor("stranger"), revision=first, content={})


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_leave_one(cast, first):
    rev = cast.actor("rev")
    acts = [lambda text=text: keep_draft(actor=rev, revision=first, content={"text": text}) for text in "ABC"]
    assert at_once(*acts) == ["done"] * 3
    assert Draft.objects.count() == 1
