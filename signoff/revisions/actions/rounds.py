"""What a round says of itself, and showing it to the client. Adding one and taking it back moves notes: `feedback`."""

from django.db import transaction

from signoff.accounts.policy import Permission, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.text import clean_text
from signoff.revisions.announce_round import MOST_NOTE, announce_round
from signoff.revisions.covers import refresh_covers
from signoff.revisions.locking import locked_round, round_to_change
from signoff.revisions.models import Revision


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
