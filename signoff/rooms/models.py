"""Sessions, their agenda, and the live room. A session is the house's; clients see one that is for them and shows
something that they see anyway. Minutes are only added, which PostgreSQL holds everybody to."""

from datetime import timedelta
from typing import ClassVar, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now
from django.utils.timezone import now

from signoff.accounts.visibility import CLIENT_VIEWER, ProjectScopedQuerySet, ScopedQuerySet
from signoff.core.actor import Actor
from signoff.core.models import SignoffModel
from signoff.feedback.models import Audience

M = TypeVar("M", bound=models.Model, covariant=True)


class SessionStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    OPEN = "open", "Open"
    CONCLUDED = "concluded", "Concluded"


class Role(models.TextChoices):
    """What somebody is in the room: hosts and co-hosts lead, others look and may ask to lead."""

    HOST = "host", "Host"
    COHOST = "cohost", "Co-host"
    VIEWER = "viewer", "Viewer"


LEADERS = (Role.HOST, Role.COHOST)
GONE = timedelta(seconds=20)  # without a sign of life; a page gives one every five


def is_held(actor: Actor) -> bool:
    """Is this actor held to client teams? Then they see of sessions only what shows work of these."""
    return actor.role == CLIENT_VIEWER or bool(actor.team_ids)


class ReviewSessionQuerySet(ScopedQuerySet["ReviewSession"]):
    def visibility(self, actor: Actor) -> Q:
        here = super().visibility(actor)
        if not is_held(actor):
            return here
        return here & Q(pk__in=SessionItem.objects.visible_to(actor).order_by().values("session_id"))


class ReviewSession(SignoffModel):
    """Work that people look at together, in an order, at a time."""

    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="review_sessions")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.INTERNAL)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes_per_item = models.PositiveSmallIntegerField(default=5)
    is_frozen = models.BooleanField(default=False)  # items keep the round that was the newest when they were added
    status = models.CharField(max_length=10, choices=SessionStatus.choices, default=SessionStatus.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    follows = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="remainder")
    version = models.PositiveIntegerField(default=1)  # goes up with each change, so that two editors notice

    objects = ReviewSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["organization", "status", "-id"], name="sessions_of_organization")]
        constraints = [
            models.CheckConstraint(
                name="an_open_session_was_opened",
                condition=Q(status=SessionStatus.PLANNED) | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_concluded_session_has_an_end",
                condition=~Q(status=SessionStatus.CONCLUDED) | Q(concluded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.status == SessionStatus.OPEN

    @property
    def is_for_clients(self) -> bool:
        return self.audience == Audience.CLIENT


class SessionItemQuerySet(ProjectScopedQuerySet["SessionItem"]):
    """Clients see the items of sessions for them, once the round that the item shows is released to them."""

    project_path: ClassVar[str] = "deliverable__project__"

    def visibility(self, actor: Actor) -> Q:
        here = super().visibility(actor)
        return here & Q(session__audience=Audience.CLIENT) if is_held(actor) else here

    def released(self) -> Q:
        pinned = Q(deliverable__released_rounds__contains=[F("revision__round")])
        newest = Q(revision__isnull=True) & ~Q(deliverable__released_rounds=Value([]))
        return pinned | newest


class SessionItem(SignoffModel):
    """A deliverable on the agenda. Without a revision it shows whatever round is the newest to who looks."""

    session = models.ForeignKey(ReviewSession, models.CASCADE, related_name="items")
    deliverable = models.ForeignKey("deliverables.Deliverable", models.CASCADE, related_name="+")
    revision = models.ForeignKey("revisions.Revision", models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)  # why it is looked at; everybody reads it
    speaker_notes = models.TextField(blank=True)  # for who leads, nobody else
    shown_at = models.DateTimeField(null=True, blank=True)  # when the room first came to it
    shown_seconds = models.PositiveIntegerField(default=0)

    objects = SessionItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "deliverable"], name="a_deliverable_once_in_a_session"),
            models.UniqueConstraint(
                fields=["session", "position"],
                name="one_item_a_place_in_a_session",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        indexes = [models.Index(fields=["deliverable"])]

    def __str__(self) -> str:
        return str(self.deliverable)


class OfSessionQuerySet(ScopedQuerySet[M]):
    """What hangs below a session is seen by whoever sees the session."""

    organization_path: ClassVar[str] = "session__organization_id"

    def visibility(self, actor: Actor) -> Q:
        here = super().visibility(actor)
        if not is_held(actor):
            return here
        return here & Q(session__in=ReviewSession.objects.visible_to(actor).order_by().values("pk"))


class RoomQuerySet(OfSessionQuerySet["Room"]):
    pass


class Room(models.Model):
    """What everybody in an open session looks at. One row: `seq` is the number of the last change.

    `state` is what followers show (`state.py` says its fields), `drawings` what is drawn over it and not kept.
    """

    session = models.OneToOneField(ReviewSession, models.CASCADE, primary_key=True, related_name="room")
    seq = models.BigIntegerField(default=0)
    state = models.JSONField(default=dict)
    drawings = models.JSONField(default=list)
    driver = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    wants = ArrayField(models.UUIDField(), default=list, db_default=Value([]))  # who has asked to lead
    allows_drawing = models.BooleanField(default=False)  # everybody draws, not only who leads
    is_open = models.BooleanField(default=True)  # beside the rest, so that one row says whether it may change
    changed_at = models.DateTimeField(db_default=Now())

    objects = RoomQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.session} at {self.seq}"


class AttendanceQuerySet(OfSessionQuerySet["Attendance"]):
    """Clients do not see who waits before the door with them."""

    def visibility(self, actor: Actor) -> Q:
        here = super().visibility(actor)
        if not is_held(actor):
            return here
        return here & (Q(is_admitted=True) | Q(is_invited=True) | Q(user=actor.user_id))


class Attendance(SignoffModel):
    """Somebody who is asked to a session, or came to it."""

    session = models.ForeignKey(ReviewSession, models.CASCADE, related_name="attendances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.VIEWER)
    is_invited = models.BooleanField(default=False)
    is_admitted = models.BooleanField(default=False)
    is_following = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    here_seconds = models.PositiveIntegerField(default=0)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "user"], name="a_person_once_in_a_session")]

    def __str__(self) -> str:
        return f"{self.user} in {self.session}"

    @property
    def leads(self) -> bool:
        return self.role in LEADERS

    @property
    def is_here(self) -> bool:
        """In the room, or before its door: with a sign of life that is not old."""
        is_gone = self.left_at is not None or self.last_seen_at is None
        return not is_gone and now() - self.last_seen_at < GONE  # type: ignore[operator]


class MinuteQuerySet(OfSessionQuerySet["Minute"]):
    """The house's: they say what was shown and drawn also on what a client may not see."""

    def visibility(self, actor: Actor) -> Q:
        here = super().visibility(actor)
        return here & Q(pk__isnull=True) if is_held(actor) else here


class Minute(models.Model):
    """One change of a room, as it was made; its number is the room's `seq` of then."""

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(ReviewSession, models.PROTECT, related_name="minutes")
    seq = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())
    who = models.UUIDField(null=True)
    who_label = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    data = models.JSONField(default=dict)

    objects = MinuteQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="one_minute_a_change_of_a_room")]

    def __str__(self) -> str:
        return f"{self.seq} {self.who_label} {self.kind}"
