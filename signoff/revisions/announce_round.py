"""Telling of rounds: who must know, what the diary keeps. Steps."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from signoff.accounts.models import Membership, Role
from signoff.activity.announce import announce
from signoff.audit.record import Changes
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.deliverables.announce_stage import deciders_of
from signoff.deliverables.errors import DeliverableStopped
from signoff.deliverables.models import Deliverable, StageStatus
from signoff.deliverables.move import Moving
from signoff.notifications.models import Notification
from signoff.notifications.notify import Telling
from signoff.projects.errors import ProjectArchived
from signoff.revisions.models import MediaFile, Revision

Reason = Notification.Reason
MOST_NOTE = 4_000


def announce_round(
    verb: Verb,
    actor: Actor,
    revision: Revision,
    *,
    moving: Moving | None = None,
    changes: Changes | None = None,
    data: Mapping[str, object] | None = None,
    act: UUID | None = None,
) -> None:
    """Announce what happened to a round; with `moving`, those who work on the deliverable are told.

    Of a round that is shown to the client those of them are told who have something in review; of nothing else.
    """
    row = revision.deliverable
    announce(
        verb,
        actor=actor,
        subject=revision,
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        deliverable_id=row.pk,
        changes=changes,
        data={"round": revision.round, **(data or {})},
        tell=_told(verb, moving) if moving else {},
        act=act,
    )


def facts_of(revision: Revision) -> dict[str, object]:
    """What the diary keeps of a round for good."""
    facts: dict[str, object] = {"files": [described(file) for file in revision.files.all()]}
    if revision.note:
        facts["note"] = revision.note
    if revision.reason:
        facts |= {"reason": revision.reason, "is_chargeable": revision.is_chargeable}
    return facts


def described(file: MediaFile) -> dict[str, object]:
    return {"name": file.name, "size": file.size, "sha256": file.sha256}


def check_open(row: Deliverable) -> None:
    """Raises ProjectArchived, DeliverableStopped."""
    if row.project.is_archived:
        raise ProjectArchived()
    if row.held:
        raise DeliverableStopped(status=row.held)


def _told(verb: Verb, moving: Moving) -> Telling:
    """The owner and the assignee; whoever has a stage of it in review looks at something new."""
    row = moving.deliverable
    tell = {who: Reason.OWNED for who in (row.project.owner_id, row.assignee_id) if who}
    in_review = [stage for stage in moving.stages if stage.status == StageStatus.IN_REVIEW]
    deciders = {stage.pk: deciders_of(stage, row.project) for stage in in_review}
    tell |= {who: Reason.WAITING for stage in in_review for who in (stage.assignee_id, *deciders[stage.pk]) if who}
    clients = _clients_among(tell, row.project.organization_id)
    return {who: why for who, why in tell.items() if (who in clients) == (verb == Verb.ROUND_RELEASED)}


def _clients_among(people: Iterable[UUID], organization_id: UUID) -> set[UUID]:
    members = Membership.objects.filter(organization_id=organization_id, role=Role.CLIENT_VIEWER)
    return set(members.filter(user_id__in=list(people)).values_list("user_id", flat=True))
