from datetime import UTC, date, datetime

import pytest
import time_machine

from signoff.core.errors import NotAllowed
from signoff.deliverables.models import Deliverable, Stage
from signoff.notifications.models import Notification
from signoff.reviews.actions import remind_approvers, set_delegation
from signoff.reviews.errors import NobodyToRemind
from signoff.reviews.remind import remind_all, working_days

FRIDAY, MONDAY, TUESDAY = date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)


@pytest.mark.parametrize(("since", "until", "days"), [
    (FRIDAY, FRIDAY, 0),
    (FRIDAY, date(2026, 3, 8), 0),
    (FRIDAY, MONDAY, 1),
    (MONDAY, date(2026, 3, 16), 5),
    (MONDAY, FRIDAY, 0),
])  # fmt: skip
def test_from_friday_to_monday_it_is_one_working_day(since, until, days):
    assert working_days(since, until) == days


@pytest.fixture
def waiting(formal, named):
    """Since Friday; reminded after two working days."""
    named(["rev", "pat"], ["ada"], is_serial=True, remind_days=2)
    Stage.objects.filter(pk=formal.pk).update(status_since=datetime(2026, 3, 6, 9, tzinfo=UTC))
    Notification.objects.all().delete()


def told():
    return sorted(
        Notification.objects.filter(event__verb="approvers.reminded").values_list("recipient__name", flat=True)
    )


def night(day):
    with time_machine.travel(datetime(day.year, day.month, day.day, 5, tzinfo=UTC), tick=False):
        return remind_all()


def test_those_whose_turn_it_is_are_reminded_when_their_days_are_over_and_then_again(waiting):
    assert (night(MONDAY), told()) == (0, [])
    assert (night(TUESDAY), told()) == (1, ["Pat Producer", "Rev Reviewer"])
    assert night(date(2026, 3, 11)) == 0
    assert night(date(2026, 3, 12)) == 1


def test_who_has_answered_is_left_alone(waiting, says):
    says("rev", "approve")
    night(TUESDAY)
    assert told() == ["Pat Producer"]


@pytest.mark.parametrize("stopped", [{"held": "on_hold"}, {"status": "x"}])
def test_what_rests_reminds_nobody(formal, waiting, stopped):
    if "held" in stopped:
        Deliverable.objects.update(**stopped)
    else:
        Stage.objects.filter(pk=formal.pk).update(status="in_progress")
    assert night(TUESDAY) == 0


def test_deputies_are_reminded_with_them(cast, waiting):
    with time_machine.travel("2026-03-10 04:00Z", tick=False):
        set_delegation(actor=cast.actor("rev"), absent=cast.rev, deputy=cast.ada, begins_on=TUESDAY, ends_on=TUESDAY)
    night(TUESDAY)
    assert told() == ["Ada Admin", "Pat Producer", "Rev Reviewer"]


def test_who_sees_nothing_of_the_project_is_not_reminded(cast, first_light, formal, named):
    """Neither the deputy of another client, nor whoever was named before the project went to another one."""
    named(["rev", "mia"])
    with time_machine.travel("2026-03-10 04:00Z", tick=False):
        for_mia = {"absent": cast.mia, "begins_on": TUESDAY, "ends_on": TUESDAY}
        set_delegation(actor=cast.actor("ada"), deputy=cast.nils, **for_mia)
        set_delegation(actor=cast.actor("ada"), deputy=cast.ada, **for_mia)
        remind_approvers(actor=cast.actor("pat"), stage=formal)
        assert told() == ["Ada Admin", "Mia Client", "Rev Reviewer"]
    first_light.client_team = cast.norra
    first_light.save()
    with time_machine.travel("2026-03-11 04:00Z", tick=False):
        remind_approvers(actor=cast.actor("pat"), stage=Stage.objects.get(pk=formal.pk))
    assert told() == ["Ada Admin", "Mia Client", "Rev Reviewer", "Rev Reviewer"]


@pytest.mark.django_db(transaction=True)
def test_a_letter_goes_out_where_there_is_a_mail_server(waiting, mail_server, run_jobs):
    night(TUESDAY)
    run_jobs()
    assert sorted(letter["To"] for letter in mail_server.letters) == [
        "pat@fieldhouse.example",
        "rev@fieldhouse.example",
    ]
    assert "waits for your decision" in str(mail_server.letters[0]["Subject"])


def test_a_producer_reminds_by_hand_once_a_day(cast, formal, waiting):
    assert remind_approvers(actor=cast.actor("ada"), stage=formal) == 2
    with pytest.raises(NobodyToRemind):
        remind_approvers(actor=cast.actor("ada"), stage=formal)
    with pytest.raises(NotAllowed):
        remind_approvers(actor=cast.actor("rev"), stage=formal)
