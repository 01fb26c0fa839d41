"""One function a model, no surprises: what is not said is the model's own default."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate, now

from signoff.accounts.models import ClientTeam, Membership, Organization, Role, User
from signoff.core.ids import new_id
from signoff.core.text import slug_of
from signoff.deliverables.models import Deliverable, Stage
from signoff.deliverables.start import DeliverableDraft, start_deliverables
from signoff.feedback.models import Attachment, Audience, Comment, FeedbackItem, Sighting
from signoff.guests.models import GuestLink
from signoff.pipelines.models import ApprovalType, PipelineTemplate, StageDefinition, StageTemplate
from signoff.projects.models import Project
from signoff.reviews.chain import append
from signoff.reviews.models import Decision, Delegation
from signoff.revisions.models import MediaFile, Rendition, Revision, Upload, key_of_rendition, key_of_upload

numbers = count(1)
# Hashing is slow on purpose; every person of the tests shares one hash of cast.PASSWORD.
PASSWORD_HASH = make_password("a good long password", hasher="pbkdf2_sha256")
CAMPAIGN = [("Design", "none"), ("Internal review", "simple"), ("Client approval", "simple")]


def organization(name: str = "Fieldhouse", **values: Any) -> Organization:
    return Organization.objects.create(name=name, slug=slug_of(name), **values)


def client_team(organization: Organization, name: str, **values: Any) -> ClientTeam:
    return ClientTeam.objects.create(organization=organization, name=name, **values)


def member(organization: Organization, name: str, role: str = Role.MAKER, *, teams: Iterable[ClientTeam] = ()) -> User:
    """A person with this role; the address is the first name's."""
    address = f"{slug_of(name.split()[0])}@{organization.slug}.example"
    user = User.objects.create(email=address, name=name, password=PASSWORD_HASH)
    membership = Membership.objects.create(user=user, organization=organization, role=role)
    membership.client_teams.set(teams)
    return user


def pipeline(
    organization: Organization,
    name: str = "Campaign",
    stages: Sequence[tuple[str, str]] = tuple(CAMPAIGN),
    **values: Any,
) -> PipelineTemplate:
    """A pipeline with (stage name, approval type) in order; definitions are shared by name."""
    row = PipelineTemplate.objects.create(organization=organization, name=name, **values)
    for position, (stage_name, approval) in enumerate(stages, 1):
        definition, _ = StageDefinition.objects.get_or_create(
            organization=organization, name=stage_name, defaults={"approval_type": approval}
        )
        StageTemplate.objects.create(
            pipeline=row, definition=definition, position=position, approval_type=ApprovalType(approval)
        )
    return row


def project(organization: Organization, name: str = "First light", **values: Any) -> Project:
    """A project; without a pipeline given, it has the organisation's default one if there is any."""
    values.setdefault("job_number", f"{20400 + next(numbers)}")
    values.setdefault("slug", f"{slug_of(name)}-{next(numbers)}")
    if "pipeline" not in values:
        values["pipeline"] = organization.pipelines.filter(is_default=True).first()
    return Project.objects.create(organization=organization, name=name, **values)


def deliverable(project: Project, name: str = "Key visual", **values: Any) -> Deliverable:
    """A deliverable with the stages of its project's pipeline; `values` are set on the row after."""
    row = start_deliverables(project, [DeliverableDraft(name=name)])[0]
    for field, value in values.items():
        setattr(row, field, value)
    row.save()
    return row


def stage(deliverable: Deliverable, name: str) -> Stage:
    """The deliverable's stage of this name, fresh from the database."""
    return Stage.objects.select_related("deliverable__project", "definition").get(
        deliverable=deliverable, definition__name=name
    )


def revision(deliverable: Deliverable, *, is_released: bool = False, **values: Any) -> Revision:
    """The next round, as a row and without files; nobody is told."""
    deliverable.round += 1
    if is_released:
        deliverable.released_rounds.append(deliverable.round)
    deliverable.save(update_fields=["round", "released_rounds"])
    return Revision.objects.create(deliverable=deliverable, round=deliverable.round, **values)


def media_file(revision: Revision, name: str = "hero.png", **values: Any) -> MediaFile:
    """A file of a round, as a row; the storage has nothing of it."""
    values.setdefault("position", revision.files.count() + 1)
    return MediaFile.objects.create(
        revision=revision, name=name, **{"size": 1000, "key": key_of_upload(new_id())} | values
    )


def rendition(file: MediaFile, kind: str = "thumbnail", **values: Any) -> Rendition:
    """A rendition, as a row; the storage has nothing of it."""
    key = key_of_rendition(file, new_id())
    return Rendition.objects.create(file=file, kind=kind, key=key, size=100, media_type="image/webp", **values)


def decision(stage: Stage, revision: Revision, user: User, choice: str = "approve", **values: Any) -> Decision:
    """What somebody decided, at its place in the chain; nothing follows from it."""
    row = stage.deliverable
    about = {"organization": "Fieldhouse", "project": row.project.name, "job_number": row.project.job_number}
    about |= {"deliverable": row.name, "specification": "", "stage": stage.definition.name}
    plain: dict[str, Any] = {"files": [], "open_notes": [], "identity": "session", "decided_at": now()}
    return append(
        Decision(
            organization_id=row.project.organization_id,
            project_id=row.project_id,
            client_team_id=row.project.client_team_id,
            deliverable_id=row.pk,
            stage_id=stage.pk,
            revision_id=revision.pk,
            round=revision.round,
            about=about,
            choice=choice,
            user_id=user.pk,
            approver_id=user.pk,
            user_label=user.name,
            **plain | values,
        )
    )


def delegation(absent: User, deputy: User, organization: Organization) -> Delegation:
    """Today, somebody decides for somebody else."""
    days = {"begins_on": localdate(), "ends_on": localdate()}
    return Delegation.objects.create(organization=organization, absent=absent, deputy=deputy, **days)


def comment(revision: Revision, author: User | None = None, **values: Any) -> Comment:
    """Something said about a round, as a row; the round is not settled by it, and nobody is told."""
    return Comment.objects.create(
        revision=revision,
        author=author,
        **{"author_label": str(author or "Gone"), "text": "The sun is too low"} | values,
    )


def note(comment: Comment, **values: Any) -> FeedbackItem:
    """The comment's note, as a row, with its sighting in that round."""
    row, number = (
        comment.revision.deliverable,
        FeedbackItem.objects.filter(comment__revision=comment.revision).count() + 1,
    )
    client_number = number if comment.audience == Audience.CLIENT else None
    numbers = {"number": number, "client_number": client_number}
    item = FeedbackItem.objects.create(comment=comment, deliverable=row, **numbers | values)
    Sighting.objects.create(item=item, revision=comment.revision, file=comment.file, state=item.state)
    return item


def attachment(comment: Comment, name: str = "reference.png", **values: Any) -> Attachment:
    """A file that came with it, as a row; the storage has nothing of it."""
    given = {"size": 100, "key": f"attachments/{new_id()}", "media_type": "image/png", "sha256": "0" * 64} | values
    return Attachment.objects.create(comment=comment, name=name, **given)


def guest_link(deliverable: Deliverable, **values: Any) -> GuestLink:
    """A link to it, as a row; nobody knows its address."""
    given = {"digest": f"{next(numbers):064}", "made_by_label": "Pat Producer"} | values
    return GuestLink.objects.create(
        organization_id=deliverable.project.organization_id, deliverable=deliverable, **given
    )


def upload(deliverable: Deliverable, owner: User, name: str = "hero.png", **values: Any) -> Upload:
    """An upload that somebody announced and has sent nothing of."""
    values = {"size": 1000, "key": key_of_upload(new_id()), "expires_at": now() + timedelta(days=1)} | values
    return Upload.objects.create(deliverable=deliverable, owner=owner, name=name, **values)
