"""A round comes in: its row, its files, its jobs. Steps; permissions and carrying forward are asked above."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from signoff.core.actor import Actor, ActorKind
from signoff.deliverables.models import Deliverable
from signoff.integrations.media.types import expected_kind
from signoff.revisions.allowance import Extra
from signoff.revisions.errors import NoFiles, SameFiles, UploadGone, UploadNotFinished
from signoff.revisions.models import FileKind, MediaFile, Revision, Source, Step, Upload
from signoff.revisions.queue import process_later
from signoff.revisions.receipts import reached
from signoff.revisions.uploads import arrived


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """What is said of a round when it is added."""

    note: str = ""
    extra: Extra = Extra()
    source: Source = Source.UPLOAD


def receive_revision(actor: Actor, deliverable: Deliverable, uploads: Sequence[Upload], draft: RoundDraft) -> Revision:
    """Make the uploads the deliverable's next round. The caller has the deliverable and the uploads locked.

    Raises NoFiles, UploadNotFinished.
    """
    check_finished(uploads)
    deliverable.round = next_round(deliverable)
    deliverable.version += 1
    deliverable.save(update_fields=["round", "version", "updated_at"])
    revision = Revision.objects.create(
        deliverable=deliverable,
        round=deliverable.round,
        note=draft.note,
        source=draft.source if actor.kind is not ActorKind.API_KEY else Source.API,
        added_by_id=actor.user_id,
        added_by_label=actor.label[:200],
        reason=draft.extra.reason,
        is_chargeable=draft.extra.is_chargeable,
    )
    take_files(revision, uploads)
    return revision


def next_round(deliverable: Deliverable) -> int:
    """One more than the last: a spreadsheet may have set the number higher, or back below rounds that are here.

    Also more than any that clients were shown: they would see the new round under such a number at once.
    """
    newest = Revision.objects.filter(deliverable=deliverable).aggregate(newest=Max("round"))["newest"]
    return max(deliverable.round, newest or 0, deliverable.client_round) + 1


def take_files(revision: Revision, uploads: Sequence[Upload], *, after: int = 0) -> list[MediaFile]:
    """The uploads as files of the round, behind position `after`; they are no uploads any more."""
    files = [_file_of(revision, upload, position) for position, upload in enumerate(uploads, after + 1)]
    MediaFile.objects.bulk_create(files)
    Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).delete()
    process_later(files)
    return files


def locked_uploads(actor: Actor, deliverable: Deliverable, ids: Sequence[UUID]) -> list[Upload]:
    """The person's own uploads to this deliverable, in the order of `ids`. Raises NoFiles, UploadGone."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise NoFiles(field="uploads")
    rows = Upload.objects.visible_to(actor).filter(pk__in=wanted, deliverable=deliverable)
    found = {upload.pk: upload for upload in rows.select_for_update(of=("self",)).order_by("pk")}
    if len(found) < len(wanted):
        raise UploadGone(ids=[str(one) for one in wanted if one not in found])
    return [found[one] for one in wanted]


def check_finished(uploads: Sequence[Upload]) -> None:
    """Raises UploadNotFinished, naming the files that are not all here."""
    late = [upload.name for upload in uploads if arrived(upload) < upload.size or not upload.is_finished]
    if late:
        raise UploadNotFinished(names=late)


def check_same(deliverable: Deliverable, uploads: Sequence[Upload]) -> None:
    """Raises SameFiles when every file is one of the newest round's, byte for byte."""
    before = MediaFile.objects.filter(revision__deliverable=deliverable, revision__round=deliverable.round)
    known = {file.sha256: file.name for file in before if file.sha256}
    if all(upload.sha256 in known for upload in uploads):
        same = [{"name": upload.name, "was": known[upload.sha256]} for upload in uploads]
        raise SameFiles(round=deliverable.round, same=same)


def _file_of(revision: Revision, upload: Upload, position: int) -> MediaFile:
    kind = expected_kind(upload.name)
    return MediaFile(
        revision=revision,
        position=position,
        name=upload.name,
        size=upload.size,
        key=upload.key,
        sha256=upload.sha256,
        kind=FileKind(kind.value) if kind else FileKind.OTHER,
        step=Step.RECEIVED,
        step_times=reached({}, Step.RECEIVED, upload.finished_at),
    )
