"""Taking a round's notes out: whose eyes they are for, in which format, at once or as a promise; and who took them."""

from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.looking import eyes_of
from signoff.accounts.names import shown_name
from signoff.accounts.visibility import CLIENT_VIEWER
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import Conflict
from signoff.core.origin import Origin
from signoff.feedback.models import Audience
from signoff.feedback.report import Report, report_of
from signoff.feedback.report_lists import as_json, workbook
from signoff.feedback.report_marks import START, csv, edl
from signoff.feedback.report_pdf import written
from signoff.feedback.report_promise import finished_or_promised
from signoff.feedback.still import is_quick, make_stills, wanted_stills
from signoff.revisions.models import Revision
from signoff.revisions.scratch import scratch

Format = Literal["pdf", "xlsx", "json", "edl", "csv"]
TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "edl": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


class NoClient(Conflict):
    code = "no_client"
    message = "This project has no client team, so there is nobody to make this for."


class NotReleased(Conflict):
    code = "not_released"
    message = "The client does not see this round. Release it first, or take everything."


@dataclass(frozen=True, slots=True)
class Wanted:
    """`for_client`: the house asks for what the client reads; clients get that anyway. The rest is for markers:
    which film, by the file's position, and where its timeline begins."""

    format: Format = "pdf"
    for_client: bool = False
    file: int | None = None
    start: str = START


@dataclass(frozen=True, slots=True)
class Export:
    """`content` is None while the worker is at it: ask again then. The person hears of it in their inbox."""

    name: str
    media_type: str
    content: bytes | None


def export_round(actor: Actor, hands: Actor, origin: Origin, revision: Revision, wanted: Wanted) -> Export:
    """The notes of a round that the actor sees, and a line in the audit list that `hands` took them.

    `revision.deliverable.project` is known. Raises NoClient, NotReleased, NoFilm, BadStart, ReportFailed.
    """
    eyes = eyes_for(actor, revision, wanted)
    report = report_of(eyes, revision)
    content = _content(eyes, hands, revision, report, wanted)
    if content is not None:
        _note(hands, origin, revision, report, wanted)
    return Export(_name(revision, wanted), TYPES[wanted.format], content)


def eyes_for(actor: Actor, revision: Revision, wanted: Wanted) -> Actor:
    """Through whose eyes it is read. Raises NoClient, NotReleased."""
    if actor.role == CLIENT_VIEWER or not wanted.for_client:
        return actor
    team = revision.deliverable.project.client_team
    if team is None:
        raise NoClient()
    eyes = eyes_of(team)
    if not Revision.objects.visible_to(eyes).filter(pk=revision.pk).exists():
        raise NotReleased()
    return eyes


def _content(eyes: Actor, hands: Actor, revision: Revision, report: Report, wanted: Wanted) -> bytes | None:
    match wanted.format:
        case "xlsx":
            return workbook(report)
        case "json":
            return as_json(report, now())
        case "edl":
            return edl(report, wanted.file, wanted.start)
        case "csv":
            return csv(report, wanted.file, wanted.start)
        case "pdf":
            return _paper(eyes, hands, revision, report)


def _paper(eyes: Actor, hands: Actor, revision: Revision, report: Report) -> bytes | None:
    stills = wanted_stills(eyes, report)
    if not is_quick(stills) and hands.user_id:
        return finished_or_promised(eyes, hands, revision, report)
    with scratch() as desk:
        return written(report, make_stills(stills, desk), now(), shown_name(eyes, hands.user_id, hands.label))


@transaction.atomic
def _note(hands: Actor, origin: Origin, revision: Revision, report: Report, wanted: Wanted) -> None:
    if not hands.organization_id:
        return
    row = revision.deliverable
    said = {
        "what": "round",
        "round": revision.round,
        "format": wanted.format,
        "audience": Audience.CLIENT if report.is_for_client else "all",
    }
    happening = Happening(Verb.EXPORT_MADE, row, row.project_id, row.pk, data={**said, **origin.data})
    record(happening, actor=hands, organization_id=hands.organization_id)


def _name(revision: Revision, wanted: Wanted) -> str:
    return f"{revision.deliverable.slug}_v{revision.round}_notes.{wanted.format}"
