from django.conf import settings
from django.db import models
from django.db.models import Q

from signoff.accounts.visibility import ScopedQuerySet
from signoff.core.actor import Actor
from signoff.core.models import SignoffModel


class NotificationQuerySet(ScopedQuerySet["Notification"]):
    def visibility(self, actor: Actor) -> Q:
        """One's own only, whatever the role."""
        return Q(organization_id=actor.organization_id, recipient_id=actor.user_id)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at__isnull=True)


class Notification(SignoffModel):
    """One person told of one event. `reason` says why: assigned, waiting, decided, owned, failed, ready."""

    class Reason(models.TextChoices):
        ASSIGNED = "assigned", "Assigned to you"
        WAITING = "waiting", "Waits for you"
        DECIDED = "decided", "Decided on your work"
        OWNED = "owned", "In your project"
        MENTIONED = "mentioned", "Named in a comment"
        SAID = "said", "Said about your work"
        FAILED = "failed", "A file of yours failed"
        READY = "ready", "You asked for it"
        INVITED = "invited", "You are asked to come"

    organization = models.ForeignKey("accounts.Organization", models.CASCADE)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    event = models.ForeignKey("audit.Event", models.CASCADE)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "event"], name="told_once_of_an_event"),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "organization", "-id"],
                condition=Q(read_at__isnull=True),
                name="unread_of_a_person",
            ),
            models.Index(fields=["recipient", "organization", "-id"], name="inbox_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.event}"
