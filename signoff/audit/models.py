from django.db import models
from django.db.models.functions import Now

from signoff.audit.verbs import ALL_AUDITED, Verb
from signoff.core.ids import new_id


class Event(models.Model):
    """One thing that happened. Append-only (PostgreSQL refuses anything else), and without
    foreign keys on purpose: the record outlives what it describes.

    `changes` holds {field: [old, new]} in plain JSON values; `act` is shared by all events of
    one act of one person (a bulk edit, an import), so that it can be read and undone as one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    organization_id = models.UUIDField()
    verb = models.CharField(max_length=60, choices=Verb.choices)
    act = models.UUIDField(default=new_id)
    actor_kind = models.CharField(max_length=20)
    actor_label = models.CharField(max_length=200)
    actor_user_id = models.UUIDField(null=True)
    project_id = models.UUIDField(null=True)
    deliverable_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    subject_label = models.CharField(max_length=300)
    changes = models.JSONField(default=dict)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["organization_id", "-id"], name="events_of_organization"),
            models.Index(fields=["project_id", "-id"], name="events_of_project"),
            models.Index(fields=["deliverable_id", "-id"], name="events_of_deliverable"),
            models.Index(fields=["act"], name="events_of_act"),
            models.Index(
                fields=["organization_id", "-id"],
                name="audited_events",
                condition=models.Q(verb__in=[str(verb) for verb in ALL_AUDITED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label} {self.verb} {self.subject_label}"
