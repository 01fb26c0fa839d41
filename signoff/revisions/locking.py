"""A round with its deliverable locked: the first step of every action that changes one."""

from signoff.accounts.policy import Permission, require
from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.deliverables.move import Moving, lock
from signoff.revisions.announce_round import check_open
from signoff.revisions.errors import OldRound, RoundSettled
from signoff.revisions.models import Revision


def locked_round(revision: Revision) -> tuple[Revision, Moving]:
    """As it is now. Raises NotFound when it was taken back meanwhile, DeliverableStopped, ProjectArchived."""
    moving = lock(revision.deliverable_id)
    found = Revision.objects.filter(pk=revision.pk).first()
    if found is None:
        raise NotFound("This round was taken back in the meantime.")
    found.deliverable = moving.deliverable
    check_open(moving.deliverable)
    return found, moving


def round_to_change(actor: Actor, revision: Revision) -> Revision:
    """The newest round before anybody spoke, locked. Raises NotAllowed, OldRound, RoundSettled, and as above."""
    require(actor, Permission.UPLOAD_ROUND, revision.deliverable.project.organization_id)
    revision, moving = locked_round(revision)
    if not revision.is_latest:
        raise OldRound(round=moving.deliverable.round)
    if revision.settled_at:
        raise RoundSettled()
    return revision
