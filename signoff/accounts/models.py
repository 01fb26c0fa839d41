"""Who there is: organisations, their client teams, people and what they are there, keys."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from signoff.accounts.visibility import ScopedQuerySet, ids_of
from signoff.core.actor import Actor, Covers
from signoff.core.ids import new_id
from signoff.core.models import SignoffModel


class OrganizationQuerySet(ScopedQuerySet["Organization"]):
    organization_path = "id"

    def visibility(self, actor: Actor) -> Q:
        return Q(id=actor.organization_id)

    def covered(self, covers: Covers) -> Q:
        """Whose work it is, a guest may know."""
        return Q()


class Organization(SignoffModel):
    """A studio or agency. Nothing is shared between two of them."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    time_zone = models.CharField(max_length=60, default="UTC")
    # What the house calls its things: {"job_number": "OMG #", "client_team": ..., "round": ...}
    vocabulary = models.JSONField(default=dict, blank=True)
    # {"product": ..., "accent": "#rrggbb", "sidebar": "#rrggbb", "logo": "data:image/..."}
    branding = models.JSONField(default=dict, blank=True)
    hides_names = models.BooleanField(default=False)  # clients read the studio's name in place of its people's
    # How people get in. Roles whose people need a second factor; passwords shut (`only_sso`); who may come in by
    # single sign-on without having been invited (people of `domains`), as what, and what groups there mean here:
    # [{"group": ..., "role": ..., "teams": [client team ids]}], the first that fits counts.
    second_factor_roles = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    only_sso = models.BooleanField(default=False)
    joins_by_sso = models.BooleanField(default=False)
    joins_as = models.CharField(max_length=20, default="maker")
    sso_rules = models.JSONField(default=list, blank=True)

    objects = OrganizationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class ClientTeamQuerySet(ScopedQuerySet["ClientTeam"]):
    def visibility(self, actor: Actor) -> Q:
        if actor.role == Role.CLIENT_VIEWER:
            return Q(organization_id=actor.organization_id, id__any_of=ids_of(actor.team_ids))
        return Q(organization_id=actor.organization_id)


class ClientTeam(SignoffModel):
    """A client, or a part of one, whose people see only what is theirs."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="client_teams")
    name = models.CharField(max_length=200)
    colour = models.CharField(max_length=7, default="#6b7280")
    archived_on = models.DateField(null=True, blank=True)

    objects = ClientTeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("organization", Lower("name"), name="one_client_team_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def at(self, email: str) -> models.QuerySet["User"]:
        """Whose address this is, in small letters or capitals: as the constraint sees it, so at most one. Where
        letters only look alike to PostgreSQL (`iexact`), these are two addresses."""
        return self.annotate(address=Lower("email")).filter(address=email.lower())

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.at(username or "").get()


class User(AbstractBaseUser):
    """A person (or a service user that keys act as), known by an e-mail address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_service = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    # How this person likes it: {"theme": "dark", "sidebar": "rail", "time_zone": ..., "locale": ...}
    preferences = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        words = (self.name or self.email).split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @property
    def hue(self) -> int:
        """One of eight avatar colours, the same for this person everywhere."""
        return int(self.pk.hex[-2:], 16) % 8 + 1


class Role(models.TextChoices):
    ADMIN = "admin", "Admin"
    PRODUCER = "producer", "Producer"
    MAKER = "maker", "Maker"
    REVIEWER = "reviewer", "Reviewer"
    CLIENT_VIEWER = "client_viewer", "Client viewer"
    INTEGRATION = "integration", "Integration"


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    def visibility(self, actor: Actor) -> Q:
        """Clients see the people of the house and of their own teams, not other clients."""
        here = Q(organization_id=actor.organization_id)
        if actor.role != Role.CLIENT_VIEWER:
            return here
        own = Membership.client_teams.through.objects.filter(clientteam__pk__any_of=ids_of(actor.team_ids))
        return here & (~Q(role=Role.CLIENT_VIEWER) | Q(id__in=own.values("membership_id")))

    def people(self) -> "MembershipQuerySet":
        return self.filter(is_active=True, user__is_active=True, user__is_service=False)


class Membership(SignoffModel):
    """What a person is in one organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    client_teams = models.ManyToManyField(ClientTeam, related_name="members", blank=True)
    is_active = models.BooleanField(default=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organization"], name="one_role_per_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.organization}"


class ApiKeyQuerySet(ScopedQuerySet["ApiKey"]):
    organization_path = "membership__organization_id"

    def visibility(self, actor: Actor) -> Q:
        if actor.role != Role.ADMIN:
            return Q(pk__isnull=True)
        return Q(membership__organization_id=actor.organization_id)


class ApiKey(SignoffModel):
    """A secret that acts as a service user of one organisation. Only its digest is kept."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=200)
    prefix = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=40))
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)
    issued_by = models.CharField(max_length=200, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class SavedViewQuerySet(ScopedQuerySet["SavedView"]):
    def visibility(self, actor: Actor) -> Q:
        """One's own; and what was shared, with the people of the studio but not with its clients."""
        here, own = Q(organization_id=actor.organization_id), Q(owner_id=actor.user_id)
        return here & (own if actor.role == Role.CLIENT_VIEWER else own | Q(is_shared=True))


class SavedView(SignoffModel):
    """A filter that somebody named: a page and the query part of its URL."""

    class Page(models.TextChoices):
        PROJECTS = "projects"
        GRID = "grid"
        WORK = "work"

    organization = models.ForeignKey(Organization, models.CASCADE)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    name = models.CharField(max_length=80)
    page = models.CharField(max_length=20, choices=Page.choices)
    project_id = models.UUIDField(null=True, blank=True)
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
