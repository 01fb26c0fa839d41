"""A round's comments as its page and the API read them: plain values in the shape of `room/types.ts`.

A fixed number of queries, however many comments there are.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q

from signoff.accounts.names import NOBODY, shown_name, shown_person
from signoff.accounts.policy import Permission, can
from signoff.accounts.visibility import CLIENT_VIEWER
from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.feedback.models import Annotation, Attachment, Audience, Comment, CommentQuerySet, Sighting, State
from signoff.feedback.newest import newest_round
from signoff.feedback.places import is_approximate, place_in
from signoff.feedback.states import is_same, legal_moves, may_change, may_move
from signoff.revisions.models import Revision

Shape = dict[str, Any]
WORDS = {"address": State.ADDRESSED, "verify": State.VERIFIED, "reopen": State.REOPENED, "refuse": State.WONT_FIX}


def comments_of(actor: Actor, revision: Revision) -> list[Shape]:
    """What was said about this round, and the threads of notes that were carried into it, as far as this round.

    In the order in which it was said. `revision.deliverable` is known, and the round visible to the actor.
    """
    heads = _heads(revision)
    rows = Comment.objects.visible_to(actor).filter(Q(pk__in=heads) | Q(parent__in=heads))
    return _shapes(actor, revision, rows.filter(revision__round__lte=revision.round))


def comment_in(actor: Actor, revision: Revision, comment_id: UUID) -> Shape:
    """One of them, as this round has it."""
    rows = Comment.objects.visible_to(actor).filter(Q(pk=comment_id) | Q(parent=comment_id))
    found = {one["id"]: one for one in _shapes(actor, revision, rows, with_removed=True)}
    if comment_id not in found:
        raise NotFound()
    return found[comment_id]


def _heads(revision: Revision) -> Any:
    here = Sighting.objects.filter(revision=revision).values("item__comment")
    return Comment.objects.filter(Q(revision=revision) | Q(pk__in=here), parent=None).order_by().values("pk")


def _shapes(actor: Actor, revision: Revision, found: CommentQuerySet, *, with_removed: bool = False) -> list[Shape]:
    related = ("author", "file", "revision", "parent", "item", "item__state_by")
    rows = list(found.select_related(*related).prefetch_related("annotations", _attachments(actor)))
    answered = {row.parent_id for row in rows if row.removed_at is None}
    rows = [row for row in rows if with_removed or row.removed_at is None or row.pk in answered]
    notes = [row.item.pk for row in rows if hasattr(row, "item")]
    sightings = Sighting.objects.filter(revision=revision, item__in=notes).select_related("file")
    here = {sighting.item_id: sighting for sighting in sightings}
    is_newest = revision == newest_round(actor, revision.deliverable)
    return [_shape(actor, row, here, revision, is_newest) for row in rows]


def _shape(actor: Actor, row: Comment, here: Mapping[UUID, Sighting], revision: Revision, is_newest: bool) -> Shape:
    item = row.item if hasattr(row, "item") else None
    sighting = here.get(item.pk) if item else None
    is_removed = row.removed_at is not None
    return {
        "id": row.pk,
        "parent": row.parent_id,
        "author": person_of(actor, row),
        "text": "" if is_removed else row.text_for(actor),
        "audience": row.audience,
        "client_text": "" if actor.role == CLIENT_VIEWER else row.client_text,
        "at": row.created_at.isoformat(),
        "edited_at": row.edited_at.isoformat() if row.edited_at else None,
        "is_removed": is_removed,
        "is_after_lock": row.is_after_lock,
        "version": row.version,
        **place_in(row, sighting),
        "marks": [mark_of(one) for one in row.annotations.all() if _is_shown(actor, row, one)],
        "attachments": [attachment_of(one) for one in row.attachments.all()],
        "note": note_of(actor, row, sighting, is_newest) if item and not is_removed else None,
        "may": may_with(actor, row, revision, is_newest),
        "sent_as": row.sent_as if is_same(actor, row.author_id) else None,
    }


def note_of(actor: Actor, row: Comment, sighting: Sighting | None, is_newest: bool) -> Shape:
    """The note as it stands in the sighting's round; without one, as it stands now."""
    item = row.item
    state = sighting.state if sighting else item.state
    is_now = state == item.state
    return {
        "id": item.pk,
        "number": item.number_for(actor),
        "client_number": item.client_number,
        "round": row.revision.round,
        "kind": item.kind,
        "is_must_fix": item.is_must_fix,
        "state": state,
        "state_by": shown_name(actor, item.state_by_id, item.state_by_label) if is_now else "",
        "reason": reason_for(actor, row) if is_now else "",
        "version": item.version,
        "is_approximate": is_approximate(row, sighting),
        "may": _may_with_note(actor, row, state) if is_newest else [],
    }


def reason_for(actor: Actor, row: Comment) -> str:
    """Clients read their own, and why something will not be done; not what was said before they saw it."""
    item = row.item
    if actor.role != CLIENT_VIEWER or is_same(actor, item.state_by_id):
        return item.reason
    is_theirs = row.released_at is None or item.state_since > row.released_at
    return item.reason if item.state == State.WONT_FIX and is_theirs else ""


def person_of(actor: Actor, row: Comment) -> Shape:
    person = shown_person(actor, row.author)
    if person is None:  # gone, or a system
        name = shown_name(actor, None, row.author_label)
        return {"id": None, "name": name, "initials": name[:1].upper(), "hue": 1}
    name = row.author_label if person is row.author else person.name
    return {
        "id": None if person.pk == NOBODY else person.pk,
        "name": name,
        "initials": person.initials,
        "hue": person.hue,
    }


def _attachments(actor: Actor) -> "Prefetch[str]":
    return Prefetch("attachments", Attachment.objects.visible_to(actor))


def _is_shown(actor: Actor, row: Comment, mark: Annotation) -> bool:
    """What was released in other words does not say the first ones in a mark."""
    return not (mark.kind == "text" and row.client_text and actor.role == CLIENT_VIEWER)


def mark_of(one: Annotation) -> Shape:
    plain = ("id", "kind", "geometry", "style", "frame", "z")
    return {name: getattr(one, name) for name in plain}


def attachment_of(one: Attachment) -> Shape:
    address = f"{settings.BASE_PATH}/api/v1/attachments/{one.pk}/content"
    return {"id": one.pk, "name": one.name, "size": one.size, "address": address}


def may_with(actor: Actor, row: Comment, revision: Revision, is_newest: bool) -> list[str]:
    """What of `change`, `remove`, `release`, `reply` this actor may do with it in this round."""
    if row.removed_at or not is_newest:
        return []
    is_here = row.revision_id == revision.pk
    is_open = is_here and (revision.locked_at is None or row.is_after_lock)
    is_own = is_open and is_same(actor, row.author_id) and can(actor, Permission.COMMENT)
    is_asked = row.parent is None or row.parent.audience == Audience.CLIENT
    may = {
        "change": is_own,
        "remove": is_own or (is_open and can(actor, Permission.MANAGE_ORGANIZATION)),
        "release": row.audience == Audience.INTERNAL and is_asked and can(actor, Permission.RELEASE_COMMENT),
        "reply": can(actor, Permission.COMMENT),
    }
    return [name for name, is_given in may.items() if is_given]


def _may_with_note(actor: Actor, row: Comment, state: str) -> list[str]:
    moves: Iterable[State] = legal_moves(state)
    may = [word for word, to in WORDS.items() if to in moves and may_move(actor, row.item, to)]
    return [*may, "change"] if may_change(actor, row.item) else may
