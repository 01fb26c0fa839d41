"""A round's notes as a PDF: a letterhead, what it is about, then thread by thread with its stills."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signoff.core import pdf
from signoff.feedback.models import CARRIED, State
from signoff.feedback.report import Report, Said, Thread, Where, is_internal
from signoff.feedback.still import Shot, Stills
from signoff.mails.letter import Brand

INDENT = 14  # points, of an answer
MOST_HIGH = 250  # points, of a still: two of them on a page
COLOURS = {  # as in tokens.css, for words on white
    State.OPEN: "#494952",
    State.ADDRESSED: "#8a5a00",
    State.VERIFIED: "#1d7a3e",
    State.REOPENED: "#b34700",
    State.WONT_FIX: "#61616b",
    State.SUPERSEDED: "#61616b",
}
MUST_FIX, INTERNAL = "#b3261e", "#8a5a00"


def written(report: Report, stills: Stills, made_at: datetime, made_by: str) -> bytes:
    """`made_by` is who took it; the document says so."""
    brand = Brand(report.house.name, report.house.branding)
    logo = brand.logo
    head = pdf.Letterhead(report.house.name, brand.colours("light")["accent"], logo[1] if logo else None)
    title = f"{report.facts.deliverable}, {report.round_word}"
    zone = ZoneInfo(report.house.time_zone)
    pieces = [
        pdf.paragraph(title, "title"),
        pdf.paragraph(f"{report.facts.project} · {report.facts.job_number}", "small"),
        pdf.space(8),
        pdf.facts(list(_facts(report, zone, made_at, made_by))),
        pdf.space(6),
    ]
    for thread in report.threads:
        pieces += _thread(thread, report, stills, zone)
    if not report.threads:
        pieces.append(pdf.paragraph(_("Nobody has said anything about this round."), "small"))
    return pdf.paper(head, title, pieces, made_at=made_at)


def _facts(report: Report, zone: ZoneInfo, made_at: datetime, made_by: str) -> Iterable[tuple[str, str]]:
    facts = report.facts
    added = " · ".join(part for part in (facts.added_by, _moment(facts.added_at, zone)) if part)
    yield _("Added"), added
    if facts.note:
        yield _("What changed"), facts.note
    yield ngettext("File", "Files", len(facts.files)), "\n".join(facts.files) or "–"
    verified = _("%(n)s of %(of)s verified") % {"n": report.progress["verified"], "of": report.progress["of"]}
    yield _("To do and questions"), verified
    yield _("Shows"), _("What the client sees") if report.is_for_client else _("Everything, also what is internal")
    yield _("Taken"), f"{made_by} · {_moment(made_at, zone)}"


def _thread(thread: Thread, report: Report, stills: Stills, zone: ZoneInfo) -> list[pdf.Piece]:
    """What belongs to the head stays together: title, place and the first still."""
    title, state = _title(thread, report)
    pieces = [pdf.paragraph(title, "heading", colour=MUST_FIX if thread.note and thread.note.is_must_fix else "")]
    if state:
        pieces.append(pdf.paragraph(state, "label", colour=COLOURS[State(thread.note.state)] if thread.note else ""))
    if place := _place(thread.where, thread, report):
        pieces.append(pdf.paragraph(place, "small"))
    shown = [_shot(shot, thread.where) for shot in stills.made.get(thread.head.id, [])]
    if thread.head.id in stills.words:
        shown.append(pdf.paragraph(_("No picture: %(why)s") % {"why": stills.words[thread.head.id]}, "small"))
    together = pdf.together([*pieces, pdf.space(3), *shown[:1]])
    said = [piece for one in thread.replies for piece in _said(one, report, zone, INDENT)]
    return [together, *shown[1:], pdf.space(4), *_said(thread.head, report, zone), *said, pdf.space(6)]


def _shot(shot: Shot, where: Where) -> pdf.Piece:
    """The still; which frame it is, where that is not the one at which the comment begins."""
    picture = pdf.picture(shot.path.read_bytes(), most=(pdf.ACROSS, MOST_HIGH))
    if shot.frame in (None, where.frame_in):
        return picture
    said = _("%(name)s · frame %(n)s") % {"name": shot.name, "n": shot.frame}
    return pdf.together([picture, pdf.paragraph(said, "small")])


def _title(thread: Thread, report: Report) -> tuple[str, str]:
    """The note's number and what it asks for; how that stands, by whom and why."""
    note = thread.note
    if note is None:
        return (_("Said after the decision") if thread.head.is_after_lock else _("Removed")), ""
    origin = "" if note.round == report.facts.round else f" ({_('raised in round %(n)s') % {'n': note.round}})"
    must_fix = f" · {_('Must fix')}" if note.is_must_fix else ""
    states = (note.state_word, note.state_by, note.reason) if note.kind in CARRIED else ()
    state = " · ".join(part for part in states if part)
    return f"{note.number} · {note.kind_word}{must_fix}{origin}", state


def _place(where: Where, thread: Thread, report: Report) -> str:
    """Which file, and where in it."""
    span = f"{where.first} – {where.last}" if where.last else where.first
    frame = _("frame %(n)s") % {"n": where.frame_in} if where.frame_in is not None else ""
    page = _("page %(n)s") % {"n": where.page} if where.page else ""
    name = where.file_name if len(report.facts.files) > 1 or where.first or where.page else ""
    quote = f"“{where.quote}”" if where.quote else ""
    guess = _("place not checked in this round") if thread.note and thread.note.is_approximate else ""
    return " · ".join(part for part in (name, span, frame, page, quote, guess) if part)


def _said(said: Said, report: Report, zone: ZoneInfo, indent: float = 0) -> list[pdf.Piece]:
    who = f"{said.author} · {_moment(said.at, zone)}"
    is_marked = is_internal(said) and not report.is_for_client
    label = f"{who} · {_('Internal')}" if is_marked else who
    pieces = [pdf.paragraph(label, "label", colour=INTERNAL if is_marked else "", indent=indent)]
    text = _("Removed") if said.is_removed else said.text
    if text:
        pieces.append(pdf.paragraph(text, indent=indent))
    if said.attachments:
        names = _("With it: %(names)s") % {"names": ", ".join(said.attachments)}
        pieces.append(pdf.paragraph(names, "small", indent=indent))
    return [*pieces, pdf.space(4)]


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "j M Y, H:i")
