"""Saying something about a round."""

from django.db import IntegrityError, transaction

from signoff.accounts.policy import Permission, require
from signoff.accounts.visibility import CLIENT_VIEWER
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.text import clean_text
from signoff.feedback.announce_comment import announce_comment
from signoff.feedback.errors import AlreadyRemoved, BadMark, BadPlace, EmptyComment, SaidElsewhere, UnknownParent
from signoff.feedback.models import Audience, Comment, Sighting
from signoff.feedback.newest import check_newest
from signoff.feedback.people import named, thread_of, told_of_comment
from signoff.feedback.places import check_marks, file_at
from signoff.feedback.said import Added, Said
from signoff.feedback.shapes import MOST_TEXT
from signoff.feedback.write import drop_sent, put_marks, put_mentions, raise_note
from signoff.revisions.locking import locked_round
from signoff.revisions.models import Revision
from signoff.revisions.settle import settle_round


@transaction.atomic
def add_comment(*, actor: Actor, revision: Revision, said: Said) -> Added:
    """Say something about the newest round that the actor sees; what begins a thread is a note, unless it is decided.

    Sent twice (`sent_as`) is said once. Clients say everything to both sides; an answer is heard by no more people
    than what it answers. The owner, the assignee, the thread and who is named are told. Raises NotAllowed, NotFound,
    OldRound, UnknownParent, AlreadyRemoved, EmptyComment, BadText, BadPlace, BadMark, UnknownPerson, SaidElsewhere,
    DeliverableStopped, ProjectArchived.
    """
    require(actor, Permission.COMMENT, revision.deliverable.project.organization_id)
    revision, _ = locked_round(revision)
    before = _said_before(actor, revision, said)
    if before:
        return Added(before, is_new=False)
    check_newest(actor, revision)
    parent, audience = _answered(actor, revision, said)
    text = clean_text(said.text, field="text", most=MOST_TEXT)
    if not text and not said.marks:
        raise EmptyComment(field="text")
    people = named(revision.deliverable, said.mentions)
    comment = _written(actor, revision, said, text, audience, parent)
    put_mentions(comment, people)
    settle_round(revision)
    drop_sent(comment)
    tell = told_of_comment(comment, people, thread_of(parent) if parent else ())
    announce_comment(Verb.COMMENT_ADDED, actor, comment, tell=tell)
    return Added(comment, is_new=True)


def _written(
    actor: Actor, revision: Revision, said: Said, text: str, audience: Audience, parent: Comment | None
) -> Comment:
    file = None if parent else file_at(revision, said.place)
    check_marks(file, said.place, said.marks)
    comment = Comment(
        revision=revision,
        file=file,
        parent=parent,
        author_id=actor.user_id,
        author_label=actor.label[:200],
        text=text,
        audience=audience,
        fps_num=file.fps_num if file else None,
        fps_den=file.fps_den if file else None,
        sent_as=said.sent_as,
        is_after_lock=revision.locked_at is not None,
        **said.place.kept(),
    )
    _save(comment)
    put_marks(comment, said.marks)
    if parent is None and not comment.is_after_lock:
        raise_note(actor, comment, said.kind, said.is_must_fix)
    return comment


def _save(comment: Comment) -> None:
    """Raises SaidElsewhere: two deliverables are not locked by one another, so the constraint has the last word."""
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
    except IntegrityError as error:
        raise SaidElsewhere(field="sent_as") from error


def _said_before(actor: Actor, revision: Revision, said: Said) -> Comment | None:
    if said.sent_as is None or actor.user_id is None:
        return None
    found = Comment.objects.filter(author_id=actor.user_id, sent_as=said.sent_as).first()
    if found and found.revision_id != revision.pk:
        raise SaidElsewhere(field="sent_as")
    return found


def _answered(actor: Actor, revision: Revision, said: Said) -> tuple[Comment | None, Audience]:
    """The comment at the thread's beginning, and who reads the answer."""
    wanted = Audience.CLIENT if actor.role == CLIENT_VIEWER else said.audience
    if said.parent is None:
        return None, wanted
    if said.marks:
        raise BadMark("Draw in a comment of its own; an answer has words only.", field="marks")
    if not said.place.is_empty:
        raise BadPlace("An answer stands where the comment stands that it answers.", field="file")
    asked = Comment.objects.visible_to(actor).filter(pk=said.parent).select_related("parent").first()
    head = asked and (asked.parent or asked)
    if asked is None or head is None or not _stands_in(head, revision):
        raise UnknownParent(field="parent")
    if asked.removed_at:
        raise AlreadyRemoved()
    return head, wanted if asked.audience == Audience.CLIENT else Audience.INTERNAL


def _stands_in(head: Comment, revision: Revision) -> bool:
    carried = Sighting.objects.filter(item__comment=head, revision=revision)
    return head.revision_id == revision.pk or carried.exists()
