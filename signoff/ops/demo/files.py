"""Takes in the files of the demo's deliverables, in the worker: each deliverable's rounds all at once or not at all.

A child process draws them; they are stored, then one transaction writes rounds, files and diary, dated as the
story has it. A deliverable that has rounds by then, or stands at another one, is left as people made it.
A worker's jobs are promised on a connection of their own, which knows nothing of that transaction: so they follow it,
and are promised again when this is done again.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.actors import actor_of_member
from signoff.accounts.models import Membership, User
from signoff.audit.models import Event
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.deliverables.models import Deliverable, Stage
from signoff.integrations.media.types import expected_kind
from signoff.ops.demo.approvers import decide_one
from signoff.ops.demo.clock import Clock
from signoff.ops.demo.diary import Diary
from signoff.ops.demo.round_times import Happened, RoundTime, round_times
from signoff.ops.demo.talk import talk
from signoff.pipelines.models import ApprovalType
from signoff.revisions.allowance import is_beyond
from signoff.revisions.announce_round import facts_of
from signoff.revisions.check import sha256_of
from signoff.revisions.models import FileKind, MediaFile, Revision, Step, key_of_upload
from signoff.revisions.queue import process_later
from signoff.revisions.receipts import reached
from signoff.revisions.storage import storage

DRAWING = "signoff.ops.demo.drawing"
DRAWING_SECONDS = 300
# Why there is a round beyond the agreement, and whether the client pays for it.
REASONS = {
    "Key visual, landscape": ("Kolibri's lawyers want another legal line.", True),
    "Story, yuzu": ("Yellow was approved on paper, then looked at on phones.", True),
    "Gift box sleeve": ("New text after approval.", True),
    "Conductor's pin": ("Our mistake: the moon was too small to enamel.", False),
    "Pocket timetable": ("One bridge closes for longer than planned.", True),
}
ANOTHER = ("The client asked for one more.", True)


class Drawn(TypedDict):
    """A round as the drawing program answers."""

    number: int
    what_changed: str
    files: list[str]


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that the storage has."""

    name: str
    key: str
    size: int
    sha256: str


def take_files(wanted: Sequence[tuple[UUID, int]]) -> None:
    """Draw and take in the rounds of these deliverables, each as it stood at that round when the demo was loaded.

    Twice is once. Raises CalledProcessError, TimeoutExpired, StorageUnavailable, StorageFull.
    """
    rows = Deliverable.objects.select_related("project").in_bulk([one for one, _ in wanted])
    _process(list(rows))
    there = [(rows[one], last) for one, last in wanted if one in rows and not _has_rounds(one)]
    with TemporaryDirectory(prefix="signoff-demo-") as folder:
        asked = [(row.project.job_number, row.name, last) for row, last in there]
        for (row, last), rounds in zip(there, _drawn(asked, Path(folder)), strict=True):
            if rounds:
                _take(row.pk, last, rounds, Path(folder))


def _drawn(asked: Sequence[tuple[str, str, int]], folder: Path) -> list[list[Drawn]]:
    done = subprocess.run(
        [sys.executable, "-m", DRAWING, str(folder)],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=DRAWING_SECONDS,
    )
    answer: list[list[Drawn]] = json.loads(done.stdout)
    return answer


def _take(row_id: UUID, last: int, rounds: Sequence[Drawn], folder: Path) -> None:
    """Store the files first: rows never name what is not there. What a crash leaves is swept at night."""
    stored = [[_stored(folder / name) for name in one["files"]] for one in rounds]
    if _keep(row_id, last, rounds, stored):
        _process([row_id])
    else:
        storage().remove([file.key for files in stored for file in files])


def _process(row_ids: Sequence[UUID]) -> None:
    """Let the previews be made that are not made yet."""
    here = MediaFile.objects.filter(revision__deliverable__in=row_ids, step=Step.RECEIVED, failure="")
    process_later(here.order_by("-revision__round", "position"))


def _stored(path: Path) -> Stored:
    key = key_of_upload(new_id())
    storage().put(key, path, "application/octet-stream")
    return Stored(path.name, key, path.stat().st_size, sha256_of(path))


@transaction.atomic
def _keep(row_id: UUID, last: int, rounds: Sequence[Drawn], stored: Sequence[Sequence[Stored]]) -> bool:
    """Write the rounds down; False when the deliverable has gone on without them."""
    found = Deliverable.objects.select_for_update(of=("self",)).select_related("project__owner", "assignee")
    row = found.filter(pk=row_id).first()
    if row is None or row.round != last or _has_rounds(row_id):
        return False
    times = round_times(_history(row), last, row.created_at, now())[-len(rounds) :]
    maker = _maker(row)
    diary = Diary(Clock(now(), Random(row.pk.int)), row.project.organization_id)
    revisions: list[Revision] = []
    for drawn, files, time in zip(rounds, stored, times, strict=True):
        revision = _revision(row, maker, drawn, time)
        revisions.append(revision)
        MediaFile.objects.bulk_create(_files(revision, files))
        data = {"round": revision.round, **facts_of(revision)}
        diary.note(time.added_at, maker, Happening(Verb.ROUND_ADDED, revision, row.project_id, row.pk, {}, data), {})
    seen = {drawn["number"] for drawn, time in zip(rounds, times, strict=True) if time.is_released}
    row.released_rounds = sorted(seen.union(row.released_rounds))
    Deliverable.objects.filter(pk=row.pk).update(released_rounds=row.released_rounds)
    talk(row, revisions, _making(row), diary)
    diary.write()
    decide_one(row.pk)
    return True


def _has_rounds(row_id: UUID) -> bool:
    return Revision.objects.filter(deliverable_id=row_id).exists()


def _revision(row: Deliverable, maker: Actor, drawn: Drawn, time: RoundTime) -> Revision:
    reason, is_chargeable = "", False
    if is_beyond(drawn["number"], row.rounds_included):
        reason, is_chargeable = REASONS.get(row.name, ANOTHER)
    return Revision.objects.create(
        deliverable=row,
        round=drawn["number"],
        note=drawn["what_changed"],
        added_by_id=maker.user_id,
        added_by_label=maker.label,
        added_at=time.added_at,
        settled_at=time.settled_at,
        reason=reason,
        is_chargeable=is_chargeable,
    )


def _files(revision: Revision, files: Sequence[Stored]) -> list[MediaFile]:
    return [_file(revision, position, file, revision.added_at) for position, file in enumerate(files, 1)]


def _file(revision: Revision, position: int, file: Stored, at: datetime) -> MediaFile:
    kind = expected_kind(file.name)
    return MediaFile(
        revision=revision,
        position=position,
        name=file.name,
        size=file.size,
        key=file.key,
        sha256=file.sha256,
        kind=FileKind(kind.value) if kind else FileKind.OTHER,
        step=Step.RECEIVED,
        step_times=reached({}, Step.RECEIVED, at),
    )


def _maker(row: Deliverable) -> Actor:
    """Whoever makes the deliverable; the owner of its project where nobody is named."""
    here = Membership.objects.select_related("user").filter(organization_id=row.project.organization_id)
    return actor_of_member(here.get(user=_making(row)))


def _making(row: Deliverable) -> User:
    who = row.assignee or row.project.owner
    assert who is not None, "Every project of the demo has an owner."
    return who


def _history(row: Deliverable) -> list[Happened]:
    """What happened to the stages, oldest first; their positions count from 0."""
    stages = Stage.objects.filter(deliverable=row).select_related("definition").order_by("position")
    known = {stage.pk: (position, stage) for position, stage in enumerate(stages)}
    events = Event.objects.filter(deliverable_id=row.pk, subject_id__in=known).order_by("id")
    return [_happened(event, *known[event.subject_id]) for event in events]


def _happened(event: Event, position: int, stage: Stage) -> Happened:
    is_judged = stage.approval_type != ApprovalType.NONE
    return Happened(event.created_at, event.verb, position, is_judged, stage.definition.is_with_client)
