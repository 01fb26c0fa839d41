"""Saying something anew, taking it back, showing it to the client."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.policy import Permission, can, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import NotAllowed
from signoff.core.text import clean_text
from signoff.feedback.announce_comment import announce_comment
from signoff.feedback.errors import EmptyComment, ParentIsInternal
from signoff.feedback.lock import locked_comment
from signoff.feedback.models import Audience, Comment, FeedbackItem
from signoff.feedback.newest import check_newest
from signoff.feedback.people import named, told_of_comment
from signoff.feedback.places import check_drawn, check_marks, file_at, own_place
from signoff.feedback.shapes import MOST_TEXT, Mark, Place
from signoff.feedback.states import is_same
from signoff.feedback.write import number_for_clients, put_marks, put_mentions, take_words
from signoff.revisions.settle import settle_round


@dataclass(frozen=True, slots=True)
class Anew:
    """What of a comment is said anew; None stays as it is."""

    text: str | None = None
    place: Place | None = None
    marks: Sequence[Mark] | None = None
    mentions: Sequence[UUID] | None = None


@transaction.atomic
def change_comment(*, actor: Actor, comment: Comment, anew: Anew, version: int | None = None) -> Comment:
    """Say it anew, in the newest round and before that is decided: by who said it. Who is named now is told.

    Raises NotAllowed, OldRound, RoundLocked, AlreadyRemoved, ChangedMeanwhile, EmptyComment, BadText, BadPlace,
    BadMark, UnknownPerson, DeliverableStopped, ProjectArchived.
    """
    require(actor, Permission.COMMENT, comment.revision.deliverable.project.organization_id)
    comment = locked_comment(comment, to_change=True)
    if not is_same(actor, comment.author_id):
        raise NotAllowed()
    check_newest(actor, comment.revision)
    _check_version(actor, comment, version)
    before = comment.text
    if anew.text is not None:
        comment.text = clean_text(anew.text, field="text", most=MOST_TEXT)
    _put_place(comment, anew)
    if not comment.text and not comment.annotations.exists():
        raise EmptyComment(field="text")
    people = _newly_named(comment, anew)
    comment.version, comment.edited_at = comment.version + 1, now()
    comment.save()
    changes = {"text": (before, comment.text)} if before != comment.text else {}
    announce_comment(
        Verb.COMMENT_CHANGED, actor, comment, tell=told_of_comment(comment, people, only_named=True), changes=changes
    )
    return comment


def _put_place(comment: Comment, anew: Anew) -> None:
    """Marks and their place are checked together, whichever of them is new."""
    if anew.place is None and anew.marks is None:
        return
    if comment.parent_id:
        check_marks(None, Place(), anew.marks or ())
        return
    place = own_place(comment) if anew.place is None else anew.place
    comment.file = file_at(comment.revision, place)
    for name, value in place.kept().items():
        setattr(comment, name, value)
    if anew.marks is None:
        check_drawn(comment.file, place, list(comment.annotations.values_list("frame", flat=True)))
        return
    check_marks(comment.file, place, anew.marks)
    put_marks(comment, anew.marks)


def _newly_named(comment: Comment, anew: Anew) -> list[UUID]:
    if anew.mentions is None:
        return []
    people = named(comment.revision.deliverable, anew.mentions)
    before = set(comment.mentions.values_list("pk", flat=True))
    put_mentions(comment, people)
    return [who for who in people if who not in before]


@transaction.atomic
def remove_comment(*, actor: Actor, comment: Comment) -> None:
    """Take it back: its words, marks and files go, its answers stay, and its note asks for nothing any more.

    By who said it, or an admin, in the newest round before that is decided. Raises NotAllowed, OldRound, RoundLocked,
    AlreadyRemoved, DeliverableStopped, ProjectArchived.
    """
    require(actor, Permission.COMMENT, comment.revision.deliverable.project.organization_id)
    comment = locked_comment(comment, to_change=True)
    if not is_same(actor, comment.author_id) and not can(actor, Permission.MANAGE_ORGANIZATION):
        raise NotAllowed()
    check_newest(actor, comment.revision)
    take_words(actor, comment)
    announce_comment(Verb.COMMENT_REMOVED, actor, comment, tell={})


@transaction.atomic
def release_comment(*, actor: Actor, comment: Comment, client_text: str = "", version: int | None = None) -> Comment:
    """Show an internal comment to the client, perhaps in other words; its answers stay internal. There is no way back.

    Released once more, it only gets other words. Files that came with it, and with other words the texts in its
    drawing, stay with the house. Raises NotAllowed, AlreadyRemoved, ParentIsInternal, ChangedMeanwhile, BadText.
    """
    require(actor, Permission.RELEASE_COMMENT, comment.revision.deliverable.project.organization_id)
    comment = locked_comment(comment)
    if comment.parent and comment.parent.audience == Audience.INTERNAL:
        raise ParentIsInternal()
    words = clean_text(client_text, field="client_text", most=MOST_TEXT)
    words = "" if words == comment.text else words
    was_client = comment.audience == Audience.CLIENT
    if was_client and (comment.released_at is None or not words or words == comment.client_text):
        return comment
    _check_version(actor, comment, version)
    comment.audience, comment.client_text, comment.version = Audience.CLIENT, words, comment.version + 1
    comment.released_at = comment.released_at or now()
    comment.save(update_fields=["audience", "client_text", "version", "released_at", "updated_at"])
    item = FeedbackItem.objects.filter(comment=comment).first()
    if item:
        item.comment = comment
        number_for_clients(item)
    settle_round(comment.revision)
    people = [] if was_client else list(comment.mentions.values_list("pk", flat=True))
    verb = Verb.COMMENT_CHANGED if was_client else Verb.COMMENT_RELEASED
    author = [comment.author_id] if comment.author_id and not was_client else []
    announce_comment(verb, actor, comment, tell=told_of_comment(comment, people, author, only_named=True))
    return comment


def _check_version(actor: Actor, comment: Comment, version: int | None) -> None:
    if version not in (None, comment.version):
        raise ChangedMeanwhile(current={"version": comment.version, "text": comment.text_for(actor)})
