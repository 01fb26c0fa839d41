"""Who comes in by single sign-on, and as what: the whole answer, without a database. Pure.

`facts` are what one organisation knows of a person at the moment they knock; `admission` is what follows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from signoff.access.claims import Identity
from signoff.accounts.models import Role


@dataclass(frozen=True, slots=True)
class Standing:
    """A role, and the ids of the client teams that go with it."""

    role: str
    teams: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What an organisation knows: its rules, and of the person what they are here (`now`), were asked to be
    (`invited`), or were once (`is_closed`). `given` is the role that a rule gave them the last time."""

    domains: tuple[str, ...] = ()
    joins: bool = False
    joins_as: str = Role.MAKER
    rules: tuple[Mapping[str, Any], ...] = ()
    teams: frozenset[str] = frozenset()  # the client teams that there are
    now: Standing | None = None
    invited: Standing | None = None
    is_closed: bool = False
    given: str = ""


class Why(StrEnum):
    STAYS = auto()  # is a member, and remains what they are
    FOLLOWS = auto()  # is a member, and becomes what the directory says
    UNTOLD = auto()  # is a member, and remains what they are because the directory did not tell the groups
    INVITED = auto()
    JOINS = auto()
    CLOSED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Admission:
    """What becomes of a person in one organisation; `is_ruled` when a group decided it."""

    why: Why
    standing: Standing | None = None
    is_ruled: bool = False

    @property
    def is_open(self) -> bool:
        return self.standing is not None


def admission(facts: Facts, identity: Identity) -> Admission:
    """Closed stays closed; members follow their groups; others need an invitation, or a domain that may join."""
    if facts.is_closed:
        return Admission(Why.CLOSED)
    ruled = rule_for(facts, identity.groups or ())
    if facts.now:
        return _of_member(facts, facts.now, identity, ruled)
    if not identity.vouched_for(facts.domains):
        return Admission(Why.UNKNOWN)
    if facts.invited:
        return Admission(Why.INVITED, ruled or facts.invited, bool(ruled))
    if facts.joins and identity.domain in facts.domains:
        return Admission(Why.JOINS, ruled or Standing(facts.joins_as), bool(ruled))
    return Admission(Why.UNKNOWN)


def rule_for(facts: Facts, groups: Iterable[str]) -> Standing | None:
    """The first rule that names one of these groups. A client viewer whose teams are all gone would see nothing
    and stand for nothing, so such a rule is passed over."""
    mine = {group.casefold() for group in groups}
    for rule in facts.rules:
        teams = frozenset(map(str, rule.get("teams", ()))) & facts.teams
        if str(rule["group"]).casefold() in mine and (teams or rule["role"] != Role.CLIENT_VIEWER):
            return Standing(str(rule["role"]), teams if rule["role"] == Role.CLIENT_VIEWER else frozenset())
    return None


def _of_member(facts: Facts, now: Standing, identity: Identity, ruled: Standing | None) -> Admission:
    """Whoever left the group that made them something falls back to what people join as; what an admin
    gave by hand stays."""
    if not facts.rules:
        return Admission(Why.STAYS, now)
    if identity.groups is None:
        return Admission(Why.UNTOLD, now, is_ruled=now.role == facts.given)
    if ruled:
        return Admission(Why.FOLLOWS, ruled, is_ruled=True)
    if now.role == facts.given:
        return Admission(Why.FOLLOWS, Standing(facts.joins_as))
    return Admission(Why.STAYS, now)
