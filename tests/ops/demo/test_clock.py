from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from signoff.audit.models import Event
from signoff.deliverables.models import Stage
from signoff.ops.demo.load import load_demo_studio


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 23, 5, 0, tzinfo=UTC),  # a Monday, before work
        datetime(2027, 1, 2, 23, 50, tzinfo=UTC),  # a Saturday night in January
        datetime(2028, 2, 29, 7, 41, tzinfo=UTC),  # the first minute of a leap day
    ],
)
def test_it_loads_at_any_hour_and_nothing_lies_in_the_future(db, at):
    with time_machine.travel(at, tick=False):
        assert load_demo_studio()
        newest = Event.objects.order_by("-created_at")[0]
        assert timedelta(0) <= at - newest.created_at < timedelta(days=4)
        assert not Stage.objects.filter(status_since__gt=at).exists()
