"""Adding, changing and removing deliverables."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.policy import Permission, require
from signoff.activity.announce import announce, announce_all
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, set_fields
from signoff.core.constraints import refused_as
from signoff.core.text import check_slug, clean_name, clean_text
from signoff.deliverables.errors import HasRounds, NotApprovedYet, SlugTaken, TooMany
from signoff.deliverables.models import Deliverable, DeliverableStatus
from signoff.deliverables.move import Moving, check_version, lock, refresh_status
from signoff.deliverables.start import DeliverableDraft, start_deliverables
from signoff.deliverables.state import deliverable_now, whole_row
from signoff.notifications.models import Notification
from signoff.notifications.notify import Telling
from signoff.projects.custom import clean_custom, merged
from signoff.projects.errors import ProjectArchived
from signoff.projects.models import CustomField, Project

MOST_AT_ONCE = 10_000
LENGTHS = {"name": 200, "kind": 80, "specification": 300, "language": 80, "market": 80}


@transaction.atomic
def add_deliverable(*, actor: Actor, project: Project, draft: DeliverableDraft) -> Deliverable:
    """Add one deliverable with the stages of the project's pipeline; its assignee is told."""
    require(actor, Permission.EDIT_DELIVERABLE, project.organization_id)
    project = lock_project(project.pk)
    row = start_deliverables(project, [_with_custom(project, draft)])[0]
    announce(
        Verb.DELIVERABLE_ADDED,
        actor=actor,
        subject=row,
        organization_id=project.organization_id,
        project_id=project.pk,
        deliverable_id=row.pk,
        tell=assignee_is_told(row),
    )
    return row


@transaction.atomic
def add_deliverables(*, actor: Actor, project: Project, drafts: Sequence[DeliverableDraft]) -> list[Deliverable]:
    """Add many at once, all or none. Raises TooMany beyond 10,000, BadText or BadCustomValue for any."""
    require(actor, Permission.EDIT_DELIVERABLE, project.organization_id)
    if len(drafts) > MOST_AT_ONCE:
        raise TooMany()
    project = lock_project(project.pk)
    rows = start_deliverables(project, [_with_custom(project, draft) for draft in drafts])
    announce_all(
        [(Happening(Verb.DELIVERABLE_ADDED, row, project.pk, row.pk), assignee_is_told(row)) for row in rows],
        actor=actor,
        organization_id=project.organization_id,
    )
    return rows


@transaction.atomic
def change_deliverable(
    *,
    actor: Actor,
    deliverable: Deliverable,
    changes: Mapping[str, object],
    version: int | None = None,
    act: UUID | None = None,
) -> Deliverable:
    """Change fields: those of DeliverableDraft, and `held` ("", "on_hold", "cancelled").

    `version` is the one the person saw; None does not ask. Raises ChangedMeanwhile, SlugTaken,
    ProjectArchived, BadText or BadCustomValue.
    """
    require(actor, Permission.EDIT_DELIVERABLE, deliverable.project.organization_id)
    moving = lock(deliverable.pk)
    row = moving.deliverable
    _check_open(row.project)
    check_version(row, version, deliverable_now(row))
    change = set_fields(row, clean_changes(row, changes))
    if not change:
        return row
    save_change(moving, change)
    tell = assignee_is_told(row) if "assignee" in change.values else {}
    _announce(Verb.DELIVERABLE_CHANGED, actor, row, change, tell, act)
    return row


@transaction.atomic
def remove_deliverable(*, actor: Actor, deliverable: Deliverable, act: UUID | None = None) -> UUID:
    """Take a deliverable and its stages away; the event keeps them, so `undo_act` brings them back.

    Returns the act. Raises HasRounds: what was shown to somebody is kept.
    """
    require(actor, Permission.EDIT_DELIVERABLE, deliverable.project.organization_id)
    moving = lock(deliverable.pk)
    row = moving.deliverable
    _check_open(row.project)
    if row.round or row.revisions.exists():  # a spreadsheet may have set the number back
        raise HasRounds()
    event = announce(
        Verb.DELIVERABLE_REMOVED,
        actor=actor,
        subject=row,
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        deliverable_id=row.pk,
        data={"row": whole_row(row, moving.stages)},
        act=act,
    )
    row.delete()
    return event.act


@transaction.atomic
def mark_delivered(*, actor: Actor, deliverable: Deliverable) -> Deliverable:
    """Say by hand that an approved deliverable is with the client. Raises NotApprovedYet."""
    require(actor, Permission.EDIT_DELIVERABLE, deliverable.project.organization_id)
    moving = lock(deliverable.pk)
    if moving.deliverable.status not in (DeliverableStatus.APPROVED, DeliverableStatus.DELIVERED):
        raise NotApprovedYet()
    return _set_delivered(actor, moving, True)


@transaction.atomic
def unmark_delivered(*, actor: Actor, deliverable: Deliverable) -> Deliverable:
    """Take `mark_delivered` back."""
    require(actor, Permission.EDIT_DELIVERABLE, deliverable.project.organization_id)
    return _set_delivered(actor, lock(deliverable.pk), False)


def lock_project(project_id: UUID) -> Project:
    """Lock a project so that slugs and positions in it are given out once. Raises ProjectArchived."""
    project = (
        Project.objects.select_for_update(of=("self",), no_key=True)
        .select_related("pipeline", "organization")
        .get(pk=project_id)
    )
    _check_open(project)
    return project


def clean_changes(row: Deliverable, changes: Mapping[str, object]) -> dict[str, object]:
    """The changes as the row keeps them. Raises BadText or BadCustomValue."""
    wanted = dict(changes)
    for name, most in LENGTHS.items():
        if name in wanted:
            wanted[name] = clean_name(str(wanted[name]), field=name, most=most, required=name == "name")
    if "notes" in wanted:
        wanted["notes"] = clean_text(str(wanted["notes"]), field="notes")
    if "slug" in wanted:
        check_slug(str(wanted["slug"]))
    if "custom" in wanted:
        given = dict(wanted["custom"])  # type: ignore[call-overload]
        fields = _custom_fields(row.project)
        wanted["custom"] = merged(row.custom, clean_custom(fields, given))
    return wanted


def save_change(moving: Moving, change: Change) -> None:
    """Save what `set_fields` set on a locked deliverable, and its status if that follows. Raises SlugTaken."""
    row = moving.deliverable
    row.version += 1
    saved = [*change.values, "version", "updated_at"]
    if "slug" in change.values:  # only a slug can be taken, and a savepoint costs two statements
        with refused_as({"one_deliverable_of_a_slug": SlugTaken(field="slug")}):
            row.save(update_fields=saved)
    else:
        row.save(update_fields=saved)
    if "held" in change.values or "delivered_at" in change.values:
        refresh_status(moving)


def assignee_is_told(row: Deliverable) -> Telling:
    return {row.assignee_id: Notification.Reason.ASSIGNED} if row.assignee_id else {}


def _set_delivered(actor: Actor, moving: Moving, is_delivered: bool) -> Deliverable:
    row = moving.deliverable
    if (row.delivered_at is not None) == is_delivered:
        return row
    change = set_fields(row, {"delivered_at": now() if is_delivered else None})
    before = row.status
    save_change(moving, change)
    change.values["status"] = (before, row.status)
    _announce(Verb.DELIVERABLE_CHANGED, actor, row, change, {}, None)
    return row


def _with_custom(project: Project, draft: DeliverableDraft) -> DeliverableDraft:
    if not draft.custom:
        return draft
    return replace(draft, custom=merged({}, clean_custom(_custom_fields(project), draft.custom)))


def _custom_fields(project: Project) -> list[CustomField]:
    return list(
        CustomField.objects.filter(organization_id=project.organization_id, subject=CustomField.Subject.DELIVERABLE)
    )


def _check_open(project: Project) -> None:
    if project.is_archived:
        raise ProjectArchived()


def _announce(verb: Verb, actor: Actor, row: Deliverable, change: Change, tell: Telling, act: UUID | None) -> None:
    announce(
        verb,
        actor=actor,
        subject=row,
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        deliverable_id=row.pk,
        changes=change.values,
        data=change.data,
        tell=tell,
        act=act,
    )
