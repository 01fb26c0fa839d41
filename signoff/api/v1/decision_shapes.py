"""Decisions, approvers and deputies as callers send and read them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from signoff.accounts.models import Role
from signoff.accounts.names import is_named, shown_name
from signoff.api.v1.schemas import MOST_INTEGER, Answer, Day, Given, Text
from signoff.core.actor import Actor
from signoff.reviews.models import Choice, Decision, Delegation, Identity, Rule
from signoff.reviews.open_notes import shown_notes
from signoff.reviews.standing import Circle, Seat, Standing


class DecisionNew(Given):
    """`round` is the one you looked at: where there is a newer one, this is refused (409). `speaks_for` is the person
    you are the deputy of, where you could speak for several. `password` or `code` where the stage asks for it."""

    choice: Choice
    reason: Text = ""
    round: Annotated[int, Field(ge=1, le=32_767)] | None = None
    speaks_for: UUID | None = None
    password: Text = ""
    code: Text = ""


class FileSigned(Answer):
    name: str
    size: int
    sha256: str


class NoteOpen(Answer):
    number: int
    round: int
    text: str
    state: str
    must_fix: bool


class DecisionOut(Answer):
    """`number`, `previous_hash` and `hash` are its place in the organisation's chain; `result` what the stage came to
    with it, empty where others were still waited for. Clients read no addresses of the house's people."""

    id: UUID
    number: int
    deliverable: UUID
    stage: UUID
    round: UUID
    round_number: int
    about: dict[str, str]
    group: str
    choice: Choice
    reason: str
    statement: str
    files: list[FileSigned]
    open_notes: list[NoteOpen]
    user: UUID | None
    user_name: str
    user_email: str
    deputy_of: str
    identity: Identity
    decided_at: datetime
    ip: str
    browser: str
    supersedes: UUID | None
    result: str
    previous_hash: str
    hash: str


class GroupNew(Given):
    """`quorum` is how many must decide, for that rule only; `people` are ids of users."""

    name: str
    rule: Rule = Rule.ALL
    quorum: Annotated[int, Field(ge=1, le=50)] | None = None
    people: Annotated[list[UUID], Field(max_length=50)]


class ApproversNew(Given):
    """The whole of it: what is not said is as it is for new ones. No groups: whoever may approve decides.

    `version` is the one you saw, 0 where there were none; another is refused (409).
    """

    groups: Annotated[list[GroupNew], Field(max_length=12)]
    is_serial: bool = False
    identity: Identity = Identity.SESSION
    statement: Text = ""
    remind_days: Annotated[int, Field(ge=1, le=60)] | None = None
    version: Annotated[int, Field(ge=0, le=MOST_INTEGER)] | None = None


class DeputyOut(Answer):
    user: UUID
    name: str


class ApproverOut(Answer):
    """What this person said last in the newest round; null while they have not."""

    user: UUID | None
    name: str
    choice: Choice | None
    decision: UUID | None
    decided_at: datetime | None
    deputies: list[DeputyOut]


class GroupOut(Answer):
    """`is_turn`: its people may decide now. `is_stuck`: its number cannot be reached any more."""

    name: str
    rule: Rule
    quorum: int | None
    is_settled: bool
    is_turn: bool
    is_stuck: bool
    people: list[ApproverOut]


class ApproversOut(Answer):
    """How the stage stands in the newest round that you see. Without groups, whoever may approve it decides."""

    stage: UUID
    version: int
    is_serial: bool
    identity: Identity
    statement: str
    remind_days: int | None
    round_number: int | None
    result: str
    may_decide: bool
    groups: list[GroupOut]


class Reason(Given):
    reason: str


class DelegationNew(Given):
    """`absent` is yourself where it is not said; both days count."""

    deputy: UUID
    absent: UUID | None = None
    begins_on: Day
    ends_on: Day


class DelegationOut(Answer):
    id: UUID
    absent: UUID
    absent_name: str
    deputy: UUID
    deputy_name: str
    begins_on: date
    ends_on: date


def decision_out(actor: Actor, row: Decision) -> dict[str, object]:
    plain = ("id", "number", "about", "group", "choice", "reason", "statement", "files", "identity", "decided_at")
    shape: dict[str, object] = {name: getattr(row, name) for name in (*plain, "result", "previous_hash", "hash")}
    is_client = actor.role == Role.CLIENT_VIEWER
    return shape | {
        "deliverable": row.deliverable_id,
        "stage": row.stage_id,
        "round": row.revision_id,
        "round_number": row.round,
        "open_notes": shown_notes(row.open_notes, actor),
        "user": row.user_id,
        "user_name": shown_name(actor, row.user_id, row.user_label),
        "user_email": row.user_email if is_named(actor, row.user_id) else "",
        "deputy_of": shown_name(actor, row.approver_id, row.deputy_of),
        "ip": "" if is_client else row.ip,
        "browser": "" if is_client else row.browser,
        "supersedes": row.supersedes_id,
    }


def approvers_out(actor: Actor, standing: Standing) -> dict[str, object]:
    panel, revision = standing.panel, standing.revision
    circles = standing.circles_for(actor)
    panel = panel if circles else None
    return {
        "stage": standing.stage.pk,
        "version": panel.version if panel else 0,
        "is_serial": panel.is_serial if panel else False,
        "identity": panel.identity if panel else Identity.SESSION,
        "statement": panel.statement if panel else "",
        "remind_days": panel.remind_days if panel else None,
        "round_number": revision.round if revision else None,
        "result": standing.outcome.result if circles else "",
        "may_decide": standing.may_decide(actor),
        "groups": [_group(actor, one) for one in circles] if panel else [],
    }


def delegation_out(actor: Actor, row: Delegation) -> dict[str, object]:
    return {
        "id": row.pk,
        "absent": row.absent_id,
        "absent_name": shown_name(actor, row.absent_id, row.absent.name),
        "deputy": row.deputy_id,
        "deputy_name": shown_name(actor, row.deputy_id, row.deputy.name),
        "begins_on": row.begins_on,
        "ends_on": row.ends_on,
    }


def _group(actor: Actor, circle: Circle) -> dict[str, object]:
    group = circle.group
    return {
        "name": group.name if group else "",
        "rule": group.rule if group else Rule.ANY,
        "quorum": group.quorum if group else None,
        "is_settled": circle.is_settled,
        "is_turn": circle.is_turn,
        "is_stuck": circle.is_stuck,
        "people": [_seat(actor, seat) for seat in circle.seats],
    }


def _seat(actor: Actor, seat: Seat) -> dict[str, object]:
    said = seat.decision
    return {
        "user": seat.user.pk,
        "name": shown_name(actor, seat.user.pk, seat.user.name),
        "choice": said.choice if said else None,
        "decision": said.pk if said else None,
        "decided_at": said.decided_at if said else None,
        "deputies": [{"user": one.pk, "name": shown_name(actor, one.pk, one.name)} for one in seat.deputies],
    }
