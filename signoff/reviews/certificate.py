"""A decision on paper: who, what, when, on which files; and how to find out whether it is still what was written.

With the decision that brought a stage's result come all that counted for it. Text that people wrote is data here:
it is escaped, cut into lines and never asked for markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Paragraph, SimpleDocTemplate, Spacer

from signoff.accounts.models import Organization
from signoff.accounts.names import is_named, shown_name
from signoff.accounts.visibility import CLIENT_VIEWER
from signoff.core.actor import Actor
from signoff.core.text import CONTROL
from signoff.mails.letter import Brand
from signoff.reviews.fonts import FONT, FONT_BOLD, FONT_MONO, printable
from signoff.reviews.models import Choice, Decision, Identity
from signoff.reviews.open_notes import shown_notes

INK, SOFT, LINE = HexColor("#1a1a1e"), HexColor("#5c5c66"), HexColor("#d9d9de")
TITLE = ParagraphStyle("title", fontName=FONT_BOLD, fontSize=18, leading=23, textColor=INK, spaceAfter=2 * mm)
HEAD = ParagraphStyle("head", fontName=FONT_BOLD, fontSize=10.5, leading=14, textColor=INK, spaceBefore=5 * mm)
BODY = ParagraphStyle("body", fontName=FONT, fontSize=9.5, leading=13.5, textColor=INK, splitLongWords=1)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8.5, leading=12, textColor=SOFT)
MONO = ParagraphStyle("mono", parent=BODY, fontName=FONT_MONO, fontSize=8, leading=11)
BELOW = ParagraphStyle("below", fontName=FONT, fontSize=8, leading=10, textColor=SOFT)
RESULTS = {
    Choice.APPROVE: "Approved",
    Choice.APPROVE_WITH_CHANGES: "Approved with changes",
    Choice.REQUEST_CHANGES: "Changes requested",
}
PROOFS = {
    Identity.SESSION: "signed in",
    Identity.PASSWORD: "signed in, gave the password again",
    Identity.CODE: "signed in, gave a code that was mailed",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and in whose house."""

    actor: Actor
    house: Organization

    @property
    def is_client(self) -> bool:
        return self.actor.role == CLIENT_VIEWER

    def moment(self, at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(self.house.time_zone)):%d %B %Y, %H:%M:%S %Z}"

    def name(self, decision: Decision) -> str:
        name = shown_name(self.actor, decision.user_id, decision.user_label)
        if not decision.deputy_of:
            return name
        return _("%(name)s for %(absent)s") % {
            "name": name,
            "absent": shown_name(self.actor, decision.approver_id, decision.deputy_of),
        }


def certificate_of(actor: Actor, house: Organization, decision: Decision, counted: Sequence[Decision]) -> bytes:
    """The PDF; `counted` are the decisions that made the result, where this one brought it."""
    reader = Reader(actor, house)
    about, page = decision.about, BytesIO()
    title = _("Certificate: %(stage)s of %(name)s") % {"stage": about["stage"], "name": about["deliverable"]}
    paper = SimpleDocTemplate(
        page,
        pagesize=A4,
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        title=_clean(title)[:200],
        author=_clean(Brand(house.name, house.branding).product)[:100],
        invariant=1,
    )
    foot = partial(_foot, f"{_('Decision')} {decision.number} · {decision.hash}")
    paper.build(list(_content(reader, decision, counted)), onFirstPage=foot, onLaterPages=foot)
    return page.getvalue()


def _content(reader: Reader, decision: Decision, counted: Sequence[Decision]) -> Iterator[Flowable]:
    about = decision.about
    yield _text(Brand(reader.house.name, reader.house.branding).product, SMALL)
    yield _text(str(RESULTS.get(Choice(decision.result or decision.choice), Choice(decision.choice).label)), TITLE)
    yield _text(
        _("%(stage)s of %(name)s, round %(round)s")
        % {"stage": about["stage"], "name": about["deliverable"], "round": decision.round},
        BODY,
    )
    yield _text(" · ".join(filter(None, (about["project"], about["job_number"], about["organization"]))), SMALL)
    yield Spacer(1, 3 * mm)
    yield HRFlowable(width="100%", color=LINE, thickness=0.6)
    yield from _decided(reader, counted or [decision])
    if decision.statement:
        yield _text(_("What they put their name to"), HEAD)
        yield from _lines(decision.statement)
    yield from _files(decision)
    yield from _notes(shown_notes(decision.open_notes, reader.actor))
    yield from _proof(decision)


def _decided(reader: Reader, decisions: Iterable[Decision]) -> Iterator[Flowable]:
    yield _text(_("Decided by"), HEAD)
    for one in decisions:
        group = f" ({one.group})" if one.group else ""
        yield _text(f"{reader.name(one)}{group}: {Choice(one.choice).label}", BODY)
        yield _text(f"{reader.moment(one.decided_at)} · {_how(reader, one)}", SMALL)
        if one.reason:
            yield from _lines(one.reason)
        yield Spacer(1, 1.5 * mm)


def _how(reader: Reader, decision: Decision) -> str:
    """How they proved themselves; where from, for the house."""
    parts = [PROOFS[Identity(decision.identity)]]
    if not reader.is_client:
        parts += [part for part in (decision.user_email, decision.ip, decision.browser) if part]
    elif is_named(reader.actor, decision.user_id) and decision.user_email:
        parts.append(decision.user_email)
    return " · ".join(parts)


def _files(decision: Decision) -> Iterator[Flowable]:
    yield _text(_("Files of this round"), HEAD)
    for file in decision.files:
        yield _text(f"{file['name']} · {file['size']:,} bytes", BODY)
        yield _text(f"SHA-256 {file['sha256'] or _('not known yet')}", MONO)


def _notes(notes: Sequence[dict[str, object]]) -> Iterator[Flowable]:
    yield _text(_("Open notes"), HEAD)
    if not notes:
        yield _text(_("None."), BODY)
    for note in notes:
        must = _(", must fix") if note["must_fix"] else ""
        state = str(note["state"]).replace("_", " ")
        yield _text(f"{note['number']} (round {note['round']}, {state}{must}): {note['text']}", BODY)


def _proof(decision: Decision) -> Iterator[Flowable]:
    yield _text(_("How to verify"), HEAD)
    yield _text(f"{_('Decision')} {decision.number} · {decision.pk}", BODY)
    yield _text(f"{_('Hash')} {decision.hash}", MONO)
    yield _text(f"{_('Hash before it')} {decision.previous_hash}", MONO)
    words = _(
        "Each decision of this organisation carries the hash of its content together with the hash of the one before. "
        "Whoever runs Signoff proves with “signoff audit verify” that none was changed, removed or added by hand; the "
        "file of each name above has the SHA-256 that stands below it."
    )
    yield _text(words, SMALL)


def _lines(text: str) -> Iterator[Flowable]:
    """Text of several lines, a paragraph each, so that a page may end between any two."""
    for line in text.splitlines():
        yield _text(line, BODY)


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(_clean(text)) or "&nbsp;", style)


def _clean(text: str) -> str:
    return printable(CONTROL.sub("", text))


def _foot(words: str, canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.saveState()
    canvas.setFont(BELOW.fontName, BELOW.fontSize)
    canvas.setFillColor(SOFT)
    canvas.drawString(22 * mm, 11 * mm, words)
    canvas.drawRightString(A4[0] - 22 * mm, 11 * mm, str(document.page))
    canvas.restoreState()
