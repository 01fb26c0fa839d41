"""How often somebody may try: counted in PostgreSQL, so that all processes count together and none overshoots.

A limit of 5 in 20 minutes lets five through at once and then one every four minutes. One row a key holds the moment
at which nothing of it will be used up; a try moves it on by a step and is refused where that would go too far. It is
one statement, which holds the row's lock, so fifty at once are as five and forty-five.
"""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signoff.access.models import Tries
from signoff.core.errors import TooMany

TAKE = """
INSERT INTO access_tries AS t (key, free_at) VALUES (%(key)s, clock_timestamp() + make_interval(secs => %(step)s))
ON CONFLICT (key) DO UPDATE SET free_at = greatest(t.free_at, clock_timestamp()) + make_interval(secs => %(step)s)
WHERE t.free_at + make_interval(secs => %(step)s) <= clock_timestamp() + make_interval(secs => %(whole)s)
RETURNING 1
"""
WAIT = """
SELECT free_at + make_interval(secs => %(step)s - %(whole)s) - clock_timestamp()
FROM access_tries WHERE key = %(key)s
"""
MINUTE = 60


class TooManyTries(TooMany):
    """Its words say how long to wait."""

    def __init__(self, wait: int) -> None:
        super().__init__(_("Too many tries. Try again in %(time)s.") % {"time": time_in_words(wait)}, wait=wait)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many `tries` in so many `seconds`, for each `of` that it is asked for."""

    name: str
    tries: int
    seconds: int

    @property
    def step(self) -> float:
        """After how many seconds there is one try more."""
        return self.seconds / self.tries

    def key(self, of: str) -> str:
        """Whom or what it counts, as a digest: addresses of people are nobody's business in this table."""
        return f"{self.name}:{hashlib.sha256(of.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Counted:
    """A try that was counted. One that turns out right is given back, so that it is as if it had not been."""

    limits: tuple[tuple[Limit, str], ...] = ()

    def give_back(self) -> None:
        for limit, of in self.limits:
            Tries.objects.filter(pk=limit.key(of)).update(free_at=F("free_at") - timedelta(seconds=limit.step))


def count_try(limits: Iterable[tuple[Limit, str]]) -> Counted:
    """Count one try against each limit. Raises TooManyTries, and then counts against none of them."""
    counted = Counted()
    for limit, of in limits:
        if wait := _take(limit, of):
            counted.give_back()
            raise TooManyTries(wait)
        counted = Counted((*counted.limits, (limit, of)))
    return counted


def forget_tries() -> None:
    """Remove what limits nobody any more."""
    Tries.objects.filter(free_at__lt=now()).delete()


def time_in_words(seconds: int) -> str:
    """`4 minutes`, rounded up; seconds below a minute."""
    minutes = math.ceil(seconds / MINUTE)
    if seconds < MINUTE:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def _take(limit: Limit, of: str) -> int:
    """Use up one try; else the seconds until there is one again."""
    values: dict[str, str | float] = {"key": limit.key(of), "step": limit.step, "whole": limit.seconds}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        if cursor.fetchone():
            return 0
        cursor.execute(WAIT, values)
        row = cursor.fetchone()
    return max(math.ceil(row[0].total_seconds()), 1) if row else 1
