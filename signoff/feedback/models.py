"""Comments on a round, the marks drawn with them, and what is to be done about them.

A comment that begins a thread is also a note (`FeedbackItem`): a thing to do, a question, a remark. A note lives as
long as it is not settled, over all rounds of its deliverable; in each of them it has a `Sighting`, which says how it
stood there and where it is found. Nothing is ever copied.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from signoff.accounts.visibility import CLIENT_VIEWER, ProjectScopedQuerySet, ScopedQuerySet, ids_of
from signoff.core.actor import Actor, Covers
from signoff.core.models import SignoffModel


class Audience(models.TextChoices):
    """Who reads a comment. Internal becomes client only by an act of its own; never the other way about."""

    INTERNAL = "internal", "Internal"
    CLIENT = "client", "Client"


def _shown(path: str) -> Q:
    """Client comments of released rounds; a reply only where the one that it answers is shown as well."""
    released = f"{path}revision__deliverable__released_rounds__contains"
    is_shown = Q((released, [F(f"{path}revision__round")])) & Q((f"{path}audience", Audience.CLIENT))
    asked = Q((released, [F(f"{path}parent__revision__round")])) & Q((f"{path}parent__audience", Audience.CLIENT))
    return is_shown & (Q((f"{path}parent__isnull", True)) | asked)


class CommentQuerySet(ProjectScopedQuerySet["Comment"]):
    project_path: ClassVar[str] = "revision__deliverable__project__"

    def released(self) -> Q:
        return _shown("")


class Comment(SignoffModel):
    """Something said about a round, and where. A reply has a `parent`, and no place of its own.

    The place is in the file's own measure, as integers: frames from 0 (both ends belong to the range), milliseconds
    in a sound, pages from 1. Regions are fractions of the picture, from its upper left corner.
    """

    revision = models.ForeignKey("revisions.Revision", models.CASCADE, related_name="comments")
    file = models.ForeignKey("revisions.MediaFile", models.CASCADE, null=True, blank=True, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    author_label = models.CharField(max_length=200)
    text = models.TextField(blank=True)  # a drawing may speak for itself
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.INTERNAL)
    client_text = models.TextField(blank=True)  # the wording in which it was released, where that is another one
    released_at = models.DateTimeField(null=True, blank=True)  # an internal one, to the client
    frame_in = models.PositiveIntegerField(null=True, blank=True)
    frame_out = models.PositiveIntegerField(null=True, blank=True)  # None: one frame
    fps_num = models.PositiveIntegerField(null=True, blank=True)  # the file's, when it was said
    fps_den = models.PositiveIntegerField(null=True, blank=True)
    ms_in = models.PositiveIntegerField(null=True, blank=True)
    ms_out = models.PositiveIntegerField(null=True, blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)
    region = models.JSONField(null=True, blank=True)  # {"x", "y", "w", "h"}; a pin has neither width nor height
    quote = models.JSONField(null=True, blank=True)  # {"text", "before", "after"}: words of a page
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    sent_as = models.UUIDField(null=True, blank=True)  # the sender's own id: sent twice is said once
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)  # what has replies stays as a stub
    is_after_lock = models.BooleanField(default=False)  # said when the round was decided: it is no note
    version = models.PositiveIntegerField(default=1)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["author", "sent_as"], name="said_once")]
        indexes = [models.Index(fields=["revision", "created_at"], name="comments_of_a_round")]

    def __str__(self) -> str:
        """As events call it: in the client's wording where there is one, since clients may be told of them."""
        return (self.client_text or self.text)[:80] or "Drawing"

    def text_for(self, actor: Actor) -> str:
        """The wording that this actor reads."""
        return self.client_text or self.text if actor.role == CLIENT_VIEWER else self.text


class AnnotationQuerySet(ProjectScopedQuerySet["Annotation"]):
    project_path: ClassVar[str] = "comment__revision__deliverable__project__"

    def released(self) -> Q:
        return _shown("comment__")


class Annotation(SignoffModel):
    """One mark: what `shapes` lets pass. On a film it belongs to one frame of its comment's range."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="annotations")
    kind = models.CharField(max_length=12)
    geometry = models.JSONField()
    style = models.JSONField(default=dict)
    frame = models.PositiveIntegerField(null=True, blank=True)
    z = models.PositiveSmallIntegerField(default=0)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["z", "id"]

    def __str__(self) -> str:
        return self.kind


class AttachmentQuerySet(ProjectScopedQuerySet["Attachment"]):
    project_path: ClassVar[str] = "comment__revision__deliverable__project__"

    def released(self) -> Q:
        """What came with an internal comment before it was released stays with the house."""
        own = Q(comment__released_at=None) | Q(created_at__gt=F("comment__released_at"))
        return _shown("comment__") & own


class Attachment(SignoffModel):
    """A file that came with a comment: a reference, a font, a corrected text."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()  # bytes
    key = models.CharField(max_length=200, unique=True)  # where the storage has it
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name


class Kind(models.TextChoices):
    """What a note asks for. Actions and questions go on to the next round until they are settled."""

    ACTION = "action", "To do"
    QUESTION = "question", "Question"
    NOTE = "note", "Note"
    PRAISE = "praise", "Praise"


class State(models.TextChoices):
    OPEN = "open", "Open"
    ADDRESSED = "addressed", "Addressed"
    VERIFIED = "verified", "Verified"
    REOPENED = "reopened", "Reopened"
    WONT_FIX = "wont_fix", "Won’t fix"
    SUPERSEDED = "superseded", "Superseded"


UNSETTLED = (State.OPEN, State.ADDRESSED, State.REOPENED)
CARRIED = (Kind.ACTION, Kind.QUESTION)


class ItemQuerySet(ProjectScopedQuerySet["FeedbackItem"]):
    project_path: ClassVar[str] = "deliverable__project__"

    def released(self) -> Q:
        shown = Q(deliverable__released_rounds__contains=[F("comment__revision__round")])
        return shown & Q(comment__audience=Audience.CLIENT)

    def to_settle(self) -> "ItemQuerySet":
        """What still asks for something."""
        return self.filter(state__in=UNSETTLED, kind__in=CARRIED)


class FeedbackItem(SignoffModel):
    """A note: what a thread asks for, from the round it was raised in until it is settled.

    Its number is the next one of the round it was raised in, and stays: later rounds call it “7 of round 2”. Clients
    count only what they see, so those have a second one: a gap would tell of what is not theirs.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="item")
    deliverable = models.ForeignKey("deliverables.Deliverable", models.CASCADE, related_name="feedback")
    number = models.PositiveIntegerField()
    client_number = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ACTION)
    is_must_fix = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    state_since = models.DateTimeField(auto_now_add=True)
    state_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    state_by_label = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # why it will not be done, or was opened again
    superseded_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)  # goes up with each change, so that two people notice

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["deliverable", "state"], name="notes_of_a_deliverable")]

    def __str__(self) -> str:
        return str(self.comment)

    @property
    def is_settled(self) -> bool:
        return self.state not in UNSETTLED

    @property
    def is_carried(self) -> bool:
        """It goes on to the next round."""
        return not self.is_settled and self.kind in CARRIED

    def number_for(self, actor: Actor) -> int:
        """What this actor calls it."""
        return self.client_number or self.number if actor.role == CLIENT_VIEWER else self.number


class SightingQuerySet(ProjectScopedQuerySet["Sighting"]):
    project_path: ClassVar[str] = "item__deliverable__project__"

    def released(self) -> Q:
        origin = Q(item__deliverable__released_rounds__contains=[F("item__comment__revision__round")])
        here = Q(item__deliverable__released_rounds__contains=[F("revision__round")])
        return origin & here & Q(item__comment__audience=Audience.CLIENT)


class Sighting(SignoffModel):
    """A note in one round: how it stood there, and where it is found. The round it was raised in has one as well.

    `place` is None where it is the comment's own; else the same fields in this round's file. `is_approximate` where
    nobody has looked yet whether it is still there.
    """

    item = models.ForeignKey(FeedbackItem, models.CASCADE, related_name="sightings")
    revision = models.ForeignKey("revisions.Revision", models.CASCADE, related_name="sightings")
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.OPEN
    )  # when the next round came: final
    file = models.ForeignKey("revisions.MediaFile", models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.JSONField(null=True, blank=True)
    is_approximate = models.BooleanField(default=False)

    objects = SightingQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "revision"], name="a_note_once_in_a_round")]

    def __str__(self) -> str:
        return f"{self.item} in {self.revision}"


class DraftQuerySet(ScopedQuerySet["Draft"]):
    organization_path = "revision__deliverable__project__organization_id"

    def visibility(self, actor: Actor) -> Q:
        """One's own only, whatever the role; whoever looks as somebody else does not read what they have not sent."""
        nobody = Q(pk__isnull=True) if actor.is_looking else Q()
        return super().visibility(actor) & Q(author_id=actor.user_id) & nobody

    def covered(self, covers: Covers) -> Q:
        """A guest's own, where their link leads."""
        if covers.deliverable_ids is None:
            return Q(revision__deliverable__project__pk__any_of=ids_of(covers.project_ids))
        return Q(revision__deliverable__pk__any_of=ids_of(covers.deliverable_ids))


class Draft(SignoffModel):
    """What somebody has written and drawn but not sent, so that no closed browser costs it."""

    revision = models.ForeignKey("revisions.Revision", models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content = models.JSONField(default=dict)  # the composer's own, as it would be sent

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "author"], name="one_draft_a_person_and_round")]

    def __str__(self) -> str:
        return f"{self.author} on {self.revision}"


class RoundReportQuerySet(ProjectScopedQuerySet["RoundReport"]):
    project_path: ClassVar[str] = "revision__deliverable__project__"

    def released(self) -> Q:
        return Q(revision__deliverable__released_rounds__contains=[F("revision__round")])

    def visibility(self, actor: Actor) -> Q:
        """One's own only, whatever the role."""
        return super().visibility(actor) & Q(made_for_id=actor.user_id)


class RoundReport(SignoffModel):
    """A PDF of a round's notes that takes a while: promised with the row, there with its `key`. Kept for some days.

    It is handed out only while it says what the person would read now: `fingerprint` is of that.
    """

    revision = models.ForeignKey("revisions.Revision", models.CASCADE, related_name="reports")
    made_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    key = models.CharField(max_length=200, blank=True)  # where the storage has it
    failure = models.CharField(max_length=500, blank=True)  # why there is none, for people

    objects = RoundReportQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "made_for", "fingerprint"], name="one_report_of_the_same")
        ]

    def __str__(self) -> str:
        return f"Report of {self.revision}"
