from datetime import date
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower

from signoff.accounts.models import Role
from signoff.accounts.visibility import ProjectScopedQuerySet
from signoff.core.actor import Actor
from signoff.core.models import SignoffModel
from signoff.pipelines.models import ApprovalType


class DeliverableStatus(models.TextChoices):
    """Derived from the stages by `progress.status_of`, but for on_hold and cancelled, set by hand."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    IN_REVIEW = "in_review", "In review"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    APPROVED = "approved", "Approved"
    DELIVERED = "delivered", "Delivered"
    ON_HOLD = "on_hold", "On hold"
    CANCELLED = "cancelled", "Cancelled"


class StageStatus(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    IN_REVIEW = "in_review", "In review"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    APPROVED = "approved", "Approved"
    SKIPPED = "skipped", "Skipped"


class Priority(models.TextChoices):
    LOW = "low", "Low"
    NORMAL = "normal", "Normal"
    HIGH = "high", "High"
    URGENT = "urgent", "Urgent"


class DeliverableQuerySet(ProjectScopedQuerySet["Deliverable"]):
    def open(self) -> "DeliverableQuerySet":
        done = (DeliverableStatus.APPROVED, DeliverableStatus.DELIVERED, DeliverableStatus.CANCELLED)
        return self.exclude(status__in=done)

    def late(self, today: date) -> "DeliverableQuerySet":
        return self.open().exclude(status=DeliverableStatus.ON_HOLD).filter(due_on__lt=today)


class Deliverable(SignoffModel):
    """A thing to be made. Its status is kept beside its stages so that lists need not derive it."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="deliverables")
    pipeline = models.ForeignKey(
        "pipelines.PipelineTemplate", models.PROTECT, null=True, blank=True, related_name="deliverables"
    )
    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=80)
    kind = models.CharField(max_length=80, blank=True)
    specification = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=80, blank=True)
    market = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=20, choices=DeliverableStatus.choices, default=DeliverableStatus.NOT_STARTED)
    held = models.CharField(max_length=20, blank=True)  # "", "on_hold" or "cancelled": set by hand, wins
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    due_on = models.DateField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    rounds_included = models.PositiveSmallIntegerField(null=True, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    notes = models.TextField(blank=True)
    custom = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # goes up with each change, so that two editors notice
    released_rounds = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)  # clients see these
    cover = models.UUIDField(null=True, blank=True)  # the rendition that stands for it in lists; kept by revisions
    cover_round = models.PositiveSmallIntegerField(null=True, blank=True)  # of which round that is
    client_cover = models.UUIDField(null=True, blank=True)  # the same, of the rounds that clients see

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "slug"], name="one_deliverable_of_a_slug"),
            models.CheckConstraint(
                name="held_is_on_hold_or_cancelled", condition=Q(held__in=["", "on_hold", "cancelled"])
            ),
        ]
        indexes = [
            models.Index(fields=["project", "position", "id"], name="deliverables_in_order"),
            models.Index(fields=["assignee"]),
            models.Index("project", Lower("name"), name="deliverables_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def client_round(self) -> int:
        """The newest round that clients see; 0 before there is one."""
        return max(self.released_rounds, default=0)

    def cover_for(self, actor: Actor) -> UUID | None:
        """The thumbnail that stands for it in lists: to clients, of the rounds that they see."""
        return self.client_cover if actor.role == Role.CLIENT_VIEWER else self.cover

    @property
    def is_over_allowance(self) -> bool:
        return self.rounds_included is not None and self.round > self.rounds_included

    def days_until_due(self, today: date) -> int | None:
        return (self.due_on - today).days if self.due_on else None


class StageQuerySet(ProjectScopedQuerySet["Stage"]):
    project_path: ClassVar[str] = "deliverable__project__"


class Stage(SignoffModel):
    """One step of one deliverable's pipeline."""

    deliverable = models.ForeignKey(Deliverable, models.CASCADE, related_name="stages")
    definition = models.ForeignKey("pipelines.StageDefinition", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    approval_type = models.CharField(max_length=10, choices=ApprovalType.choices, default=ApprovalType.NONE)
    status = models.CharField(max_length=20, choices=StageStatus.choices, default=StageStatus.NOT_STARTED)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    status_since = models.DateTimeField(auto_now_add=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)  # goes up with each change, so that two editors notice
    # Who is told when it comes into review, beside its assignee: the approvers who are first; kept by reviews.
    deciders = ArrayField(models.UUIDField(), default=list, db_default=Value([]), blank=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "definition"], name="a_definition_once_in_a_deliverable"),
            models.CheckConstraint(
                name="approved_has_a_time",
                condition=~Q(status=StageStatus.APPROVED) | Q(approved_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["assignee", "status"], name="stages_of_a_person")]

    def __str__(self) -> str:
        return f"{self.deliverable}: {self.definition}"

    @property
    def is_open(self) -> bool:
        return self.status not in (StageStatus.APPROVED, StageStatus.SKIPPED)
