"""Lives the moves of one deliverable: asks the real rules, changes the rows in memory, notes what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from signoff.accounts.models import User
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, set_fields
from signoff.deliverables.actions.stages import check_stage_change
from signoff.deliverables.announce_stage import data_of, told_of, verb_of
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.deliverables.move import Moving
from signoff.deliverables.progress import status_of
from signoff.notifications.notify import Telling
from signoff.ops.demo.clock import A_DAY, Clock
from signoff.ops.demo.diary import Diary
from signoff.ops.demo.house_rules import REMARKS
from signoff.ops.demo.moves import Move
from signoff.ops.demo.plan import ProjectPlan, RowPlan
from signoff.pipelines.models import ApprovalType
from signoff.reviews.errors import StageNotInReview
from signoff.reviews.offers import may_approve


@dataclass(frozen=True, slots=True)
class Crew:
    """Who acts: the people of a house, by their keys, as users and as actors."""

    users: Mapping[str, User]
    actors: Mapping[str, Actor]


class Story:
    """One deliverable through time. `tell` is all there is to call."""

    def __init__(self, clock: Clock, diary: Diary, crew: Crew, plan: ProjectPlan, row: RowPlan, moving: Moving) -> None:
        self.clock, self.diary, self.crew = clock, diary, crew
        self.plan, self.row, self.moving = plan, row, moving
        self.keys = {user.pk: key for key, user in crew.users.items()}

    def tell(self, moves: Sequence[Move], begins: float) -> None:
        """Live the moves between the minute `begins` and today; then priority, hold, delivery."""
        ends = self._end(begins, len(moves))
        minutes = self._minutes(moves, begins, ends)
        self._change_plan(begins, ends)
        for move, minute in zip(moves, minutes, strict=True):
            self._move(move, minute)
        if self.row.is_delivered:
            self._change({"delivered_at": self.clock.moment(ends + 40)}, ends + 40, of_status=True)
        if self.row.held:
            self._change({"held": self.row.held}, ends + 55)

    def _end(self, begins: float, moves: int) -> float:
        """The minute of the last move: what is done was done around its date, what is at work moved lately."""
        random = self.clock.random
        done = all(status in (StageStatus.APPROVED, StageStatus.SKIPPED) for status in self.row.stages)
        ends = self.clock.ago(random.choice([random.uniform(0.02, 0.6), random.uniform(0.3, 4.5)]))
        if self.row.held:
            ends = self.clock.ago(random.uniform(3, 7))
        if done and self.row.due < 0:
            due = self.clock.opening_of(self.clock.day(self.row.due))
            ends = due - random.uniform(0.1, 1.5) * A_DAY
        latest = self.clock.end - (60 if self.row.is_delivered or self.row.held else 3)
        return max(min(ends, latest), begins + 20 * (moves + 1))

    def _minutes(self, moves: Sequence[Move], begins: float, ends: float) -> list[float]:
        weights = [move.weight * self.clock.random.uniform(0.5, 1.5) for move in moves]
        total, passed, minutes = sum(weights), 0.0, []
        for weight in weights:
            passed += weight
            minutes.append(begins + (ends - begins) * passed / total)
        return minutes

    def _move(self, move: Move, minute: float) -> None:
        stage = self.moving.stages[move.stage]
        actor = self._actor(move, stage)
        if move.status == StageStatus.APPROVED and stage.approval_type != ApprovalType.NONE:
            _check_approval(actor, stage)
        else:
            check_stage_change(actor, self.moving, stage, {"status": move.status})
        at = self.clock.moment(minute)
        is_approved = move.status == StageStatus.APPROVED
        approver = User(pk=actor.user_id, name=actor.label) if is_approved else None
        wanted = {"status": move.status, "approved_at": at if is_approved else None, "approved_by": approver}
        change = set_fields(stage, wanted)
        stage.status_since, stage.version, before = at, stage.version + 1, self.moving.deliverable.status
        self._refresh()
        note = self._note(move)
        verb = verb_of(change, stage)
        is_withdrawable = is_approved and stage.approval_type == ApprovalType.SIMPLE
        data = data_of(verb, self.moving, stage, change, before, note=note, needs_withdrawal=is_withdrawable)
        self._write(verb, minute, actor, stage, change, data, told_of(change, self.moving, stage))

    def _actor(self, move: Move, stage: Stage) -> Actor:
        """Whoever the table says; where nobody is named, the owner does it."""
        key = {"maker": self.row.maker, "owner": self.plan.owner}.get(move.by)
        if key is None:
            key = self.keys[stage.assignee_id] if stage.assignee_id else self.plan.owner
        return self.crew.actors[key]

    def _note(self, move: Move) -> str:
        if move.status != StageStatus.CHANGES_REQUESTED:
            return ""
        return self.row.note if move.is_last_word and self.row.note else self.clock.random.choice(REMARKS)

    def _change_plan(self, begins: float, ends: float) -> None:
        """Some dates have moved since the start, and what is urgent was not so from the beginning."""
        random, row = self.clock.random, self.row
        if row.priority != "normal":
            self._change({"priority": row.priority}, random.uniform(begins, ends))
        wanted = self.clock.day(row.due)
        if self.moving.deliverable.due_on != wanted:
            self._change({"due_on": wanted}, random.uniform(begins, ends))

    def _change(self, wanted: Mapping[str, object], minute: float, *, of_status: bool = False) -> None:
        row, before = self.moving.deliverable, self.moving.deliverable.status
        change = set_fields(row, wanted)
        row.version += 1
        self._refresh()
        if of_status:
            change.values["status"] = (before, row.status)
        actor = self.crew.actors[self.plan.owner]
        self._write(Verb.DELIVERABLE_CHANGED, minute, actor, row, change, change.data, {})

    def _refresh(self) -> None:
        row = self.moving.deliverable
        status = status_of([s.status for s in self.moving.stages], row.held, row.delivered_at is not None)
        if status != row.status:
            row.status, row.version = status, row.version + 1

    def _write(
        self,
        verb: Verb,
        minute: float,
        actor: Actor,
        subject: Deliverable | Stage,
        change: Change,
        data: Mapping[str, object],
        tell: Telling,
    ) -> None:
        row = self.moving.deliverable
        happening = Happening(verb, subject, row.project_id, row.pk, change.values, data)
        at = subject.status_since if isinstance(subject, Stage) else self.clock.moment(minute)
        self.diary.note(at, actor, happening, tell)


def _check_approval(actor: Actor, stage: Stage) -> None:
    """What `approve_stage` asks. Raises StageNotInReview; a table that asks for more is wrong."""
    if not may_approve(actor, stage) or stage.approval_type == ApprovalType.FORMAL:
        raise ValueError(f"{actor.label} cannot approve {stage}: the table is wrong.")
    if stage.status != StageStatus.IN_REVIEW:
        raise StageNotInReview(status=stage.status)
