"""Who decides a FORMAL stage, and what was decided. A decision is written once and never changed: a later one
supersedes it, and each carries the hash of the one before, so that a change by hand shows."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from signoff.accounts.visibility import CLIENT_VIEWER, ProjectScopedQuerySet, ScopedQuerySet, ids_of
from signoff.core.actor import Actor, Covers
from signoff.core.models import SignoffModel
from signoff.revisions.models import Revision


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
    """Clients see who decides what is with them, or what they are named for; the house's own panels are its own."""

    project_path: ClassVar[str] = "stage__deliverable__project__"

    def visibility(self, actor: Actor) -> Q:
        here = super().visibility(actor)
        if actor.role != CLIENT_VIEWER:
            return here
        named = Approver.objects.filter(user=actor.user_id).values("group__panel_id")
        return here & (Q(stage__definition__is_with_client=True) | Q(pk__in=named))


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
    def on(self, day: date) -> "DelegationQuerySet":
        return self.filter(begins_on__lte=day, ends_on__gte=day)

    def visibility(self, actor: Actor) -> Q:
        """Clients see those that they are in."""
        here = super().visibility(actor)
        if actor.role != CLIENT_VIEWER:
            return here
        return here & (Q(absent_id=actor.user_id) | Q(deputy_id=actor.user_id))


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
    """Clients see the decisions that were given before their eyes, on rounds that they see now."""

    def visibility(self, actor: Actor) -> Q:
        here = super().visibility(actor)
        if actor.covers is None and (actor.role == CLIENT_VIEWER or actor.team_ids):
            here &= Q(client_team_id__any_of=ids_of(actor.team_ids))
        if actor.role == CLIENT_VIEWER:
            here &= Q(clients_see=True, revision_id__in=Revision.objects.visible_to(actor).values("pk"))
        return here

    def covered(self, covers: Covers) -> Q:
        if covers.deliverable_ids is None:
            return Q(project_id__any_of=ids_of(covers.project_ids))
        return Q(deliverable_id__any_of=ids_of(covers.deliverable_ids))


class Decision(SignoffModel):
    """One decision of one person on one stage in one round. No foreign keys but the organisation: it outlives what
    it is about. The trigger of `append_only` refuses to change or remove it."""

    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()  # 1, 2, … in the organisation: the chain's order
    project_id = models.UUIDField()
    client_team_id = models.UUIDField(null=True, blank=True)
    deliverable_id = models.UUIDField(db_index=True)
    stage_id = models.UUIDField()
    revision_id = models.UUIDField()
    round = models.PositiveSmallIntegerField()
    about = models.JSONField()  # names as they were: project, job number, deliverable, stage, round
    group = models.CharField(max_length=80, blank=True)
    choice = models.CharField(max_length=24, choices=Choice.choices)
    reason = models.TextField(blank=True)
    statement = models.CharField(max_length=1000, blank=True)
    files = models.JSONField()  # [{"name", "size", "sha256"}]
    open_notes = (
        models.JSONField()
    )  # [{"number", "round", "text", "state", "must_fix", "client_number", "client_text"}]
    user_id = models.UUIDField(null=True, blank=True)
    user_label = models.CharField(max_length=200)
    user_email = models.CharField(max_length=254, blank=True)
    approver_id = models.UUIDField(null=True, blank=True)  # whose say it is: who is named, also where a deputy spoke
    deputy_of = models.CharField(max_length=200, blank=True)
    identity = models.CharField(max_length=10, choices=Identity.choices)
    decided_at = models.DateTimeField()
    ip = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=300, blank=True)
    clients_see = models.BooleanField(default=False)  # the client takes part in this stage
    supersedes_id = models.UUIDField(null=True, blank=True)  # what was said in this place earlier in this round
    result = models.CharField(max_length=24, blank=True)  # what the stage's result was with this one; empty: not yet
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["organization", "number"], name="one_place_in_the_chain")]
        indexes = [models.Index(fields=["stage_id", "revision_id", "number"], name="decisions_of_a_stage")]

    def __str__(self) -> str:
        return f"{self.user_label}: {self.choice}"


class ProofCode(SignoffModel):
    """A code that was mailed to somebody so that they prove themselves for a decision; only its digest is kept."""

    stage = models.ForeignKey("deliverables.Stage", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "user"], name="one_code_at_a_time")]

    def __str__(self) -> str:
        return f"Code of {self.user}"
