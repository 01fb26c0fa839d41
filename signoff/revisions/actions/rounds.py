"""Adding rounds, taking the newest back, showing them to the client."""

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
from signoff.revisions.allowance import extra_of
from signoff.revisions.announce_round import announce_round, check_open, facts_of
from signoff.revisions.covers import refresh_covers
from signoff.revisions.errors import RoundSettled, RoundTaken
from signoff.revisions.hand_in import hand_in
from signoff.revisions.locking import locked_round, round_to_change
from signoff.revisions.models import Revision
from signoff.revisions.queue import remove_files_of
from signoff.revisions.receive import RoundDraft, check_same, locked_uploads, next_round, receive_revision

MOST_NOTE = 4_000


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
    _announce_added(actor, moving, revision, is_handed_in)
    return revision


def _announce_added(actor: Actor, moving: Moving, revision: Revision, is_handed_in: bool) -> None:
    act = new_id()
    announce_round(Verb.ROUND_ADDED, actor, revision, moving=moving, data=facts_of(revision), act=act)
    if is_handed_in:
        hand_in(actor, moving, act)


@transaction.atomic
def change_round(*, actor: Actor, revision: Revision, note: str) -> Revision:
    """Say anew what changed. Only the newest round, before anybody spoke. Raises OldRound, RoundSettled, BadText."""
    revision = round_to_change(actor, revision)
    before, revision.note = revision.note, clean_text(note, field="note", most=MOST_NOTE)
    if before != revision.note:
        revision.save(update_fields=["note", "updated_at"])
        announce_round(Verb.ROUND_CHANGED, actor, revision, changes={"note": (before, revision.note)})
    return revision


@transaction.atomic
def withdraw_round(*, actor: Actor, revision: Revision) -> None:
    """Take the newest round back, as if it had not been: before anybody spoke about it, and unless clients see it.

    Its files go with it; the event keeps their names and checksums. Raises OldRound, RoundSettled.
    """
    revision = round_to_change(actor, revision)
    if revision.is_released:
        raise RoundSettled("The client sees this round, so it stays. Withhold it first, or add a new round.")
    row, facts = revision.deliverable, facts_of(revision)
    remove_files_of(revision.files.all())
    Revision.objects.filter(pk=revision.pk).delete()
    row.round, row.version = row.round - 1, row.version + 1
    row.save(update_fields=["round", "version", "updated_at"])
    refresh_covers(row.pk)
    announce_round(Verb.ROUND_WITHDRAWN, actor, revision, data=facts)


@transaction.atomic
def release_round(*, actor: Actor, revision: Revision) -> Revision:
    """Let the client see this round. Twice is once."""
    return _set_released(actor, revision, True)


@transaction.atomic
def withhold_round(*, actor: Actor, revision: Revision) -> Revision:
    """Take the round out of the client's sight; what they saw they saw. Twice is once. Raises RoundSettled."""
    return _set_released(actor, revision, False)


def _set_released(actor: Actor, revision: Revision, is_released: bool) -> Revision:
    require(actor, Permission.RELEASE_ROUND, revision.deliverable.project.organization_id)
    revision, moving = locked_round(revision)
    row = moving.deliverable
    if revision.is_released == is_released:
        return revision
    others = [one for one in row.released_rounds if one != revision.round]
    row.released_rounds = sorted([*others, revision.round]) if is_released else others
    row.save(update_fields=["released_rounds", "updated_at"])
    refresh_covers(row.pk)
    verb = Verb.ROUND_RELEASED if is_released else Verb.ROUND_WITHHELD
    announce_round(verb, actor, revision, moving=moving if is_released else None)
    return revision
