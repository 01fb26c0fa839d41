"""PostgreSQL keeps what happened, whoever asks for something else."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from signoff.audit.models import Event
from signoff.audit.record import Happening, record
from signoff.audit.verbs import ALL_AUDITED, AUDITED, Verb
from tests.cast import Cast

OF_WORK = ("project.", "deliverable.", "stage.", "round.", "file.", "change.", "view.") + (
    *("comment.", "note.", "report."),
    *("approvers.", "decision."),
)


@pytest.fixture
def event(cast: Cast) -> Event:
    happening = Happening(Verb.MEMBER_CHANGED, cast.pat)
    return record(happening, actor=cast.actor("ada"), organization_id=cast.organization.pk)


def truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL signoff.forgets = 'DELETE'")
        cursor.execute("TRUNCATE audit_event CASCADE")


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("UPDATE", lambda: Event.objects.update(actor_label="Nobody")),
        ("DELETE", lambda: Event.objects.all()._raw_delete("default")),
        ("TRUNCATE", truncate),
    ],
)
def test_an_event_is_never_changed_nor_removed(event: Event, name: str, act: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=f"Events are only added: {name} is refused."), transaction.atomic():
        act()
    assert Event.objects.get() == event


def test_who_means_to_forget_old_events_says_so_first(event: Event) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL signoff.forgets = 'DELETE'")
        cursor.execute("DELETE FROM audit_event WHERE created_at > now() - interval '1 day'")
    assert Event.objects.count() == 0


def test_nothing_lets_an_event_be_changed(event: Event) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL signoff.forgets = 'UPDATE'")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(actor_label="Nobody")


def test_the_record_outlives_its_organisation(event: Event, cast: Cast) -> None:
    cast.organization.delete()
    assert Event.objects.get().organization_id == event.organization_id


def test_a_verb_is_of_the_work_or_audited_and_once() -> None:
    """A new verb must be put into a kind, or be one that the diaries show."""
    assert len(set(ALL_AUDITED)) == len(ALL_AUDITED)
    assert [verb for verb in Verb if verb not in ALL_AUDITED and not verb.startswith(OF_WORK)] == []
    assert [verb for verb in ALL_AUDITED if verb.startswith(OF_WORK)] == [Verb.FILE_DOWNLOADED]
    assert set(AUDITED) == {"sign_ins", "failures", "passwords", "people", "keys", "files", "settings"}
