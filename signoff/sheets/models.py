from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from signoff.accounts.visibility import ScopedQuerySet
from signoff.core.actor import Actor
from signoff.core.models import SignoffModel


class ImportBatchQuerySet(ScopedQuerySet["ImportBatch"]):
    def visibility(self, actor: Actor) -> Q:
        """Imports are the house's own business; clients never see them."""
        return super().visibility(actor) & (Q() if actor.role != "client_viewer" else Q(pk__isnull=True))

    def light(self) -> "ImportBatchQuerySet":
        """Without the file and what was made of it, which may be megabytes."""
        return self.defer("content", "preview", "trace")


class ImportBatch(SignoffModel):
    """One spreadsheet that was read, shown and, if somebody said so, applied; and perhaps undone."""

    class State(models.TextChoices):
        READING = "reading", "Being read"
        MAPPING = "mapping", "Waits for its columns"
        PREVIEW = "preview", "Waits for a decision"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        UNDONE = "undone", "Undone"
        FAILED = "failed", "Could not be read"

    organization = models.ForeignKey("accounts.Organization", models.CASCADE)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    content = models.BinaryField(null=True)  # the file as it came, until the batch is applied or a week old
    mapping = models.JSONField(default=dict)  # what its columns, words and dates mean, and mended rows
    preview = models.BinaryField(null=True)  # packed: what the import would do, row by row
    fingerprint = models.CharField(max_length=64, blank=True)  # of the preview, to notice what changed since
    trace = models.BinaryField(null=True)  # packed: what was made and what was there before, for undo
    counts = models.JSONField(default=dict)  # {"created": .., "changed": .., "unchanged": .., "error": ..}
    problem = models.TextField(blank=True)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent of the step at work
    act = models.UUIDField(null=True)  # the act of its events, once applied
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organization", "-id"], name="imports_of_organization")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.READING, self.State.APPLYING)

    @property
    def may_be_applied(self) -> bool:
        return self.state == self.State.PREVIEW and self.applicable > 0

    @property
    def applicable(self) -> int:
        """How many rows would change something."""
        counts: dict[str, Any] = self.counts
        return int(counts.get("created", 0)) + int(counts.get("changed", 0))


class SheetMappingQuerySet(ScopedQuerySet["SheetMapping"]):
    pass


class SheetMapping(SignoffModel):
    """What an organisation's foreign headers and words mean, remembered from its last imports."""

    organization = models.OneToOneField("accounts.Organization", models.CASCADE, related_name="sheet_mapping")
    headers = models.JSONField(default=dict)  # normalised header -> column key, "keep" or "ignore"
    statuses = models.JSONField(default=dict)  # normalised word -> status of a deliverable or stage
    people = models.JSONField(default=dict)  # normalised name -> user id
    client_teams = models.JSONField(default=dict)  # normalised name -> client team id
    day_first = models.BooleanField(null=True)  # how 03/04/2026 is meant; None: ask

    objects = SheetMappingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mapping of {self.organization}"
