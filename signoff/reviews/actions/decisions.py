"""Deciding a FORMAL stage, and getting the code that a decision may ask for."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from signoff.accounts.policy import Permission, require
from signoff.core.actor import Actor
from signoff.core.origin import Origin
from signoff.core.text import clean_text
from signoff.deliverables.errors import DeliverableStopped
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.move import Moving, lock
from signoff.pipelines.models import ApprovalType
from signoff.projects.errors import ProjectArchived
from signoff.reviews import identity
from signoff.reviews.conclude import conclude
from signoff.reviews.errors import (
    FilesNotChecked,
    IdentityNeeded,
    MustFixOpen,
    NoSuchChoice,
    NotAnApprover,
    NotFormal,
    NothingToDecideOn,
    NotYourTurn,
    ReasonNeeded,
    RoundSuperseded,
    StageNotInReview,
)
from signoff.reviews.models import Choice, Decision, Identity, Panel
from signoff.reviews.open_notes import must_fix_for
from signoff.reviews.record import recorded
from signoff.reviews.standing import Seat, Standing, standing_of, today_of
from signoff.revisions.models import Revision

MOST_REASON = 4_000
APPROVING = (Choice.APPROVE, Choice.APPROVE_WITH_CHANGES)


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody decides, and how they prove that it is them. `round` is the one they saw (None does not ask);
    `speaks_for` the person named, where they could speak from several places."""

    choice: str
    reason: str = ""
    round: int | None = None
    speaks_for: UUID | None = None
    password: str = ""
    code: str = ""
    origin: Origin = field(default_factory=Origin)


def decide(*, actor: Actor, stage: Stage, saying: Saying) -> Decision:
    """Decide as one who is named for this FORMAL stage, or as their deputy today. Its result, where it comes with
    this decision, moves the stage in the same transaction; those who wait for it are told.

    The same choice again is answered with the decision that there is; another one supersedes it. Raises NotAllowed,
    NotFormal, NothingToDecideOn, NoSuchChoice, RoundSuperseded, NotAnApprover, NotYourTurn, StageNotInReview,
    ReasonNeeded, MustFixOpen, FilesNotChecked, IdentityNeeded, WrongPassword, WrongCode, TooManyTries,
    DeliverableStopped, ProjectArchived.
    """
    require(actor, Permission.APPROVE_WHERE_NAMED, stage.deliverable.project.organization_id)
    if saying.choice not in Choice.values:
        raise NoSuchChoice(field="choice")
    reason = clean_text(saying.reason, field="reason", most=MOST_REASON)
    if not reason and saying.choice != Choice.APPROVE:
        raise ReasonNeeded(field="reason")
    return _decide(actor, stage, saying, reason, _proof(actor, stage, saying))


def _proof(actor: Actor, stage: Stage, saying: Saying) -> Identity:
    """Who is not named need not prove anything to hear so."""
    asked = Panel.objects.filter(stage_id=stage.pk).values_list("identity", flat=True).first()
    if asked in (None, Identity.SESSION):
        return Identity.SESSION
    _check_named(actor, stage)
    return identity.prove(actor, stage, str(asked), password=saying.password, code=saying.code)


@transaction.atomic
def _decide(actor: Actor, stage: Stage, saying: Saying, reason: str, proof: Identity) -> Decision:
    moving = lock(stage.deliverable_id)
    stage = moving.stage(stage.pk)
    if stage.approval_type != ApprovalType.FORMAL:
        raise NotFormal()
    revision = _round_of(actor, moving, saying.round)
    standing = standing_of(stage, revision, today_of(moving.deliverable.project.organization))
    seat = _seat_of(actor, standing, saying.speaks_for)
    if seat.decision and seat.decision.choice == saying.choice and not standing.has_to_be_said:
        return seat.decision
    _check_open(moving)
    if stage.status != StageStatus.IN_REVIEW:
        raise StageNotInReview("Decisions are given while the stage is in review.", status=stage.status)
    if not standing.is_turn_of(seat.user.pk):
        raise NotYourTurn(waits_for=_waits_for(standing))
    _check_gate(actor, moving, revision, {saying.choice, standing.outcome_with({seat.user.pk: saying.choice}).result})
    _check_proof(standing, proof)
    identity.use_up_code(actor.user_id, stage, proof)
    decision = recorded(actor, standing, seat, saying.choice, reason, proof, saying.origin)
    conclude(actor, moving, standing, decision)
    return decision


def send_decision_code(*, actor: Actor, stage: Stage) -> None:
    """Mail the code that a decision on this stage asks for, good for ten minutes; the one before it ends.

    Raises NotAllowed, NotFormal, NotAnApprover, NoMailServer, MailFailed, TooManyTries.
    """
    require(actor, Permission.APPROVE_WHERE_NAMED, stage.deliverable.project.organization_id)
    if stage.approval_type != ApprovalType.FORMAL:
        raise NotFormal()
    _check_named(actor, stage)
    identity.send_code(actor, stage)


def _check_named(actor: Actor, stage: Stage) -> None:
    standing = standing_of(stage, None, today_of(stage.deliverable.project.organization))
    if not standing.seats_of(actor):
        raise NotAnApprover()


def _round_of(actor: Actor, moving: Moving, number: int | None) -> Revision:
    """The newest round, where the actor sees it. What clients do not see is not told to them, but for that it is."""
    row = moving.deliverable
    newest = Revision.objects.visible_to(actor).filter(deliverable=row).order_by("-round").first()
    if newest is None:
        raise NothingToDecideOn()
    if newest.round != row.round or number not in (None, newest.round):
        raise RoundSuperseded(round=newest.round)
    newest.deliverable = row
    return newest


def _seat_of(actor: Actor, standing: Standing, speaks_for: UUID | None) -> Seat:
    """The place to speak from: the one that was said; else one whose turn it is, one's own first."""
    seats = [seat for seat in standing.seats_of(actor) if speaks_for in (None, seat.user.pk)]
    if not seats:
        raise NotAnApprover()
    return next((seat for seat in seats if standing.is_turn_of(seat.user.pk)), seats[0])


def _check_open(moving: Moving) -> None:
    if moving.deliverable.project.is_archived:
        raise ProjectArchived()
    if moving.deliverable.held:
        raise DeliverableStopped(status=moving.deliverable.held)


def _check_gate(actor: Actor, moving: Moving, revision: Revision, said: Collection[str]) -> None:
    """An approval needs its notes settled and its files known; also one that comes with whose call it is not."""
    if not any(one in APPROVING for one in said):
        return
    unknown = list(revision.files.filter(sha256="").values_list("name", flat=True))
    if unknown:
        raise FilesNotChecked(names=unknown)
    notes = must_fix_for(actor, moving.deliverable) if Choice.APPROVE in said else []
    if notes:
        named = "; ".join(f"{note['number']} of round {note['round']} “{note['text']}”" for note in notes[:5])
        more = f" and {len(notes) - 5} more" if len(notes) > 5 else ""
        raise MustFixOpen(f"Approving is closed until these must-fix notes are verified: {named}{more}.", notes=notes)


def _check_proof(standing: Standing, proof: Identity) -> None:
    """The approvers may have been changed since the proof was given."""
    asked = standing.panel.identity if standing.panel else Identity.SESSION
    if asked != Identity.SESSION and proof not in (asked, Identity.CODE):
        raise IdentityNeeded(identity=asked)


def _waits_for(standing: Standing) -> str:
    open_ones = [one.group.name for one in standing.circles if one.group and not one.is_settled]
    return open_ones[0] if open_ones else ""
