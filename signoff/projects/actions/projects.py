"""What people do with projects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from signoff.accounts.models import ClientTeam, Organization, User
from signoff.accounts.policy import Permission, require
from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, set_fields
from signoff.core.constraints import refused_as
from signoff.core.text import check_slug, clean_name, clean_text, free_slug, slug_of
from signoff.notifications.models import Notification
from signoff.notifications.notify import Telling
from signoff.pipelines.models import PipelineTemplate
from signoff.projects.custom import clean_custom, merged
from signoff.projects.errors import DueBeforeStart, JobNumberTaken, ProjectArchived, SlugTaken
from signoff.projects.models import CustomField, Project, ProjectStatus, Source

TAKEN = {
    "one_project_of_a_job_number": JobNumberTaken(field="job_number"),
    "one_project_of_a_slug": SlugTaken(field="slug"),
}


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """What is known of a project when it is opened; only the first two must be."""

    job_number: str
    name: str
    client_team: ClientTeam | None = None
    owner: User | None = None
    pipeline: PipelineTemplate | None = None
    status: str = ProjectStatus.ACTIVE
    brief: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    tags: list[str] = field(default_factory=list)
    custom: Mapping[str, object] = field(default_factory=dict)
    source: str = Source.MANUAL


@transaction.atomic
def open_project(*, actor: Actor, organization: Organization, draft: ProjectDraft) -> Project:
    """Open a job. Without a pipeline it gets the organisation's default one; its owner is told.

    Raises JobNumberTaken, DueBeforeStart, BadText or BadCustomValue.
    """
    require(actor, Permission.OPEN_PROJECT, organization.pk)
    # One at a time in an organisation: job numbers and slugs are given out here.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    project = _project(organization, draft)
    _check_job_number(organization, project.job_number)
    _check_dates(project)
    with refused_as(TAKEN):
        project.save(force_insert=True)
    announce(
        Verb.PROJECT_OPENED,
        actor=actor,
        subject=project,
        organization_id=organization.pk,
        project_id=project.pk,
        tell=_owner_is_told(project),
    )
    return project


@transaction.atomic
def change_project(*, actor: Actor, project: Project, changes: Mapping[str, object]) -> Project:
    """Change fields of a project: those of ProjectDraft but for its source, and `slug`.

    Raises what `open_project` raises, SlugTaken, and ProjectArchived.
    """
    require(actor, Permission.EDIT_PROJECT, project.organization_id)
    project = _lock(project)
    if project.is_archived:
        raise ProjectArchived()
    change = set_fields(project, _clean(project, changes))
    if not change:
        return project
    _check_dates(project)
    _save(project, change)
    tell = _owner_is_told(project) if "owner" in change.values else {}
    _announce(Verb.PROJECT_CHANGED, actor, project, change, tell)
    return project


@transaction.atomic
def archive_project(*, actor: Actor, project: Project) -> Project:
    """Put a project away: out of lists and boards, changed no more, kept for good."""
    require(actor, Permission.EDIT_PROJECT, project.organization_id)
    project = _lock(project)
    return _archive(actor, project, Verb.PROJECT_ARCHIVED, project.archived_on or localdate())


@transaction.atomic
def restore_project(*, actor: Actor, project: Project) -> Project:
    """Take a project out of the archive."""
    require(actor, Permission.EDIT_PROJECT, project.organization_id)
    return _archive(actor, _lock(project), Verb.PROJECT_RESTORED, None)


def _archive(actor: Actor, project: Project, verb: Verb, on: date | None) -> Project:
    change = set_fields(project, {"archived_on": on})
    if change:
        _save(project, change)
        _announce(verb, actor, project, change, {})
    return project


def _lock(project: Project) -> Project:
    related = Project.objects.select_related("client_team", "owner", "pipeline")
    return related.select_for_update(of=("self",)).get(pk=project.pk)


def _project(organization: Organization, draft: ProjectDraft) -> Project:
    name = clean_name(draft.name)
    default = PipelineTemplate.objects.in_use().filter(organization=organization, is_default=True)
    return Project(
        organization=organization,
        job_number=clean_name(draft.job_number, field="job_number", most=60),
        name=name,
        slug=_free_slug(organization, name),
        client_team=draft.client_team,
        owner=draft.owner,
        pipeline=draft.pipeline or default.first(),
        status=draft.status,
        brief=clean_text(draft.brief, field="brief", most=20_000),
        starts_on=draft.starts_on,
        due_on=draft.due_on,
        tags=clean_tags(draft.tags),
        custom=merged({}, clean_custom(_custom_fields(organization, draft.custom), draft.custom)),
        source=draft.source,
    )


def clean_tags(tags: list[str]) -> list[str]:
    """Each tag once, in the order given, without empty ones."""
    return list(dict.fromkeys(t for t in (clean_name(tag, field="tags", most=60, required=False) for tag in tags) if t))


def _clean(project: Project, changes: Mapping[str, object]) -> dict[str, object]:
    wanted = dict(changes)
    if "name" in wanted:
        wanted["name"] = clean_name(str(wanted["name"]))
    if "brief" in wanted:
        wanted["brief"] = clean_text(str(wanted["brief"]), field="brief", most=20_000)
    if "tags" in wanted:
        wanted["tags"] = clean_tags(list(wanted["tags"]))  # type: ignore[call-overload]
    if "job_number" in wanted:
        wanted["job_number"] = clean_name(str(wanted["job_number"]), field="job_number", most=60)
        _check_job_number(project.organization, str(wanted["job_number"]), besides=project)
    if "slug" in wanted:
        check_slug(str(wanted["slug"]))
    if "custom" in wanted:
        given = dict(wanted["custom"])  # type: ignore[call-overload]
        wanted["custom"] = merged(project.custom, clean_custom(_custom_fields(project.organization, given), given))
    return wanted


def _custom_fields(organization: Organization, given: Mapping[str, object]) -> list[CustomField]:
    if not given:
        return []
    return list(organization.custom_fields.filter(subject=CustomField.Subject.PROJECT))


def _check_job_number(organization: Organization, job_number: str, besides: Project | None = None) -> None:
    taken = Project.objects.filter(organization=organization, job_number=job_number.strip())
    other = taken.exclude(pk=besides.pk).first() if besides else taken.first()
    if other:
        raise JobNumberTaken(f"{other.job_number} is the job number of “{other.name}” already.", field="job_number")


def _check_dates(project: Project) -> None:
    if project.starts_on and project.due_on and project.starts_on > project.due_on:
        raise DueBeforeStart(field="due_on")


def _free_slug(organization: Organization, name: str) -> str:
    base = slug_of(name)
    taken = Project.objects.filter(organization=organization, slug__startswith=base or "project")
    return free_slug(base, set(taken.values_list("slug", flat=True)), fallback="project")


def _save(project: Project, change: Change) -> None:
    with refused_as(TAKEN):
        project.save(update_fields=[*change.values, "updated_at"])


def _owner_is_told(project: Project) -> Telling:
    return {project.owner_id: Notification.Reason.ASSIGNED} if project.owner_id else {}


def _announce(verb: Verb, actor: Actor, project: Project, change: Change, tell: Telling) -> None:
    announce(
        verb,
        actor=actor,
        subject=project,
        organization_id=project.organization_id,
        project_id=project.pk,
        changes=change.values,
        data=change.data,
        tell=tell,
    )
