"""Which stages are somebody's turn: the querysets that the dashboard and My work share.

A stage without approval is done by its assignee. What an approval needs before and after its review
(handing in, mending what was asked for) is its maker's: who has the deliverable, or did the last
stage that nobody approves.
"""

from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from signoff.accounts.policy import Permission, holds
from signoff.core.actor import Actor
from signoff.deliverables.models import Stage, StageQuerySet, StageStatus
from signoff.pipelines.models import ApprovalType
from signoff.projects.models import ProjectStatus
from signoff.reviews.models import Approver, Decision

DONE = (StageStatus.APPROVED, StageStatus.SKIPPED)
AT_WORK = (ProjectStatus.DRAFT, ProjectStatus.ACTIVE)
SHOWN = ("definition", "assignee", "deliverable__assignee", "deliverable__project__client_team")


def open_stages(actor: Actor) -> StageQuerySet:
    """Open stages that the actor sees, of deliverables and projects that nobody stopped."""
    return (
        Stage.objects.visible_to(actor)
        .exclude(status__in=DONE)
        .filter(
            deliverable__held="",
            deliverable__project__archived_on__isnull=True,
            deliverable__project__status__in=AT_WORK,
        )
        .select_related(*SHOWN)
        .annotate(due=Coalesce("due_on", "deliverable__due_on"), maker_id=_maker())
    )


def with_turn(stages: StageQuerySet) -> StageQuerySet:
    """The same, each with `waits_for`: the name of the first open stage before it, empty when it is its turn."""
    before = Stage.objects.filter(deliverable=OuterRef("deliverable"), position__lt=OuterRef("position"))
    first = before.exclude(status__in=DONE).order_by("position").values("definition__name")[:1]
    return stages.annotate(waits_for=Coalesce(Subquery(first), Value(""), output_field=CharField()))


def in_turn(stages: StageQuerySet) -> StageQuerySet:
    """Of stages `with_turn`, those that somebody can do something about now."""
    return stages.exclude(Q(status=StageStatus.NOT_STARTED) & Q(waits_for__gt=""))


def to_review(actor: Actor) -> Q:
    """In review: where the actor is named, and, for who may approve by role, what nobody was named for.

    What a client was asked to decide waits for that client, not for everybody who could.
    """
    named = Q(assignee_id=actor.user_id) | _is_asked(actor)
    named = named if holds(actor, Permission.APPROVE_WHERE_NAMED) else Q(pk__in=[])
    simple = Q(approval_type=ApprovalType.SIMPLE)
    by_role = simple & (Q(assignee__isnull=True) | Q(definition__is_with_client=False))
    who = named | by_role if holds(actor, Permission.APPROVE_STAGE) else named
    return Q(status=StageStatus.IN_REVIEW) & ~Q(approval_type=ApprovalType.NONE) & who


def _is_asked(actor: Actor) -> Q:
    """Named among the approvers, and silent since it came into review in its newest round."""
    seat = Approver.objects.filter(group__panel__stage=OuterRef("pk"), user=actor.user_id)
    said = Decision.objects.filter(
        stage_id=OuterRef("pk"),
        round=OuterRef("deliverable__round"),
        approver_id=actor.user_id,
        decided_at__gt=OuterRef("status_since"),
    )
    return Q(approval_type=ApprovalType.FORMAL) & Exists(seat) & ~Exists(said)


def to_do(actor: Actor) -> Q:
    """Work of the actor's: own stages without approval, and approvals that wait for what the actor made."""
    if not holds(actor, Permission.WORK_ON_STAGE):
        return Q(pk__in=[])
    own = Q(approval_type=ApprovalType.NONE, assignee_id=actor.user_id)
    not_reviewed = ~Q(approval_type=ApprovalType.NONE) & ~Q(status=StageStatus.IN_REVIEW)
    is_maker = Q(deliverable__assignee_id=actor.user_id) | Q(maker_id=actor.user_id)
    return own | (not_reviewed & is_maker)


def _maker() -> Subquery:
    """Who did the last stage before it that nobody approves."""
    made = Stage.objects.filter(
        deliverable=OuterRef("deliverable"),
        position__lt=OuterRef("position"),
        approval_type=ApprovalType.NONE,
    )
    return Subquery(made.order_by("-position").values("assignee_id")[:1])
