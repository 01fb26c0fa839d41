"""The words and glyphs of pages: statuses, approval types, the vocabulary. One place, so that all agree."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise


class StatusWord(NamedTuple):
    """How one status is shown: its word, the word where room is short, and a symbol of glyphs.svg."""

    word: Word
    short: Word
    glyph: str


STATUSES: dict[str, StatusWord] = {
    "not_started": StatusWord(_("Not started"), _("Not started"), "st-not-started"),
    "in_progress": StatusWord(_("In progress"), _("In progress"), "st-in-progress"),
    "in_review": StatusWord(_("In review"), _("In review"), "st-in-review"),
    "changes_requested": StatusWord(_("Changes requested"), _("Changes"), "st-changes"),
    "approved": StatusWord(_("Approved"), _("Approved"), "st-approved"),
    "delivered": StatusWord(_("Delivered"), _("Delivered"), "st-delivered"),
    "skipped": StatusWord(_("Skipped"), _("Skipped"), "st-skipped"),
    "on_hold": StatusWord(_("On hold"), _("On hold"), "st-on-hold"),
    "cancelled": StatusWord(_("Cancelled"), _("Cancelled"), "st-cancelled"),
    # of projects
    "draft": StatusWord(_("Draft"), _("Draft"), "st-not-started"),
    "active": StatusWord(_("Active"), _("Active"), "st-in-progress"),
    "completed": StatusWord(_("Completed"), _("Completed"), "st-approved"),
    "archived": StatusWord(_("Archived"), _("Archived"), "st-skipped"),
}

# icons: check stamp users
APPROVAL_TYPES: dict[str, dict[str, Word]] = {
    "none": {"word": _("No approval"), "hint": _("The assignee finishes it"), "icon": "check"},
    "simple": {"word": _("Simple"), "hint": _("One permitted person approves"), "icon": "stamp"},
    "formal": {"word": _("Formal"), "hint": _("Named approvers decide"), "icon": "users"},
}

# What an organisation may call in its own words, and what it is called until it does.
VOCABULARY: dict[str, Word] = {
    "job_number": _("Job number"),
    "client_team": _("Client team"),
    "client_teams": _("Client teams"),
    "deliverable": _("Deliverable"),
    "deliverables": _("Deliverables"),
    "round": _("Round"),
    "rounds": _("Rounds"),
}


def vocabulary_of(own: dict[str, str]) -> dict[str, str]:
    """The house's words, each with its default."""
    return {key: own.get(key) or str(word) for key, word in VOCABULARY.items()}
