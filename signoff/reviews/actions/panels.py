"""Naming who decides a FORMAL stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from signoff import mails
from signoff.accounts.policy import Permission, require
from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import ChangedMeanwhile
from signoff.core.text import clean_text
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.move import Moving, lock
from signoff.notifications.models import Notification
from signoff.pipelines.models import ApprovalType
from signoff.projects.errors import ProjectArchived
from signoff.reviews.errors import BadPanel, NoMailServer, NotFormal, PanelWouldDecide, StageDecided
from signoff.reviews.models import Identity, Panel
from signoff.reviews.outcome import outcome_of
from signoff.reviews.panels import GroupDraft, as_groups, check_people, checked, rewrite, set_deciders
from signoff.reviews.standing import Standing, standing_now

MOST_STATEMENT, MOST_DAYS = 1_000, 60


@dataclass(frozen=True, slots=True)
class PanelDraft:
    """How a stage is to be decided. Without groups nobody is named: whoever may approve it decides, any one of them."""

    groups: Sequence[GroupDraft] = ()
    is_serial: bool = False
    identity: str = Identity.SESSION
    statement: str = ""
    remind_days: int | None = None


@transaction.atomic
def set_panel(*, actor: Actor, stage: Stage, draft: PanelDraft, version: int | None = None) -> Panel | None:
    """Say who decides, and how; what was decided in this round stays, as far as its people are still named.

    `version` is that of the panel the person saw, 0 where there was none; None does not ask. Those whose turn comes
    with it are told. Raises NotAllowed, NotFormal, StageDecided, ChangedMeanwhile, BadPanel, CannotApprove,
    PanelWouldDecide, NoMailServer, BadText, ProjectArchived.
    """
    require(actor, Permission.EDIT_APPROVERS, stage.deliverable.project.organization_id)
    moving = lock(stage.deliverable_id)
    stage = moving.stage(stage.pk)
    standing = standing_now(moving, stage)
    _check_stage(moving, stage)
    _check_version(standing.panel, version)
    draft = _checked(moving, draft)
    _check_undecided(standing, draft)
    before = set(stage.deciders)
    panel = _save(stage, standing.panel, draft)
    set_deciders(stage, draft.groups, is_serial=draft.is_serial)
    _announce(actor, moving, stage, draft, set(stage.deciders) - before)
    return panel


def _check_stage(moving: Moving, stage: Stage) -> None:
    if stage.approval_type != ApprovalType.FORMAL:
        raise NotFormal()
    if moving.deliverable.project.is_archived:
        raise ProjectArchived()
    if stage.status == StageStatus.APPROVED:
        raise StageDecided()


def _check_version(panel: Panel | None, version: int | None) -> None:
    current = panel.version if panel else 0
    if version not in (None, current):
        raise ChangedMeanwhile(current={"version": current})


def _checked(moving: Moving, draft: PanelDraft) -> PanelDraft:
    if draft.identity not in Identity.values:
        raise BadPanel("People prove themselves by session, password or code.", field="identity")
    if draft.identity == Identity.CODE and not mails.is_configured():
        raise NoMailServer(field="identity")
    if draft.remind_days is not None and not 1 <= draft.remind_days <= MOST_DAYS:
        raise BadPanel(f"Reminders come after 1 to {MOST_DAYS} working days.", field="remind_days")
    groups = checked(draft.groups)
    check_people(moving.deliverable.project, (who for one in groups for who in one.people))
    statement = clean_text(draft.statement, field="statement", most=MOST_STATEMENT)
    return PanelDraft(groups, draft.is_serial, draft.identity, statement, draft.remind_days)


def _check_undecided(standing: Standing, draft: PanelDraft) -> None:
    """A change of the approvers must not be what approves a stage that is in review."""
    if standing.stage.status != StageStatus.IN_REVIEW or not standing.said:
        return
    choices = {who: one.choice for who, one in standing.said.items()}
    if not draft.groups or outcome_of(as_groups(draft.groups), choices, is_serial=draft.is_serial).result:
        raise PanelWouldDecide(field="groups")


def _save(stage: Stage, panel: Panel | None, draft: PanelDraft) -> Panel | None:
    if not draft.groups:
        Panel.objects.filter(stage=stage).delete()
        return None
    panel = panel or Panel(stage=stage, version=0)
    panel.is_serial, panel.identity = draft.is_serial, draft.identity
    panel.statement, panel.remind_days = draft.statement, draft.remind_days
    panel.version += 1
    panel.save()
    rewrite(panel, draft.groups)
    return panel


def _announce(actor: Actor, moving: Moving, stage: Stage, draft: PanelDraft, new: set[UUID]) -> None:
    row = moving.deliverable
    groups = [f"{one.name} ({len(one.people)})" for one in draft.groups]
    tell = {who: Notification.Reason.WAITING for who in stage.deciders if who in new}
    announce(
        Verb.APPROVERS_CHANGED,
        actor=actor,
        subject=stage,
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        deliverable_id=row.pk,
        data={"stage": str(stage.definition), "groups": groups, "is_internal": not stage.definition.is_with_client},
        tell=tell if stage.status == StageStatus.IN_REVIEW else {},
    )
