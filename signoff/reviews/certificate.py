"""A decision on paper: who, what, when, on which files; and how to find out whether it is still what was written.

With the decision that brought a stage's result come all that counted for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from signoff.accounts.branding import logo_of
from signoff.accounts.models import Organization
from signoff.accounts.names import is_named, shown_name
from signoff.accounts.visibility import CLIENT_VIEWER
from signoff.core.actor import Actor
from signoff.core.pdf import Letterhead, Piece, paper, paragraph, space
from signoff.mails import Brand
from signoff.reviews.models import Choice, Decision, Identity
from signoff.reviews.open_notes import shown_notes

RESULTS = {
    Choice.APPROVE: "Approved",
    Choice.APPROVE_WITH_CHANGES: "Approved with changes",
    Choice.REQUEST_CHANGES: "Changes requested",
    Choice.NOT_MY_CALL: "Not my call",
}
PROOFS = {
    Identity.SESSION: "signed in",
    Identity.PASSWORD: "signed in, gave the password again",
    Identity.CODE: "signed in, gave a code that was mailed",
}
ACCENT = "#2a54d0"


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
        absent = shown_name(self.actor, decision.approver_id, decision.deputy_of)
        return _("%(name)s for %(absent)s") % {"name": name, "absent": absent}


def certificate_of(actor: Actor, house: Organization, decision: Decision, counted: Sequence[Decision]) -> bytes:
    """The PDF; `counted` are the decisions that made the result, where this one brought it."""
    logo = logo_of(house.branding)
    head = Letterhead(house.name, house.branding.get("accent") or ACCENT, logo[1] if logo else None)
    words = {"stage": decision.about["stage"], "name": decision.about["deliverable"], "number": decision.number}
    title = _("Decision %(number)s: %(stage)s of %(name)s") % words
    pieces = list(_content(Reader(actor, house), decision, counted))
    return paper(head, title[:200], pieces, made_at=decision.decided_at)


def _content(reader: Reader, decision: Decision, counted: Sequence[Decision]) -> Iterator[Piece]:
    about = decision.about
    words = {"stage": about["stage"], "name": about["deliverable"], "round": decision.round}
    yield paragraph(RESULTS[Choice(decision.result or decision.choice)], "title")
    yield paragraph(_("%(stage)s of %(name)s, round %(round)s") % words)
    yield paragraph(" · ".join(filter(None, (about["project"], about["job_number"], about["organization"]))), "small")
    yield from _decided(reader, counted or [decision])
    if decision.statement:
        yield paragraph(_("What they put their name to"), "heading")
        yield paragraph(decision.statement)
    yield from _files(decision)
    yield from _notes(shown_notes(decision.open_notes, reader.actor))
    yield from _proof(reader, decision)


def _decided(reader: Reader, decisions: Iterable[Decision]) -> Iterator[Piece]:
    yield paragraph(_("Decided by"), "heading")
    for one in decisions:
        group = f" ({one.group})" if one.group else ""
        yield paragraph(f"{reader.name(one)}{group}: {Choice(one.choice).label}", "strong")
        yield paragraph(f"{reader.moment(one.decided_at)} · {_how(reader, one)}", "small")
        if one.reason:
            yield paragraph(one.reason)
        yield space(4)


def _how(reader: Reader, decision: Decision) -> str:
    """How they proved themselves; where from, for the house."""
    parts = [PROOFS[Identity(decision.identity)]]
    if not reader.is_client:
        parts += [part for part in (decision.user_email, decision.ip, decision.browser) if part]
    elif is_named(reader.actor, decision.user_id) and decision.user_email:
        parts.append(decision.user_email)
    return " · ".join(parts)


def _files(decision: Decision) -> Iterator[Piece]:
    yield paragraph(_("Files of this round"), "heading")
    for file in decision.files:
        yield paragraph(f"{file['name']} · {file['size']:,} bytes")
        yield paragraph(f"SHA-256 {file['sha256'] or _('not known yet')}", "code")


def _notes(notes: Sequence[dict[str, object]]) -> Iterator[Piece]:
    yield paragraph(_("Open notes"), "heading")
    if not notes:
        yield paragraph(_("None."))
    for note in notes:
        must = _(", must fix") if note["must_fix"] else ""
        state = str(note["state"]).replace("_", " ")
        yield paragraph(f"{note['number']} (round {note['round']}, {state}{must}): {note['text']}")


def _proof(reader: Reader, decision: Decision) -> Iterator[Piece]:
    product = Brand(reader.house.name, reader.house.branding).product
    yield paragraph(_("How to verify"), "heading")
    yield paragraph(f"{_('Decision')} {decision.number} · {decision.pk}")
    yield paragraph(f"{_('Hash')} {decision.hash}", "code")
    yield paragraph(f"{_('Hash before it')} {decision.previous_hash}", "code")
    words = _(
        "Each decision of this organisation carries the hash of its content, which holds the hash of the one before. "
        "Whoever runs %(product)s proves with “signoff audit verify” that none was changed, removed or added by hand. "
        "A file is the one that was decided on when it has the SHA-256 that stands below its name."
    )
    yield paragraph(words % {"product": product}, "small")
