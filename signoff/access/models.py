"""Who was asked to come in, and has not answered yet or has; and how often somebody tried."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.timezone import localdate, now

from signoff.accounts.models import Role
from signoff.accounts.visibility import ScopedQuerySet
from signoff.core.actor import Actor
from signoff.core.models import SignoffModel

VALID = timedelta(days=7)


class InvitationQuerySet(ScopedQuerySet["Invitation"]):
    def visibility(self, actor: Actor) -> Q:
        """Those who may invite see them; today these are the admins."""
        return super().visibility(actor) if actor.role == Role.ADMIN else Q(pk__isnull=True)

    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; they may have run out."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def open(self) -> "InvitationQuerySet":
        return self.unanswered().filter(expires_at__gt=now())


class Invitation(SignoffModel):
    """Somebody is asked to join as `role`. Its link is sealed from `id` and `serial`, so it is kept nowhere;
    sending it anew raises `serial`, and the links before end."""

    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)  # in small letters
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    client_teams = models.ManyToManyField("accounts.ClientTeam", blank=True, related_name="+")
    serial = models.PositiveSmallIntegerField(default=1)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_by_label = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True, blank=True)  # when the mail server took it
    failure = models.CharField(max_length=500, blank=True)  # why it did not, in words
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "organization",
                Lower("email"),
                name="one_open_invitation_per_address",
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="accepted_or_revoked_not_both", condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def days_left(self) -> int:
        """Whole days until it runs out; 0 on the last one."""
        return max((localdate(self.expires_at) - localdate()).days, 0)

    @property
    def inviter(self) -> str:
        """Who invites, as the invited may read it; empty to clients of a house that hides its people from them."""
        is_hidden = self.role == Role.CLIENT_VIEWER and self.organization.hides_names
        return "" if is_hidden else self.invited_by_label

    @property
    def asked_at(self) -> datetime:
        """When it was sent the last time."""
        return self.expires_at - VALID

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > now()


class Tries(models.Model):
    """How much of a limit is used up, by `limits.py`: `free_at` is when nothing of it is any more."""

    key = models.CharField(max_length=120, primary_key=True)
    free_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return self.key
