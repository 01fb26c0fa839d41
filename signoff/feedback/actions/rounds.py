"""Adding rounds and taking the newest back. Notes that still ask for something go along."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from signoff.accounts.policy import Permission, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.core.text import clean_text
from signoff.deliverables.models import Deliverable
from signoff.deliverables.move import Moving, lock
from signoff.feedback.carry import carry_into, take_back_from
from signoff.revisions.allowance import extra_of
from signoff.revisions.announce_round import MOST_NOTE, announce_round, check_open, facts_of
from signoff.revisions.covers import refresh_covers
from signoff.revisions.errors import RoundSettled, RoundTaken
from signoff.revisions.hand_in import hand_in
from signoff.revisions.locking import round_to_change
from signoff.revisions.models import Revision
from signoff.revisions.queue import remove_files_of
from signoff.revisions.receive import RoundDraft, check_same, locked_uploads, next_round, receive_revision


@transaction.atomic
def submit_round(
    *,
    actor: Actor,
    deliverable: Deliverable,
    uploads: Sequence[UUID],
    note: str = "",
    round: int | None = None,
    reason: str = "",
    is_chargeable: bool = True,
    same_is_meant: bool = False,
    is_handed_in: bool = False,
) -> Revision:
    """Make finished uploads the deliverable's next round; its files are checked and rendered by jobs.
    What still asks for something is carried into it.

    `round` is the number the person saw as the next one (None does not ask); `reason` and `is_chargeable` count
    beyond the allowance; `is_handed_in` also sends the stage it stands at to review. The owner, the assignee and
    whoever reviews are told. Raises NotAllowed, NoFiles, UploadGone, UploadNotFinished, RoundTaken, ReasonNeeded,
    SameFiles, BadText, DeliverableStopped, ProjectArchived.
    """
    require(actor, Permission.UPLOAD_ROUND, deliverable.project.organization_id)
    moving = lock(deliverable.pk)
    row = moving.deliverable
    check_open(row)
    following = next_round(row)
    if round not in (None, following):
        raise RoundTaken(round=following)
    found = locked_uploads(actor, row, uploads)
    if not same_is_meant:
        check_same(row, found)
    extra = extra_of(following, row.rounds_included, reason, is_chargeable)
    draft = RoundDraft(clean_text(note, field="note", most=MOST_NOTE), extra)
    revision = receive_revision(actor, row, found, draft)
    carried = carry_into(revision)
    _announce_added(actor, moving, revision, len(carried), is_handed_in)
    return revision


def _announce_added(actor: Actor, moving: Moving, revision: Revision, carried: int, is_handed_in: bool) -> None:
    act, facts = new_id(), facts_of(revision) | ({"carried": carried} if carried else {})
    announce_round(Verb.ROUND_ADDED, actor, revision, moving=moving, data=facts, act=act)
    if is_handed_in:
        hand_in(actor, moving, act)


@transaction.atomic
def withdraw_round(*, actor: Actor, revision: Revision) -> None:
    """Take the newest round back, as if it had not been: before anybody spoke about it, and unless clients see it.

    Its files go with it; the event keeps their names and checksums. Notes stand as they did
    before it. Raises OldRound, RoundSettled.
    """
    revision = round_to_change(actor, revision)
    if revision.is_released:
        raise RoundSettled("The client sees this round, so it stays. Withhold it first, or add a new round.")
    row, facts = revision.deliverable, facts_of(revision)
    take_back_from(revision)
    remove_files_of(revision.files.all())
    Revision.objects.filter(pk=revision.pk).delete()
    row.round, row.version = row.round - 1, row.version + 1
    row.save(update_fields=["round", "version", "updated_at"])
    refresh_covers(row.pk)
    announce_round(Verb.ROUND_WITHDRAWN, actor, revision, data=facts)
