"""Telling of a stage's change: which verb it is, who must know, what the diary needs. Steps."""

from uuid import UUID

from signoff.accounts.models import Membership, Role
from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.move import Moving
from signoff.notifications.models import Notification
from signoff.notifications.notify import Telling
from signoff.pipelines.models import ApprovalType
from signoff.projects.models import Project

Reason = Notification.Reason
VERBS = {
    StageStatus.IN_REVIEW: Verb.STAGE_SUBMITTED,
    StageStatus.CHANGES_REQUESTED: Verb.STAGE_CHANGES_REQUESTED,
    StageStatus.APPROVED: Verb.STAGE_APPROVED,
}


def announce_stage(
    verb: Verb,
    actor: Actor,
    moving: Moving,
    stage: Stage,
    change: Change,
    before: str,
    *,
    note: str = "",
    needs_withdrawal: bool = False,
    act: UUID | None = None,
) -> None:
    """Announce a stage's change, with the deliverable's status `before` it when that followed."""
    row = moving.deliverable
    data = data_of(verb, moving, stage, change, before, note=note, needs_withdrawal=needs_withdrawal)
    announce(
        verb,
        actor=actor,
        subject=stage,
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        deliverable_id=row.pk,
        changes=change.values,
        data=data,
        tell=told_of(change, moving, stage),
        act=act,
    )


def data_of(
    verb: Verb,
    moving: Moving,
    stage: Stage,
    change: Change,
    before: str,
    *,
    note: str = "",
    needs_withdrawal: bool = False,
) -> dict[str, object]:
    """What the event says beside its changes, for the diary and for undo."""
    data: dict[str, object] = {**change.data, "stage": str(stage.definition)}
    if moving.deliverable.status != before:
        data["deliverable_status"] = [before, moving.deliverable.status]
    if verb == Verb.STAGE_APPROVED and stage.approval_type == ApprovalType.NONE:
        data["is_finished"] = True  # nobody approved it: its maker said that it is done
    if note:
        data |= {"note": note, "is_with_client": stage.definition.is_with_client}
    if needs_withdrawal:  # an approval has its own way back; a general undo leaves it alone
        data["needs_withdrawal"] = True
    return data


def verb_of(change: Change, stage: Stage) -> Verb:
    if "status" in change.values:
        return VERBS.get(StageStatus(stage.status), Verb.STAGE_CHANGED)
    return Verb.STAGE_ASSIGNED if "assignee" in change.values else Verb.STAGE_CHANGED


def told_of(change: Change, moving: Moving, stage: Stage) -> Telling:
    """The new assignee; owner and deciders of what came into review; the maker of what was decided; who is next."""
    tell: dict[UUID, Notification.Reason] = {}
    if "assignee" in change.values and stage.assignee_id:
        tell[stage.assignee_id] = Reason.ASSIGNED
    if "status" not in change.values:
        return tell
    row, project = moving.deliverable, moving.deliverable.project
    if stage.status == StageStatus.IN_REVIEW:
        waiting = (stage.assignee_id, project.owner_id, *deciders_of(stage, project))
        tell |= {who: Reason.WAITING for who in waiting if who}
    if stage.status == StageStatus.CHANGES_REQUESTED:
        makers = (row.assignee_id, *_makers_before(moving, stage))
        tell |= {who: Reason.DECIDED for who in makers if who}
    following = moving.after(stage)
    if stage.status == StageStatus.APPROVED:
        tell |= {row.assignee_id: Reason.DECIDED} if row.assignee_id else {}
        tell |= {following.assignee_id: Reason.WAITING} if following and following.assignee_id else {}
    return tell


def deciders_of(stage: Stage, project: Project) -> list[UUID]:
    """Its deciders, but for clients that do not see the project any more. One query, none where there are none."""
    if not stage.deciders:
        return []
    viewers = Membership.objects.filter(organization_id=project.organization_id, role=Role.CLIENT_VIEWER)
    strangers = viewers.filter(user_id__in=stage.deciders).exclude(client_teams=project.client_team_id)
    gone = set(strangers.values_list("user_id", flat=True))
    return [who for who in stage.deciders if who not in gone]


def _makers_before(moving: Moving, stage: Stage) -> list[UUID | None]:
    """The assignee of the last stage before this one that had nobody to approve it: who made it."""
    before = [s for s in moving.stages if s.position < stage.position and s.approval_type == ApprovalType.NONE]
    return [before[-1].assignee_id] if before else []
