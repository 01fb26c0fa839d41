import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils.timezone import now

from signoff.access.limits import Counted, Limit, TooManyTries, count_try, forget_tries, time_in_words
from signoff.access.models import Tries
from tests.database_plugin import SERVER

ROOT = Path(__file__).resolve().parent.parent.parent
FIVE = Limit("test", 5, 20 * 60)
TWO = Limit("pair", 2, 60)
# 25 threads each, that begin together as far as they can: what is printed is how many came through.
MANY = """
import sys, django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.db import connection
from signoff.access.limits import Limit, TooManyTries, count_try
start = Barrier(25)
def one(_):
    connection.ensure_connection()
    start.wait()
    try:
        count_try([(Limit("crowd", 5, 1200), "art")])
        return True
    except TooManyTries:
        return False
    finally:
        connection.close()
with ThreadPoolExecutor(25) as pool:
    print(sum(pool.map(one, range(25))))
"""


def count(limit: Limit = FIVE, of: str = "art") -> Counted:
    return count_try([(limit, of)])


def test_five_come_through_and_the_sixth_reads_how_long_to_wait(db: None) -> None:
    for _ in range(5):
        count()
    with pytest.raises(TooManyTries) as refusal:
        count()
    assert refusal.value.message == "Too many tries. Try again in 4 minutes."
    assert 235 <= refusal.value.wait <= 240
    count(of="pat")


def test_time_gives_back_one_try_after_the_other(db: None) -> None:
    for _ in range(5):
        count()
    row = Tries.objects.get()
    row.free_at -= timedelta(minutes=4)
    row.save()
    count()
    with pytest.raises(TooManyTries):
        count()


def test_who_rested_long_has_no_more_than_five(db: None) -> None:
    count()
    Tries.objects.update(free_at=now() - timedelta(days=30))
    for _ in range(5):
        count()
    with pytest.raises(TooManyTries):
        count()


def test_what_was_right_is_given_back(db: None) -> None:
    for _ in range(12):
        count().give_back()
    for _ in range(5):
        count()


def test_what_one_limit_refuses_counts_against_none(db: None) -> None:
    for _ in range(2):
        count(TWO)
    for _ in range(3):
        with pytest.raises(TooManyTries):
            count_try([(FIVE, "art"), (TWO, "art")])
    for _ in range(5):
        count()


def test_nobody_can_read_whom_a_limit_counts(db: None) -> None:
    count(of="art@fieldhouse.example")
    assert "art" not in Tries.objects.get().key


def test_what_limits_nobody_any_more_is_forgotten(db: None) -> None:
    count(of="art")
    count(of="pat")
    Tries.objects.filter(pk=FIVE.key("art")).update(free_at=now() - timedelta(seconds=1))
    forget_tries()
    assert [row.pk for row in Tries.objects.all()] == [FIVE.key("pat")]


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_in_two_processes_are_five() -> None:
    url = SERVER.url(str(connection.settings_dict["NAME"]))
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", MANY]
    two = [subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(one.communicate(timeout=60)[0]) for one in two) == 5


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes"), (240, "4 minutes")],
)
def test_a_time_in_words(seconds: int, words: str) -> None:
    assert time_in_words(seconds) == words
