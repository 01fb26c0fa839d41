"""Who decides a FORMAL stage, and what was decided. A decision is written once and never changed: a later one
supersedes it, and each carries the hash of the one before, so that a change by hand shows."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from signoff.accounts.visibility import CLIENT_VIEWER, ProjectScopedQuerySet, ScopedQuerySet
from signoff.core.actor import Actor
from signoff.core.models import SignoffModel


class Rule(models.TextChoices):
    """When a group has approved."""

    ALL = "all", "All of them"
    ANY = "any", "Any one of them"
    QUORUM = "quorum", "A number of them"


class Identity(models.TextChoices):
    """What a decision asks of who gives it, beyond being signed in."""

    SESSION = "session", "Signed in"
    PASSWORD = "password", "Password again"
    CODE = "code", "Mailed code"


class Choice(models.TextChoices):
    APPROVE = "approve", "Approve"
    APPROVE_WITH_CHANGES = "approve_with_changes", "Approve with changes"
    REQUEST_CHANGES = "request_changes", "Request changes"
    NOT_MY_CALL = "not_my_call", "Not my call"


class PanelQuerySet(ProjectScopedQuerySet["Panel"]):
    project_path: ClassVar[str] = "stage__deliverable__project__"


class Panel(SignoffModel):
    """How one FORMAL stage is decided. A stage without one: whoever may approve it, any one of them."""

    stage = models.OneToOneField("deliverables.Stage", models.CASCADE, related_name="panel")
    is_serial = models.BooleanField(default=False)  # groups one after the other, in their order
    identity = models.CharField(max_length=10, choices=Identity.choices, default=Identity.SESSION)
    statement = models.CharField(max_length=1000, blank=True)  # what approvers put their name to
    remind_days = models.PositiveSmallIntegerField(null=True, blank=True)  # working days between reminders
    version = models.PositiveIntegerField(default=1)

    objects = PanelQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Approvers of {self.stage}"


class ApproverGroupQuerySet(ProjectScopedQuerySet["ApproverGroup"]):
    project_path: ClassVar[str] = "panel__stage__deliverable__project__"


class ApproverGroup(SignoffModel):
    panel = models.ForeignKey(Panel, models.CASCADE, related_name="groups")
    name = models.CharField(max_length=80)
    rule = models.CharField(max_length=10, choices=Rule.choices, default=Rule.ALL)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    objects = ApproverGroupQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class ApproverQuerySet(ProjectScopedQuerySet["Approver"]):
    project_path: ClassVar[str] = "group__panel__stage__deliverable__project__"


class Approver(SignoffModel):
    group = models.ForeignKey(ApproverGroup, models.CASCADE, related_name="approvers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = ApproverQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="an_approver_once_in_a_group")]

    def __str__(self) -> str:
        return str(self.user)


class DelegationQuerySet(ScopedQuerySet["Delegation"]):
    pass


class Delegation(SignoffModel):
    """Somebody decides for somebody else on these days, both of which count."""

    organization = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="+")
    absent = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField()

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["begins_on", "id"]
        constraints = [
            models.CheckConstraint(name="ends_after_it_begins", condition=Q(ends_on__gte=models.F("begins_on"))),
            models.CheckConstraint(name="nobody_is_their_own_deputy", condition=~Q(absent=models.F("deputy"))),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.absent}"


class DecisionQuerySet(ScopedQuerySet["Decision"]):
    """Clients see the decisions on what is theirs: `deliverables_seen` is narrowed by the reader."""

    def visibility(self, actor: Actor) -> Q:
        here = super().visibility(actor)
        if actor.role == CLIENT_VIEWER or actor.team_ids:
            here &= Q(client_team_id__in=actor.team_ids)
        return here


class Decision(SignoffModel):
    """One decision of one person on one stage in one round. No foreign keys but the organisation: it outlives what
    it is about. The trigger of `append_only` refuses to change or remove it."""

    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()  # 1, 2, … in the organisation: the chain's order
    project_id = models.UUIDField()
    client_team_id = models.UUIDField(null=True, blank=True)
    deliverable_id = models.UUIDField(db_index=True)
    stage_id = models.UUIDField(db_index=True)
    revision_id = models.UUIDField()
    about = models.JSONField()  # names as they were: project, job number, deliverable, stage, round
    group = models.CharField(max_length=80, blank=True)
    choice = models.CharField(max_length=24, choices=Choice.choices)
    reason = models.TextField(blank=True)
    statement = models.CharField(max_length=1000, blank=True)
    files = models.JSONField()  # [{"name", "size", "sha256"}]
    open_notes = models.JSONField()  # [{"number", "round", "text", "state", "must_fix"}]
    user_id = models.UUIDField(null=True, blank=True)
    user_label = models.CharField(max_length=200)
    user_email = models.CharField(max_length=254, blank=True)
    deputy_of = models.CharField(max_length=200, blank=True)
    identity = models.CharField(max_length=10, choices=Identity.choices)
    decided_at = models.DateTimeField()
    ip = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=300, blank=True)
    supersedes_id = models.UUIDField(null=True, blank=True)  # the same person's earlier one in the same round
    result = models.CharField(max_length=24, blank=True)  # what the stage's result was with this one; empty: not yet
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["organization", "number"], name="one_place_in_the_chain")]

    def __str__(self) -> str:
        return f"{self.user_label}: {self.choice}"
