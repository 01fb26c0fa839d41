"""How FORMAL stages stand in a round: who is named, who said what, whose turn it is. In a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils.timezone import localdate

from signoff.accounts.models import Organization, User
from signoff.accounts.policy import Permission, can
from signoff.accounts.visibility import CLIENT_VIEWER
from signoff.core.actor import Actor
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.move import Moving
from signoff.pipelines.models import ApprovalType
from signoff.projects.models import Project
from signoff.reviews.models import Approver, ApproverGroup, Decision, Delegation, Panel, Rule
from signoff.reviews.offers import may_approve
from signoff.reviews.outcome import ENDINGS, Group, Outcome, outcome_of
from signoff.reviews.panels import deciding
from signoff.revisions.models import Revision


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in a group; `deputies` may speak for them today."""

    user: User
    decision: Decision | None
    deputies: Sequence[User]


@dataclass(frozen=True, slots=True)
class Circle:
    """A group as it stands. Where nobody is named it has no row, and whoever may approve has a say in it."""

    group: ApproverGroup | None
    seats: Sequence[Seat]
    is_settled: bool
    is_turn: bool
    is_stuck: bool


@dataclass(frozen=True)
class Standing:
    """One stage in one round. `decisions` are all of that round, in their order; `said` those that count now."""

    stage: Stage
    revision: Revision | None
    panel: Panel | None
    decisions: Sequence[Decision]
    deputies: Mapping[UUID, Sequence[User]] = field(default_factory=dict)

    @cached_property
    def said(self) -> dict[UUID, Decision]:
        """What each place last said. A result ends a sitting: once the stage is in review again, all is open again."""
        ends = [n for n, one in enumerate(self.decisions, 1) if one.result in ENDINGS]
        is_open = self.stage.status == StageStatus.IN_REVIEW
        begins = (ends[-1:] if is_open else ends[-2:-1]) or [0]
        until = len(self.decisions) if is_open or not ends else ends[-1]
        return {one.approver_id: one for one in self.decisions[begins[0] : until] if one.approver_id}

    @cached_property
    def groups(self) -> list[Group]:
        if self.panel is None:
            return [Group(Rule.ANY, tuple(self.said))]
        return [
            Group(one.rule, tuple(seat.user_id for seat in one.approvers.all()), one.quorum or 0)
            for one in self.panel.groups.all()
        ]

    @cached_property
    def outcome(self) -> Outcome:
        return self.outcome_with({})

    def outcome_with(self, more: Mapping[UUID, str]) -> Outcome:
        """What it would come to if these said this, too."""
        choices = {who: one.choice for who, one in self.said.items()} | dict(more)
        groups = self.groups if self.panel else [Group(Rule.ANY, tuple(choices))]
        return outcome_of(groups, choices, is_serial=self.panel is not None and self.panel.is_serial)

    @property
    def has_to_be_said(self) -> bool:
        """In review, and all is said: other approvers were named meanwhile, and a change of them decides nothing. So
        any one of them says it once more."""
        return self.stage.status == StageStatus.IN_REVIEW and self.outcome.result in ENDINGS

    @property
    def ending(self) -> Decision | None:
        """The decision with which the result came, where there is one."""
        return next((one for one in reversed(list(self.said.values())) if one.result in ENDINGS), None)

    @cached_property
    def circles(self) -> list[Circle]:
        outcome = self.outcome
        is_open = self.stage.status == StageStatus.IN_REVIEW
        if self.panel is None:
            return [Circle(None, self._seats_of_anybody(), outcome.settled[0], is_open, False)]
        return [
            Circle(
                one,
                [self._seat(approver.user) for approver in one.approvers.all()],
                outcome.settled[n],
                is_open and n in outcome.turn,
                n in outcome.stuck,
            )
            for n, one in enumerate(self.panel.groups.all())
        ]

    def _seats_of_anybody(self) -> list[Seat]:
        people = {who: User(pk=who, name=one.user_label) for who, one in self.said.items()}
        if self.stage.assignee_id and self.stage.assignee:
            people.setdefault(self.stage.assignee_id, self.stage.assignee)
        return [self._seat(user) for user in people.values()]

    def _seat(self, user: User) -> Seat:
        return Seat(user, self.said.get(user.pk), self.deputies.get(user.pk, ()))

    def seats_of(self, actor: Actor) -> list[Seat]:
        """The places this actor may speak from, their own first; empty for who is not named.

        A deliverable that was removed comes back without its panel: nobody decides then, until somebody is named.
        """
        if self.panel is None:
            own = User(pk=actor.user_id, name=actor.label) if actor.user_id and not self.stage.deciders else None
            return [self._seat(own)] if own and may_approve(actor, self.stage) else []
        seats = {seat.user.pk: seat for circle in self.circles for seat in circle.seats}
        mine = [seat for who, seat in seats.items() if who == actor.user_id]
        return mine + [seat for seat in seats.values() if any(one.pk == actor.user_id for one in seat.deputies)]

    def circles_for(self, actor: Actor) -> list[Circle]:
        """The groups as this actor reads them: clients of stages that they take part in, and of decisions those that
        were given before their eyes."""
        if actor.role != CLIENT_VIEWER:
            return self.circles
        named = {self.stage.assignee_id, *(who for group in self.groups for who in group.people)}
        if not self.stage.definition.is_with_client and actor.user_id not in named:
            return []
        return [replace(one, seats=[_unsaid(seat) for seat in one.seats]) for one in self.circles]

    def may_decide(self, actor: Actor) -> bool:
        """Could this actor decide now, as far as it stands here?"""
        is_open = self.stage.status == StageStatus.IN_REVIEW and self.stage.approval_type == ApprovalType.FORMAL
        if not is_open or self.revision is None or self.revision.round != self.stage.deliverable.round:
            return False
        seats = self.seats_of(actor) if can(actor, Permission.APPROVE_WHERE_NAMED) else []
        return any(self.is_turn_of(seat.user.pk) for seat in seats)

    def is_turn_of(self, user_id: UUID) -> bool:
        """Is one of this person's groups among those that may decide now?"""
        if self.panel is None or self.has_to_be_said:
            return True
        return any(n in self.outcome.turn and user_id in group.people for n, group in enumerate(self.groups))

    def groups_of(self, user_id: UUID) -> str:
        """The names of the groups that this person is in."""
        groups = self.panel.groups.all() if self.panel else ()
        return ", ".join(one.name for one in groups if any(who.user_id == user_id for who in one.approvers.all()))[:80]

    def awaited(self, outcome: Outcome | None = None) -> set[UUID]:
        """Who has a turn and has not answered yet."""
        turn = (outcome or self.outcome).turn if self.panel else ()
        people = {who for n, group in enumerate(self.groups) if n in turn for who in group.people}
        return people - self.said.keys()


def _unsaid(seat: Seat) -> Seat:
    """Without what was said before clients took part."""
    return seat if seat.decision is None or seat.decision.clients_see else replace(seat, decision=None)


def standing_of(stage: Stage, revision: Revision | None, day: date) -> Standing:
    """`day` is the organisation's, for deputies. Five queries at most."""
    return standings_of([stage], revision, day)[stage.pk]


def standing_seen(actor: Actor, stage: Stage) -> Standing:
    """How it stands in the newest round that this actor sees; read it through `circles_for`."""
    seen = Revision.objects.visible_to(actor).filter(deliverable=stage.deliverable_id).order_by("-round").first()
    return standing_of(stage, seen, today_of(stage.deliverable.project.organization))


def standing_now(moving: Moving, stage: Stage) -> Standing:
    """How a locked stage stands in the newest round."""
    row = moving.deliverable
    newest = Revision.objects.filter(deliverable=row, round=row.round).first()
    return standing_of(stage, newest, today_of(row.project.organization))


def standings_of(stages: Iterable[Stage], revision: Revision | None, day: date) -> dict[UUID, Standing]:
    """The same of several stages of one deliverable, in as many queries. It asks nobody what they may see."""
    found = list(stages)
    panels = {one.stage_id: one for one in _panels(found)}
    decisions: dict[UUID, list[Decision]] = defaultdict(list)
    if revision and found:
        of_round = Decision.objects.filter(stage_id__in=[one.pk for one in found], revision_id=revision.pk)
        for one in of_round.order_by("number"):
            decisions[one.stage_id].append(one)
    deputies = deputies_of(panels.values(), found[0].deliverable.project, day) if panels else {}
    return {one.pk: Standing(one, revision, panels.get(one.pk), decisions[one.pk], deputies) for one in found}


def _panels(stages: Sequence[Stage]) -> list[Panel]:
    people = Approver.objects.select_related("user").order_by("created_at", "id")
    groups = ApproverGroup.objects.order_by("position", "id").prefetch_related(Prefetch("approvers", people))
    return list(Panel.objects.filter(stage__in=stages).prefetch_related(Prefetch("groups", groups))) if stages else []


def deputies_of(panels: Iterable[Panel], project: Project, day: date) -> dict[UUID, list[User]]:
    """Who speaks for the people of these panels on this day, where both could decide in this project. One query."""
    people = {seat.user_id for one in panels for group in one.groups.all() for seat in group.approvers.all()}
    could = deciding(project).values("user_id")
    rows = Delegation.objects.on(day).filter(absent_id__in=people, organization_id=project.organization_id)
    rows = rows.filter(absent_id__in=could, deputy_id__in=could)
    deputies: dict[UUID, list[User]] = defaultdict(list)
    for row in rows.select_related("deputy"):
        deputies[row.absent_id].append(row.deputy)
    return deputies


def today_of(organization: Organization) -> date:
    """The organisation's day, which deputies and reminders go by."""
    return localdate(timezone=ZoneInfo(organization.time_zone))
