from datetime import timedelta

from django.utils.timezone import now

from signoff.deliverables.models import Stage
from signoff.feedback.models import FeedbackItem
from signoff.reviews.actions import approve_stage
from signoff.rooms.actions import conclude_session
from signoff.rooms.models import Minute
from signoff.rooms.shown import shown_times
from signoff.rooms.summary import summary_of
from tests import factories
from tests.rooms.conftest import fresh, items_of


def found(actor, session):
    return [
        (one.item.deliverable.name, one.result, one.opened, one.closed) for one in summary_of(actor, session).outcomes
    ]


def test_what_was_decided_and_said_while_it_was_open(cast, live, key_visual):
    revision = key_visual.revisions.get()
    factories.note(factories.comment(revision, cast.rev), is_must_fix=True)
    closed = factories.note(factories.comment(revision, cast.rev, audience="client"), kind="question")
    FeedbackItem.objects.filter(pk=closed.pk).update(state="verified", state_since=now())
    Stage.objects.filter(deliverable=key_visual, definition__name="Internal review").update(status="in_review")
    approve_stage(actor=cast.actor("rev"), stage=factories.stage(key_visual, "Internal review"))
    conclude_session(actor=cast.actor("pat"), session=live)
    session = fresh(live)

    assert found(cast.actor("pat"), session) == [("Key visual", "approved", 2, 1), ("Banner", "", 0, 0)]
    assert found(cast.actor("mia"), session) == [("Key visual", "approved", 1, 1), ("Banner", "", 0, 0)]
    whole = summary_of(cast.actor("pat"), session)
    assert (whole.decided, whole.must_fix, whole.questions) == (1, 1, 1)
    assert [one.item.deliverable.name for one in whole.not_reached] == ["Banner"]


def test_what_was_before_and_after_does_not_count(cast, live, key_visual):
    note = factories.note(factories.comment(key_visual.revisions.get(), cast.rev))
    type(note.comment).objects.filter(pk=note.comment.pk).update(created_at=now() - timedelta(days=1))
    conclude_session(actor=cast.actor("pat"), session=live)
    factories.note(factories.comment(key_visual.revisions.get(), cast.rev))

    assert found(cast.actor("pat"), fresh(live)) == [("Key visual", "", 0, 0), ("Banner", "", 0, 0)]


def test_it_costs_the_same_for_one_item_and_for_two(cast, live, django_assert_num_queries):
    conclude_session(actor=cast.actor("pat"), session=live)
    session = fresh(live)
    with django_assert_num_queries(6):
        summary_of(cast.actor("pat"), session)
    items_of(session)[1].delete()
    with django_assert_num_queries(6):
        summary_of(cast.actor("pat"), session)


def test_an_item_is_shown_until_another_one_is():
    start = now()
    said = [("a", 0), ("a", 5), ("b", 10), (None, 12), ("a", 20)]
    minutes = [Minute(data={"item": item} if item else {}, at=start + timedelta(seconds=at)) for item, at in said]

    assert shown_times(minutes, start + timedelta(seconds=25)) == {
        "a": (start, 15),
        "b": (start + timedelta(seconds=10), 10),
    }
    assert shown_times([], start) == {}
