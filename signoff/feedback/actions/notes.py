"""What becomes of a note: done, verified, opened again, refused, replaced; what it asks for, and where it is found."""

from dataclasses import dataclass

from django.db import transaction

from signoff.accounts.policy import Permission, can, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import NotAllowed, NotFound
from signoff.core.text import clean_text
from signoff.feedback.announce_comment import announce_comment
from signoff.feedback.carry import stand_in, write_state
from signoff.feedback.errors import BadPlace, BadSuperseder, NotALegalMove, NoteReasonNeeded
from signoff.feedback.lock import locked_note
from signoff.feedback.models import CARRIED, Audience, FeedbackItem, Kind, Sighting, State
from signoff.feedback.newest import check_newest, newest_round
from signoff.feedback.people import told_of_note
from signoff.feedback.places import file_at
from signoff.feedback.shapes import Place
from signoff.feedback.states import legal_moves, may_change, may_move, raised
from signoff.feedback.write import move
from signoff.revisions.models import Revision
from signoff.revisions.settle import settle_round

MOST_REASON = 500
VERBS = {
    State.ADDRESSED: Verb.NOTE_ADDRESSED,
    State.VERIFIED: Verb.NOTE_VERIFIED,
    State.REOPENED: Verb.NOTE_REOPENED,
    State.WONT_FIX: Verb.NOTE_REFUSED,
    State.SUPERSEDED: Verb.NOTE_SUPERSEDED,
}
JUDGED = (State.VERIFIED, State.REOPENED)  # somebody looked at the newest round, so its files stay


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What is to be another one; None stays. `place` is where it is found in `revision`, the newest round."""

    state: State | None = None
    reason: str = ""
    superseded_by: FeedbackItem | None = None
    kind: Kind | None = None
    is_must_fix: bool | None = None
    revision: Revision | None = None
    place: Place | None = None


@transaction.atomic
def change_note(*, actor: Actor, item: FeedbackItem, change: NoteChange, version: int | None = None) -> FeedbackItem:
    """Move a note, say anew what it asks for, say where it is found now. The thread, owner and assignee are told.

    Moved to where it is already, it stays as it is. Raises NotAllowed, NotALegalMove (which names the legal moves),
    ReasonNeeded, BadSuperseder, BadPlace, OldRound, ChangedMeanwhile, AlreadyRemoved, BadText, DeliverableStopped,
    ProjectArchived.
    """
    require(actor, Permission.COMMENT, item.deliverable.project.organization_id)
    item = locked_note(item)
    here = newest_round(actor, item.deliverable)
    if here is None:
        raise NotFound()
    is_moving = change.state is not None and change.state != item.state
    if change.state is not None and not is_moving and not _says_more(change):
        return item
    if version not in (None, item.version):
        raise ChangedMeanwhile(current={"version": item.version, "state": _state_in(item, here)})
    changes = _set_flags(actor, item, change) | _set_place(actor, item, change)
    if changes:
        item.version += 1
        item.save()
    if is_moving and change.state:
        _move(actor, item, change.state, change, here)
    elif changes:
        stand_in(item)
        announce_comment(
            Verb.NOTE_CHANGED, actor, item.comment, tell=told_of_note(item.comment, here), changes=changes, here=here
        )
    return item


def _move(actor: Actor, item: FeedbackItem, to: State, change: NoteChange, here: Revision) -> None:
    if not may_move(actor, item, to):
        raise NotAllowed()
    if to not in legal_moves(item.state):
        if (seen := _state_in(item, here)) != item.state:  # it went on in a round that is not shown to who asks
            raise ChangedMeanwhile(current={"version": item.version, "state": seen})
        legal = [str(one) for one in legal_moves(item.state)]
        words = f"This note is {_words(item.state)}; from there it can be {_listed(legal)}."
        raise NotALegalMove(words, field="state", state=item.state, legal=legal)
    reason, by = _reason(to, change.reason), _superseder(actor, item, to, change.superseded_by)
    before = item.state
    move(actor, item, to, reason, by)
    stand_in(item)
    write_state(item, here.round)
    if to in JUDGED:
        settle_round(here)
    is_said = to == State.WONT_FIX and item.comment.audience == Audience.CLIENT
    announce_comment(
        VERBS[to],
        actor,
        item.comment,
        tell=told_of_note(item.comment, here),
        changes={"state": (before, item.state)},
        data={"note": reason, "is_with_client": is_said} if reason else {},
        here=here,
    )


def _state_in(item: FeedbackItem, here: Revision) -> str:
    """How it stands in the round that is looked at."""
    found = Sighting.objects.filter(item=item, revision=here).values_list("state", flat=True).first()
    return found or item.state


def _set_flags(actor: Actor, item: FeedbackItem, change: NoteChange) -> dict[str, tuple[object, object]]:
    if change.kind is None and change.is_must_fix is None:
        return {}
    if not may_change(actor, item):
        raise NotAllowed()
    before = (item.kind, item.is_must_fix)
    item.kind = change.kind or item.kind
    is_must_fix = item.is_must_fix if change.is_must_fix is None else change.is_must_fix
    item.is_must_fix = is_must_fix and item.kind in CARRIED
    pairs = {"kind": (before[0], item.kind), "is_must_fix": (before[1], item.is_must_fix)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _set_place(actor: Actor, item: FeedbackItem, change: NoteChange) -> dict[str, tuple[object, object]]:
    """Where it is found in a round that it was carried into; where it was raised, the comment says it."""
    if change.place is None:
        return {}
    if not (can(actor, Permission.ADDRESS_NOTE) or can(actor, Permission.SETTLE_NOTE) or raised(actor, item)):
        raise NotAllowed()
    if change.revision is None:
        raise BadPlace("Say in which round that is.", field="round")
    revision = change.revision
    revision.deliverable = item.deliverable
    check_newest(actor, revision)
    found = Sighting.objects.filter(item=item, revision=revision).exclude(revision=item.comment.revision_id).first()
    if found is None:
        raise BadPlace("The note was not carried into this round. Change the comment itself.", field="round")
    file = file_at(revision, change.place)
    kept = change.place.kept() | {"frames": file.frames if file else None}
    before = found.place
    found.file, found.place, found.is_approximate = file, kept, False
    found.save(update_fields=["file", "place", "is_approximate", "updated_at"])
    return {"place": (before, kept)}


def _reason(to: State, text: str) -> str:
    reason = clean_text(text, field="reason", most=MOST_REASON)
    if to == State.WONT_FIX and not reason:
        raise NoteReasonNeeded(field="reason")
    return reason if to in (State.WONT_FIX, State.REOPENED) else ""


def _superseder(actor: Actor, item: FeedbackItem, to: State, by: FeedbackItem | None) -> FeedbackItem | None:
    """Another living note of the deliverable, so that what replaces something can be found."""
    if to != State.SUPERSEDED:
        return None
    others = FeedbackItem.objects.visible_to(actor).filter(deliverable=item.deliverable_id, comment__removed_at=None)
    found = others.exclude(pk=item.pk).exclude(state=State.SUPERSEDED).filter(pk=by.pk).first() if by else None
    if found is None:
        raise BadSuperseder(field="superseded_by")
    return found


def _says_more(change: NoteChange) -> bool:
    return change.kind is not None or change.is_must_fix is not None or change.place is not None


def _words(state: str) -> str:
    return str(State(state).label).lower()


def _listed(states: list[str]) -> str:
    words = [_words(state) for state in states]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
