"""The chain of an organisation's decisions: each carries the hash of its own content, which holds the hash before it.

So who changes, removes, inserts or moves a row by hand would have to write every later one anew; and the event of
each decision, which has its hash as well.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection

from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.reviews.models import Decision

BEGINNING = "0" * 64  # what the first one has before it
# What is hashed, for good: what later versions add to a decision goes into `about`, or old hashes would not fit.
SEALED = (
    *("id", "organization_id", "number", "project_id", "client_team_id", "deliverable_id", "stage_id", "revision_id"),
    *("round", "about", "group", "choice", "reason", "statement", "files", "open_notes", "user_id", "user_label"),
    *("user_email", "approver_id", "deputy_of", "identity", "decided_at", "ip", "browser", "clients_see"),
    *("supersedes_id", "result", "previous_hash"),
)


@dataclass(frozen=True, slots=True)
class Break:
    """The first place at which a chain does not fit. `decision` is None where a row is missing at the end."""

    number: int
    decision: Decision | None
    why: str


def append(decision: Decision) -> Decision:
    """Give it its place and its hash, and save it. Until the transaction ends nobody else appends in this house."""
    with connection.cursor() as cursor:
        key = f"signoff.decisions.{decision.organization_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    chain = Decision.objects.filter(organization_id=decision.organization_id)
    last = chain.order_by("-number").values_list("number", "hash").first()
    number, decision.previous_hash = last or (0, BEGINNING)
    decision.number = number + 1
    decision.hash = hash_of(decision)
    decision.save(force_insert=True)
    return decision


def hash_of(decision: Decision) -> str:
    return sha256(canonical(decision).encode()).hexdigest()


def canonical(decision: Decision) -> str:
    """The one way to write its content down: JSON, keys in order, no spaces, times in UTC."""
    content = {name: _plain(getattr(decision, name)) for name in SEALED}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, (UUID, str)) else value


def verify(organization_id: UUID) -> tuple[int, Break | None]:
    """Walk the whole chain. How many decisions it has, and the first that does not fit."""
    chain = Decision.objects.filter(organization_id=organization_id).order_by("number")
    walked: dict[UUID, tuple[int, str]] = {}
    for decision, why in _walk(chain.iterator(chunk_size=500)):
        if why:
            return len(walked), Break(decision.number, decision, why)
        walked[decision.pk] = (decision.number, decision.hash)
    return len(walked), _against_events(organization_id, walked)


def _walk(decisions: Iterable[Decision]) -> Iterator[tuple[Decision, str]]:
    number, before = 0, BEGINNING
    for decision in decisions:
        yield decision, _wrong(decision, number + 1, before)
        number, before = decision.number, decision.hash


def _wrong(decision: Decision, number: int, before: str) -> str:
    if decision.number != number:
        return f"number {number} is missing before it"
    if decision.hash != hash_of(decision):
        return "its content is not what was decided"
    return "" if decision.previous_hash == before else "it does not follow the one before it"


def _against_events(organization_id: UUID, walked: Mapping[UUID, tuple[int, str]]) -> Break | None:
    """Each was announced, once, and what was announced is there: the end of a chain may be cut or lengthened."""
    events = Event.objects.filter(organization_id=organization_id, verb=Verb.DECISION_GIVEN)
    said: dict[UUID, set[tuple[int, str]]] = defaultdict(set)
    for one, number, sealed in events.values_list("subject_id", "data__number", "data__hash"):
        said[one].add((int(number or 0), str(sealed)))
    for pk, as_it_is in walked.items():
        if said[pk] != {as_it_is}:
            return Break(as_it_is[0], Decision.objects.filter(pk=pk).first(), "no event tells of it as it is")
    for pk in sorted(said.keys() - walked.keys(), key=lambda one: min(said[one])):
        if not Decision.objects.filter(pk=pk).exists():  # else it was given while we walked
            return Break(min(said[pk])[0], None, "it was announced, and is not there")
    return None
