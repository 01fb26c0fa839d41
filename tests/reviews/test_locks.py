import pytest

from signoff.audit.models import Event
from signoff.core.errors import NotAllowed
from signoff.reviews.actions import unlock_round
from signoff.reviews.errors import ReasonNeeded, RoundNotLocked
from signoff.reviews.models import Decision
from signoff.revisions.errors import OldRound
from tests import factories


@pytest.fixture
def locked(round_one, named, says):
    named(["rev"])
    says("rev", "approve")
    round_one.refresh_from_db()
    return round_one


def test_an_admin_opens_a_round_again_with_a_reason_and_all_decide_anew(cast, key_visual, locked, says):
    unlock_round(actor=cast.actor("ada"), revision=locked, reason="The wrong file")
    locked.refresh_from_db()
    stage = factories.stage(key_visual, "Internal review")
    assert (locked.locked_at, stage.status, stage.approved_by) == (None, "in_review", None)
    event = Event.objects.get(verb="round.unlocked")
    assert (event.data["note"], Decision.objects.count()) == ("The wrong file", 1)

    assert says("rev", "approve_with_changes").result == "approve_with_changes"
    locked.refresh_from_db()
    assert locked.locked_at is not None


@pytest.mark.parametrize("who", ["pat", "rev", "art", "mia", "stranger"])
def test_others_do_not(cast, locked, who):
    with pytest.raises(NotAllowed):
        unlock_round(actor=cast.actor(who), revision=locked, reason="I want to")


def test_a_reason_is_needed_and_twice_is_refused(cast, locked):
    with pytest.raises(ReasonNeeded):
        unlock_round(actor=cast.actor("ada"), revision=locked, reason=" ")
    unlock_round(actor=cast.actor("ada"), revision=locked, reason="The wrong file")
    with pytest.raises(RoundNotLocked):
        unlock_round(actor=cast.actor("ada"), revision=locked, reason="The wrong file")


def test_an_older_round_stays_as_it_was_decided(cast, key_visual, locked):
    factories.revision(factories.stage(key_visual, "Design").deliverable)
    with pytest.raises(OldRound):
        unlock_round(actor=cast.actor("ada"), revision=locked, reason="The wrong file")
