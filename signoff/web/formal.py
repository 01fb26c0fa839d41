"""FORMAL stages as pages show them: groups, people and how they stand, what this person may do, why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from signoff.accounts.policy import Permission, can
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.pipelines.models import ApprovalType
from signoff.reviews.models import Choice, Decision, Rule
from signoff.reviews.open_notes import must_fix_for
from signoff.reviews.standing import Circle, Seat, Standing, standings_of, today_of
from signoff.revisions.models import Revision


@dataclass(frozen=True, slots=True)
class Button:
    """One of the four choices: the glyph of a status and its tone, or an icon; the key that presses it."""

    choice: Choice
    word: str | Promise
    status: str
    icon: str
    key: str


# icons: circle-check
BUTTONS = (
    Button(Choice.APPROVE, gettext_lazy("Approve"), "approved", "", "1"),
    Button(Choice.APPROVE_WITH_CHANGES, gettext_lazy("Approve with changes"), "in_progress", "circle-check", "2"),
    Button(Choice.REQUEST_CHANGES, gettext_lazy("Request changes"), "changes_requested", "", "3"),
    Button(Choice.NOT_MY_CALL, gettext_lazy("Not my call"), "skipped", "", "4"),
)
SAID: Mapping[str, str | Promise] = {
    Choice.APPROVE: gettext_lazy("Approved"),
    Choice.APPROVE_WITH_CHANGES: gettext_lazy("With changes"),
    Choice.REQUEST_CHANGES: gettext_lazy("Changes requested"),
    Choice.NOT_MY_CALL: gettext_lazy("Not my call"),
}
STATUS_OF = {button.choice.value: button.status for button in BUTTONS}


@dataclass(frozen=True, slots=True)
class Formal:
    """One stage in one round. `notes` are those that close approving to this person."""

    standing: Standing
    circles: Sequence[Circle]
    seats: Sequence[Seat]
    notes: Sequence[dict[str, object]]
    is_older: bool
    may_decide: bool
    may_edit: bool
    may_unlock: bool

    @property
    def stage(self) -> Stage:
        return self.standing.stage

    @property
    def decided(self) -> int:
        return sum(seat.decision is not None for seat in self._seats.values())

    @property
    def all(self) -> int:
        return len(self._seats)

    @property
    def _seats(self) -> dict[UUID, Seat]:
        return {seat.user.pk: seat for circle in self.circles for seat in circle.seats}

    @property
    def ending(self) -> Decision | None:
        """The decision of the result, where this person sees it: its certificate names all of them."""
        found = self.standing.ending
        return found if found and any(seat.decision == found for seat in self._seats.values()) else None

    @property
    def mine(self) -> Decision | None:
        return next((seat.decision for seat in self.seats if seat.decision), None)

    @property
    def awaits(self) -> bool:
        """Is somebody's answer waited for, whom one could remind?"""
        return self.stage.status == StageStatus.IN_REVIEW and bool(self.standing.awaited())

    @property
    def waits_for(self) -> str:
        """The name of the group before, for who is named and whose turn it is not yet."""
        is_open = self.stage.status == StageStatus.IN_REVIEW and not self.is_older
        if not is_open or self.may_decide or not self.seats:
            return ""
        return next((one.group.name for one in self.circles if one.group and not one.is_settled), "")

    @property
    def lacks_round(self) -> bool:
        return self.standing.revision is None and self.stage.status == StageStatus.IN_REVIEW

    @property
    def gate(self) -> str:
        """Why approving is closed, in a sentence."""
        n = len(self.notes)
        if not n:
            return ""
        words = ngettext(
            "%(n)s must-fix note is open: approving is closed until it is verified.",
            "%(n)s must-fix notes are open: approving is closed until they are verified.",
            n,
        )
        return words % {"n": n}


def formal_of(actor: Actor, row: Deliverable, stages: Iterable[Stage], revision: Revision | None) -> dict[UUID, Formal]:
    """Of the FORMAL ones among the stages; seven queries at most, none where there is no such stage."""
    found = [stage for stage in stages if stage.approval_type == ApprovalType.FORMAL]
    if not found:
        return {}
    for stage in found:
        stage.deliverable = row
    standings = standings_of(found, revision, today_of(row.project.organization))
    newest = row.client_round if actor.role == "client_viewer" else row.round
    is_older = revision is not None and revision.round != newest
    may = {pk: one.may_decide(actor) and not row.held and not row.project.is_archived for pk, one in standings.items()}
    notes = must_fix_for(actor, row) if any(may.values()) else []
    return {pk: _formal(actor, one, notes, is_older, may[pk]) for pk, one in standings.items()}


def _formal(actor: Actor, standing: Standing, notes: Sequence[Any], is_older: bool, may_decide: bool) -> Formal:
    stage, revision = standing.stage, standing.revision
    is_over = stage.deliverable.project.is_archived or stage.status == StageStatus.APPROVED
    is_locked = revision is not None and revision.locked_at is not None
    return Formal(
        standing=standing,
        circles=standing.circles_for(actor),
        seats=standing.seats_of(actor),
        notes=notes if may_decide else (),
        is_older=is_older,
        may_decide=may_decide,
        may_edit=can(actor, Permission.EDIT_APPROVERS) and not is_over and not is_older,
        may_unlock=is_locked and not is_older and can(actor, Permission.UNLOCK_ROUND),
    )


def rule_words(circle: Circle) -> str:
    """“all of 2”, “any of 3”, “2 of 3”; of who is not named nothing."""
    group, n = circle.group, len(circle.seats)
    if group is None:
        return ""
    if group.rule == Rule.QUORUM:
        return _("%(k)s of %(n)s") % {"k": group.quorum, "n": n}
    return (_("all of %(n)s") if group.rule == Rule.ALL else _("any of %(n)s")) % {"n": n}


def review_address(deliverable_id: UUID) -> str:
    """Where one looks before one decides; empty where there is no such page."""
    try:
        return reverse("review", args=[deliverable_id])
    except NoReverseMatch:
        return ""


WORDS: Mapping[str, Any] = {  # what templates of decisions know by name
    "said_words": SAID,
    "status_of": STATUS_OF,
    "rule_words": rule_words,
    "buttons": BUTTONS,
    "review_address": review_address,
}
