"""Reports that take a while, made by the worker: told of when they are there, kept for some days, taken away again."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor, ActorKind
from signoff.core.errors import Unavailable
from signoff.core.ids import new_id
from signoff.feedback.models import Audience, RoundReport
from signoff.feedback.report import Report, report_of
from signoff.feedback.report_pdf import written
from signoff.feedback.still import make_stills, wanted_stills
from signoff.notifications.models import Notification
from signoff.revisions.models import Revision
from signoff.revisions.queue import remove_later
from signoff.revisions.scratch import scratch
from signoff.revisions.storage import storage

PREFIX = "reports/"
KEPT = timedelta(days=7)
GONE = "The round is not there any more, or not shown to you."
UNKNOWN = "It stopped for a reason that is not known. Ask for it again."
HOUSE = "Signoff"


def make_report(report_id: UUID, eyes: Mapping[str, Any], label: str, *, is_last_try: bool = False) -> None:
    """The worker's side. Safe to run twice. What it says is what is there to be read when it is made."""
    row = RoundReport.objects.filter(pk=report_id, key="", failure="").first()
    if row is None:
        return
    try:
        _make(row, actor_from(eyes), label)
    except Exception as error:
        if is_last_try:
            _fail(row, error.message if isinstance(error, Unavailable) else UNKNOWN)
        raise


def forget_reports() -> None:
    """Those that were kept long enough, and their files."""
    old = RoundReport.objects.filter(created_at__lt=now() - KEPT)
    with transaction.atomic():
        remove_later([key for key in old.select_for_update().values_list("key", flat=True) if key])
        old.delete()


def eyes_as_kept(eyes: Actor) -> dict[str, Any]:
    """An actor as plain values, for the queue."""
    kept = asdict(eyes)
    ids = {"organization_id": str(eyes.organization_id), "user_id": str(eyes.user_id) if eyes.user_id else None}
    lists = {"team_ids": [str(one) for one in eyes.team_ids], "named": sorted(str(one) for one in eyes.named)}
    return kept | ids | lists | {"scopes": None if eyes.scopes is None else sorted(eyes.scopes)}


def actor_from(kept: Mapping[str, Any]) -> Actor:
    """The same actor again."""
    return Actor(
        **{name: kept[name] for name in ("label", "role", "is_looking", "house")},
        kind=ActorKind(kept["kind"]),
        organization_id=UUID(kept["organization_id"]),
        user_id=UUID(kept["user_id"]) if kept["user_id"] else None,
        team_ids=tuple(UUID(one) for one in kept["team_ids"]),
        named=frozenset(UUID(one) for one in kept["named"]),
        scopes=None if kept["scopes"] is None else frozenset(kept["scopes"]),
    )


def _make(row: RoundReport, eyes: Actor, label: str) -> None:
    related = ("deliverable__project__organization", "deliverable__project__client_team")
    revision = Revision.objects.visible_to(eyes).select_related(*related).filter(pk=row.revision_id).first()
    if revision is None:
        return _fail(row, GONE)
    report = report_of(eyes, revision)
    key = f"{PREFIX}{row.pk.hex[-2:]}/{new_id()}"
    with scratch() as desk:
        path = desk / "report.pdf"
        path.write_bytes(written(report, make_stills(wanted_stills(eyes, report), desk), now(), label))
        storage().put(key, path, "application/pdf")
    _finish(row, revision, report, key)


@transaction.atomic
def _finish(row: RoundReport, revision: Revision, report: Report, key: str) -> None:
    same = RoundReport.objects.filter(revision=revision, made_for_id=row.made_for_id, fingerprint=report.fingerprint)
    same.exclude(pk=row.pk).delete()
    if RoundReport.objects.filter(pk=row.pk).update(key=key, fingerprint=report.fingerprint):
        _tell(row, revision, report)


def _tell(row: RoundReport, revision: Revision, report: Report) -> None:
    deliverable = revision.deliverable
    organization_id = deliverable.project.organization_id
    announce(
        Verb.REPORT_READY,
        actor=Actor.system(HOUSE, organization_id),
        subject=deliverable,
        organization_id=organization_id,
        project_id=deliverable.project_id,
        deliverable_id=deliverable.pk,
        data={
            "revision": str(revision.pk),
            "round": revision.round,
            "audience": Audience.CLIENT if report.is_for_client else "all",
            "is_internal": True,
        },
        tell={row.made_for_id: Notification.Reason.READY},
    )


def _fail(row: RoundReport, words: str) -> None:
    RoundReport.objects.filter(pk=row.pk).update(failure=words[:500])
