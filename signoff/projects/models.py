from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from signoff.accounts.visibility import CLIENT_VIEWER, ProjectScopedQuerySet, ScopedQuerySet
from signoff.core.actor import Actor
from signoff.core.models import SignoffModel


class ProjectQuerySet(ProjectScopedQuerySet["Project"]):
    project_path: ClassVar[str] = ""

    def current(self) -> "ProjectQuerySet":
        return self.filter(archived_on__isnull=True)


class ProjectStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    ON_HOLD = "on_hold", "On hold"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"


class Source(models.TextChoices):
    MANUAL = "manual"
    XLSX = "xlsx"
    API = "api"
    OMG = "omg"


class Project(SignoffModel):
    """A job, known outside by its job number."""

    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="projects")
    job_number = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=80)
    client_team = models.ForeignKey(
        "accounts.ClientTeam", models.PROTECT, null=True, blank=True, related_name="projects"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    pipeline = models.ForeignKey(
        "pipelines.PipelineTemplate", models.PROTECT, null=True, blank=True, related_name="projects"
    )
    status = models.CharField(max_length=20, choices=ProjectStatus.choices, default=ProjectStatus.ACTIVE)
    archived_on = models.DateField(null=True, blank=True)
    brief = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    tags = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    custom = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.MANUAL)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "job_number"], name="one_project_of_a_job_number"),
            models.UniqueConstraint(fields=["organization", "slug"], name="one_project_of_a_slug"),
            models.CheckConstraint(
                name="project_starts_before_it_is_due",
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(starts_on__lte=F("due_on")),
            ),
        ]
        indexes = [models.Index(fields=["client_team"])]

    def __str__(self) -> str:
        return f"{self.job_number} {self.name}"

    @property
    def is_archived(self) -> bool:
        return self.archived_on is not None

    def days_until_due(self, today: date) -> int | None:
        return (self.due_on - today).days if self.due_on else None


class CustomFieldQuerySet(ScopedQuerySet["CustomField"]):
    def visibility(self, actor: Actor) -> Q:
        """The house's own: clients see neither the values nor what there is to fill in."""
        return super().visibility(actor) & (Q() if actor.role != CLIENT_VIEWER else Q(pk__isnull=True))


class CustomField(SignoffModel):
    """A column that an organisation added to its projects or deliverables. Values are in `custom`, by key."""

    class Subject(models.TextChoices):
        PROJECT = "project", "Projects"
        DELIVERABLE = "deliverable", "Deliverables"

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        NUMBER = "number", "Number"
        DATE = "date", "Date"
        CHOICE = "choice", "Choice"
        CHECKBOX = "checkbox", "Checkbox"
        PERSON = "person", "Person"

    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="custom_fields")
    subject = models.CharField(max_length=20, choices=Subject.choices)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.TEXT)
    choices = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = CustomFieldQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "subject", "key"], name="one_custom_field_of_a_key"),
        ]

    def __str__(self) -> str:
        return self.name
