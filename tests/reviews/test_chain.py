"""Whoever changes decisions by hand is found out; PostgreSQL refuses to let them in the first place."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from signoff.audit.models import Event
from signoff.core.ids import new_id
from signoff.ops.command import main
from signoff.reviews import chain
from signoff.reviews.models import Decision


@pytest.fixture
def three(named, says) -> list[Decision]:
    named(["rev", "pat", "ada"])
    return [says("rev", "not_my_call"), says("pat", "not_my_call"), says("rev", "approve", reason="Lower “sun” ☀")]


@pytest.fixture
def by_hand() -> Callable[..., None]:
    """As the database's owner, who can switch the guard off."""

    def do(*statements: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE reviews_decision DISABLE TRIGGER USER")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("ALTER TABLE reviews_decision ENABLE TRIGGER USER")

    return do


def first_break(cast) -> tuple[int, str]:
    found = chain.verify(cast.organization.pk)[1]
    assert found is not None
    return found.number, found.why


def test_a_chain_that_nobody_touched_fits(cast, three):
    assert chain.verify(cast.organization.pk) == (3, None)
    assert three[0].previous_hash == chain.BEGINNING
    assert [one.hash for one in Decision.objects.all()] == [one.hash for one in three]


@pytest.mark.parametrize("change", [
    "choice = 'approve'",
    "reason = reason || '.'",
    "decided_at = decided_at - interval '1 microsecond'",
    "user_label = 'Nobody'",
    "files = '[]'",
    "open_notes = '[{}]'",
    "statement = 'Yes'",
    "result = 'approve'",
    "about = about || '{\"stage\": \"Another\"}'",
])  # fmt: skip
def test_a_row_that_was_changed_is_found(cast, three, by_hand, change):
    by_hand(f"UPDATE reviews_decision SET {change} WHERE number = 2")
    assert first_break(cast) == (2, "its content is not what was decided")


def test_a_row_that_is_gone_is_found(cast, three, by_hand):
    by_hand("DELETE FROM reviews_decision WHERE number = 2")
    assert first_break(cast) == (3, "number 2 is missing before it")


def test_the_last_row_that_is_gone_is_found(cast, three, by_hand):
    by_hand("DELETE FROM reviews_decision WHERE number = 3")
    assert first_break(cast) == (3, "it was announced, and is not there")


def test_two_rows_that_were_swapped_are_found(cast, three, by_hand):
    by_hand(
        "UPDATE reviews_decision SET number = 9 WHERE number = 1",
        "UPDATE reviews_decision SET number = 1 WHERE number = 2",
        "UPDATE reviews_decision SET number = 2 WHERE number = 9",
    )
    assert first_break(cast) == (1, "its content is not what was decided")


def test_a_row_put_between_is_found(cast, three, by_hand):
    forged = three[1]
    forged.pk, forged.number, forged.choice, forged.previous_hash = None, 3, "approve", three[1].hash
    by_hand("UPDATE reviews_decision SET number = 4 WHERE number = 3")
    forged.pk = Decision._meta.pk.get_default()
    forged.hash = chain.hash_of(forged)
    forged.save(force_insert=True)
    assert first_break(cast) == (4, "its content is not what was decided")


def test_a_row_put_at_the_end_with_a_right_hash_is_found_by_the_events(cast, three):
    forged = three[2]
    forged.pk, forged.number, forged.previous_hash = Decision._meta.pk.get_default(), 4, three[2].hash
    forged.hash = chain.hash_of(forged)
    forged.save(force_insert=True)
    assert first_break(cast) == (4, "no event tells of it as it is")


def test_a_chain_written_anew_from_the_middle_is_found(cast, three, by_hand):
    before = three[0].hash
    by_hand("UPDATE reviews_decision SET user_label = 'Nobody' WHERE number = 2")
    for decision in Decision.objects.filter(number__gte=2):
        decision.previous_hash = before
        before = chain.hash_of(decision)
        by_hand(
            f"UPDATE reviews_decision SET hash = '{before}', previous_hash = '{decision.previous_hash}' "
            f"WHERE number = {decision.number}"
        )
    assert first_break(cast) == (2, "no event tells of it as it is")


@pytest.mark.parametrize("older", [True, False])
def test_nor_does_it_help_to_announce_what_was_written_anew(cast, three, by_hand, older):
    decision = three[2]
    decision.user_label = "Nobody"
    by_hand(
        f"UPDATE reviews_decision SET user_label = 'Nobody', hash = '{chain.hash_of(decision)}' WHERE number = 3",
    )
    event = Event.objects.get(verb="decision.given", subject_id=decision.pk)
    event.pk, event.data = UUID(int=1) if older else new_id(), event.data | {"hash": chain.hash_of(decision)}
    event.save(force_insert=True)
    assert first_break(cast) == (3, "no event tells of it as it is")


@pytest.mark.parametrize("act", [
    lambda: Decision.objects.update(choice="approve"),
    lambda: Decision.objects.all()._raw_delete("default"),
])  # fmt: skip
def test_a_decision_is_never_changed_nor_removed(three, act):
    with pytest.raises(IntegrityError, match="Decisions are only added"), transaction.atomic():
        act()
    assert Decision.objects.count() == 3


def test_the_command_says_the_first_that_does_not_fit(cast, three, by_hand, capsys):
    assert main(["audit", "verify"]) == 0
    assert capsys.readouterr().out == "Elsewhere: no decisions.\nFieldhouse: 3 decisions, all fit.\n"
    by_hand("UPDATE reviews_decision SET choice = 'approve' WHERE number = 1")
    assert main(["audit", "verify", "--organization", "fieldhouse"]) == 1
    assert capsys.readouterr().out == (
        f"Fieldhouse: decision 1 does not fit: its content is not what was decided.\n"
        f"  {three[0].pk}, Rev Reviewer, Internal review of Key visual, round 1\n"
    )
    assert main(["audit", "verify", "--organization", "nowhere"]) == 1
