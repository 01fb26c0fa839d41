"""Links that let in who has no account, who came by them, and what was done there.

A link is not a person: whoever has it may look. Who wants to speak proves an address with a mailed code, in the
browser in which they speak; so a link that was passed on never speaks as who passed it on. Of secrets only digests
are kept.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from signoff.accounts.visibility import CLIENT_VIEWER, ScopedQuerySet
from signoff.core.actor import Actor
from signoff.core.models import SignoffModel


class Right(models.TextChoices):
    VIEW = "view", "View"
    COMMENT = "comment", "Comment"
    DECIDE = "decide", "Decide"


class Downloads(models.TextChoices):
    """When a guest may take originals with them."""

    NEVER = "never", "Never"
    APPROVED = "approved", "Once a round is approved"
    ALWAYS = "always", "Always"


class Deed(models.TextChoices):
    """What a guest did."""

    OPENED = "opened", "Opened"
    PROVED = "proved", "Proved their address"
    VIEWED = "viewed", "Looked"
    COMMENTED = "commented", "Commented"
    DECIDED = "decided", "Decided"
    DOWNLOADED = "downloaded", "Downloaded"
    REFUSED = "refused", "Refused"


class GuestLinkQuerySet(ScopedQuerySet["GuestLink"]):
    def visibility(self, actor: Actor) -> Q:
        return super().visibility(actor) & _for_house(actor)

    def open(self) -> "GuestLinkQuerySet":
        """Neither revoked nor over."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now()), revoked_at=None)


def _for_house(actor: Actor) -> Q:
    """Links, and what came of them, are the house's own: clients and guests see none of it."""
    return Q() if actor.role != CLIENT_VIEWER else Q(pk__isnull=True)


class GuestLink(SignoffModel):
    """An address that opens one deliverable, project or review session to whoever has it."""

    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="guest_links")
    project = models.ForeignKey("projects.Project", models.CASCADE, null=True, blank=True, related_name="guest_links")
    deliverable = models.ForeignKey(
        "deliverables.Deliverable", models.CASCADE, null=True, blank=True, related_name="guest_links"
    )
    session_id = models.UUIDField(null=True, blank=True)  # of a review session
    name = models.CharField(max_length=120, blank=True)  # what the house calls it: “Kolibri, legal”
    right = models.CharField(max_length=10, choices=Right.choices, default=Right.VIEW)
    digest = models.CharField(max_length=64, unique=True)  # of the token in the address
    password = models.CharField(max_length=128, blank=True)  # hashed; empty: none is asked
    expires_at = models.DateTimeField(null=True, blank=True)
    most_people = models.PositiveSmallIntegerField(null=True, blank=True)
    downloads = models.CharField(max_length=10, choices=Downloads.choices, default=Downloads.NEVER)
    shows_older = models.BooleanField(default=False)
    is_watermarked = models.BooleanField(default=False)
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_by_label = models.CharField(max_length=200)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="a_link_opens_one_thing",
                condition=Q(project__isnull=False, deliverable__isnull=True, session_id__isnull=True)
                | Q(project__isnull=True, deliverable__isnull=False, session_id__isnull=True)
                | Q(project__isnull=True, deliverable__isnull=True, session_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.subject or "a review session")

    @property
    def subject(self) -> models.Model | None:
        """What it opens, as far as it is a row that this package knows."""
        return self.deliverable or self.project

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now())


class GuestQuerySet(ScopedQuerySet["Guest"]):
    organization_path: ClassVar[str] = "link__organization_id"

    def visibility(self, actor: Actor) -> Q:
        return super().visibility(actor) & _for_house(actor)


class Guest(SignoffModel):
    """Somebody who has proved an address on a link. `user` is what they are as an author: nobody can sign in as it."""

    link = models.ForeignKey(GuestLink, models.CASCADE, related_name="guests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)  # in small letters
    name = models.CharField(max_length=200)
    proven_at = models.DateTimeField()

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["link", "email"], name="one_guest_per_address")]

    def __str__(self) -> str:
        return self.name


class GuestDevice(SignoffModel):
    """A browser that came by a link; without `guest` nobody knows whose. Its cookie is a secret of its own."""

    link = models.ForeignKey(GuestLink, models.CASCADE, related_name="devices")
    guest = models.ForeignKey(Guest, models.CASCADE, null=True, blank=True, related_name="devices")
    digest = models.CharField(max_length=64, unique=True)
    proven_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="known_guests_have_proved_it", condition=Q(guest=None) | Q(proven_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.guest or 'Somebody'} on {self.link}"


class GuestCode(SignoffModel):
    """The code that one browser was mailed, to the address that was typed there. A new one takes its place."""

    device = models.OneToOneField(GuestDevice, models.CASCADE, related_name="code")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Code for {self.email}"


class GuestVisitQuerySet(ScopedQuerySet["GuestVisit"]):
    organization_path: ClassVar[str] = "link__organization_id"

    def visibility(self, actor: Actor) -> Q:
        return super().visibility(actor) & _for_house(actor)


class GuestVisit(models.Model):
    """One line of a link's log."""

    link = models.ForeignKey(GuestLink, models.CASCADE, related_name="visits")
    guest = models.ForeignKey(Guest, models.SET_NULL, null=True, blank=True, related_name="visits")
    what = models.CharField(max_length=12, choices=Deed.choices)
    about = models.CharField(max_length=200, blank=True)  # of what, in words: “Key visual, round 3”
    at = models.DateTimeField(default=now)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=300, blank=True)

    objects = GuestVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["link", "-id"], name="visits_of_a_link")]

    def __str__(self) -> str:
        return f"{self.guest or 'Somebody'} {self.what}"
