"""What follows from a decision: who is next, the result, the lock. Steps, in the transaction of the decision."""

from uuid import UUID

from django.utils.timezone import now

from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.deliverables.announce_stage import announce_stage
from signoff.deliverables.models import StageStatus
from signoff.deliverables.move import Moving, set_stage, with_approver
from signoff.notifications.models import Notification
from signoff.reviews.models import Choice, Decision
from signoff.reviews.panels import able
from signoff.reviews.standing import Standing
from signoff.revisions.announce_round import announce_round
from signoff.revisions.models import Revision
from signoff.revisions.settle import settle

Reason = Notification.Reason
STATUSES = {
    Choice.APPROVE: (StageStatus.APPROVED, Verb.STAGE_APPROVED),
    Choice.APPROVE_WITH_CHANGES: (StageStatus.APPROVED, Verb.STAGE_APPROVED),
    Choice.REQUEST_CHANGES: (StageStatus.CHANGES_REQUESTED, Verb.STAGE_CHANGES_REQUESTED),
}


def conclude(actor: Actor, moving: Moving, standing: Standing, decision: Decision) -> None:
    """`standing` is how it stood before the decision, which is saved."""
    act = new_id()
    settle(moving.deliverable.pk)
    _announce_decision(actor, moving, standing, decision, act)
    if decision.result:
        _move(actor, moving, standing, decision, act)


def _announce_decision(actor: Actor, moving: Moving, standing: Standing, decision: Decision, act: UUID) -> None:
    row = moving.deliverable
    data: dict[str, object] = {
        "stage": str(standing.stage.definition),
        "round": decision.round,
        "choice": decision.choice,
        "number": decision.number,
        "hash": decision.hash,
        "is_with_client": decision.clients_see,
        "is_internal": not decision.clients_see,
    }
    announce(
        Verb.DECISION_GIVEN,
        actor=actor,
        subject=decision,
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        deliverable_id=row.pk,
        data=data | ({"note": decision.reason} if decision.reason else {}),
        tell=_told(moving, standing, decision),
        act=act,
    )


def _told(moving: Moving, standing: Standing, decision: Decision) -> dict[UUID, Notification.Reason]:
    """The owner; who was spoken for; whose turn it is now and was not before."""
    owner, absent = moving.deliverable.project.owner_id, decision.approver_id
    tell = {owner: Reason.OWNED} if owner else {}
    if absent and absent != decision.user_id:
        tell[absent] = Reason.DECIDED
    if not decision.result and absent:
        after = standing.outcome_with({absent: decision.choice})
        following = standing.awaited(after) - standing.awaited() - {absent}
        tell |= dict.fromkeys(able(moving.deliverable.project, following) if following else (), Reason.WAITING)
    return tell


def _move(actor: Actor, moving: Moving, standing: Standing, decision: Decision, act: UUID) -> None:
    """The stage goes where the result says; an approval locks the round. A request for changes does not: what is to
    be changed is still being said, and the next round takes it along."""
    status, verb = STATUSES[Choice(decision.result)]
    stage, before = standing.stage, moving.deliverable.status
    change = set_stage(moving, stage, with_approver(actor, {"status": status}))
    is_locked = status == StageStatus.APPROVED and standing.revision is not None and _lock(standing.revision)
    note = decision.reason if status == StageStatus.CHANGES_REQUESTED else ""
    announce_stage(verb, actor, moving, stage, change, before, note=note, needs_withdrawal=True, act=act)
    if is_locked and standing.revision:
        announce_round(Verb.ROUND_LOCKED, actor, standing.revision, act=act)


def _lock(revision: Revision) -> bool:
    """Says whether it was open until now."""
    at = now()
    is_new = bool(Revision.objects.filter(pk=revision.pk, locked_at=None).update(locked_at=at, updated_at=at))
    revision.locked_at = revision.locked_at or at
    return is_new
