from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from signoff.accounts.visibility import ScopedQuerySet
from signoff.core.models import SignoffModel


class ApprovalType(models.TextChoices):
    """How a stage ends: its assignee finishes it; one person approves; named approvers decide."""

    NONE = "none", "No approval"
    SIMPLE = "simple", "Simple"
    FORMAL = "formal", "Formal"


class StageDefinitionQuerySet(ScopedQuerySet["StageDefinition"]):
    pass


class StageDefinition(SignoffModel):
    """A kind of stage in the organisation's library: Concept, Retouch, Client approval ..."""

    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="stage_definitions")
    name = models.CharField(max_length=80)
    approval_type = models.CharField(max_length=10, choices=ApprovalType.choices, default=ApprovalType.NONE)
    # True for stages that the client decides: time waiting there is time waiting on the client.
    is_with_client = models.BooleanField(default=False)
    archived_on = models.DateField(null=True, blank=True)

    objects = StageDefinitionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("organization", Lower("name"), name="one_stage_definition_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PipelineTemplateQuerySet(ScopedQuerySet["PipelineTemplate"]):
    def in_use(self) -> "PipelineTemplateQuerySet":
        return self.filter(archived_on__isnull=True)


class PipelineTemplate(SignoffModel):
    """An ordered list of stages that new deliverables get. One of an organisation's is its default."""

    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="pipelines")
    name = models.CharField(max_length=80)
    is_default = models.BooleanField(default=False)
    archived_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # goes up with each edit, so that two editors notice

    objects = PipelineTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("organization", Lower("name"), name="one_pipeline_of_a_name"),
            models.UniqueConstraint(fields=["organization"], condition=Q(is_default=True), name="one_default_pipeline"),
        ]

    def __str__(self) -> str:
        return self.name


class StageTemplateQuerySet(ScopedQuerySet["StageTemplate"]):
    organization_path = "pipeline__organization_id"


class StageTemplate(SignoffModel):
    """One step of a pipeline: a definition, with the approval type it has here."""

    pipeline = models.ForeignKey(PipelineTemplate, models.CASCADE, related_name="stages")
    definition = models.ForeignKey(StageDefinition, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    approval_type = models.CharField(max_length=10, choices=ApprovalType.choices)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    days = models.PositiveSmallIntegerField(null=True, blank=True)  # planned length, working days

    objects = StageTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["pipeline", "definition"], name="a_definition_once_in_a_pipeline"),
            models.UniqueConstraint(
                fields=["pipeline", "position"],
                name="one_stage_at_a_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pipeline}: {self.definition}"
