"""What may be said of a panel: its groups checked, its people found among those who could decide. Steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from signoff.accounts.models import Membership, Role, User
from signoff.accounts.policy import ALLOWED, Permission
from signoff.core.text import clean_name
from signoff.deliverables.models import Stage
from signoff.projects.models import Project
from signoff.reviews.errors import BadPanel, CannotApprove
from signoff.reviews.models import Approver, ApproverGroup, Panel, Rule
from signoff.reviews.outcome import Group

MOST_GROUPS, MOST_PEOPLE = 12, 50
MAY_DECIDE = tuple(
    role for role in Role if role is not Role.INTEGRATION and Permission.APPROVE_WHERE_NAMED in ALLOWED[role]
)


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A group as somebody wants it; `people` are ids of users. `quorum` counts for that rule only."""

    name: str
    people: tuple[UUID, ...]
    rule: str = Rule.ALL
    quorum: int | None = None


def checked(groups: Sequence[GroupDraft]) -> list[GroupDraft]:
    """With clean names and each person once. Raises BadPanel, BadText."""
    if len(groups) > MOST_GROUPS:
        raise BadPanel(f"At most {MOST_GROUPS} groups.", field="groups")
    return [_checked(place, group) for place, group in enumerate(groups, 1)]


def _checked(place: int, group: GroupDraft) -> GroupDraft:
    people = tuple(dict.fromkeys(group.people))
    if not people:
        raise BadPanel("A group needs somebody in it.", field="groups", group=place)
    if len(people) > MOST_PEOPLE:
        raise BadPanel(f"At most {MOST_PEOPLE} people in a group.", field="groups", group=place)
    if group.rule not in Rule.values:
        raise BadPanel("A group decides by all, by any one, or by a number of them.", field="groups", group=place)
    is_quorum = group.rule == Rule.QUORUM
    if is_quorum and not 1 <= (group.quorum or 0) <= len(people):
        raise BadPanel(f"Of {len(people)} people, 1 to {len(people)} can be needed.", field="groups", group=place)
    name = clean_name(group.name, field="groups", most=80)
    return GroupDraft(name, people, group.rule, group.quorum if is_quorum else None)


def check_people(project: Project, people: Iterable[UUID]) -> None:
    """Active, with a role that decides, and with this project before their eyes. Raises CannotApprove. One query."""
    wanted = set(people)
    missing = wanted - able(project, wanted)
    if missing:
        raise CannotApprove(people=sorted(map(str, missing)), field="groups")


def able(project: Project, people: Iterable[UUID]) -> set[UUID]:
    """Those of these people who could decide in this project now. One query."""
    return set(deciding(project).filter(user_id__in=list(people)).values_list("user_id", flat=True))


def may_be_named(project: Project) -> list[Membership]:
    """The members who could decide in this project."""
    return list(deciding(project).select_related("user").order_by("role", "user__name"))


def deciding(project: Project) -> QuerySet[Membership]:
    """The house's who decide, and the viewers of the project's client team."""
    members = Membership.objects.people().filter(organization_id=project.organization_id, role__in=MAY_DECIDE)
    viewers = members.filter(role=Role.CLIENT_VIEWER, client_teams=project.client_team_id)
    seeing = viewers if project.client_team_id and project.status != "draft" else viewers.none()
    return members.exclude(role=Role.CLIENT_VIEWER) | members.filter(pk__in=seeing.values("pk"))


def panel_of(stage: Stage) -> Panel | None:
    """The panel that was named for this stage, with its groups and people. Three queries."""
    return Panel.objects.filter(stage=stage).prefetch_related("groups__approvers").first()


def rewrite(panel: Panel, groups: Sequence[GroupDraft]) -> None:
    """These groups in the place of those there are; who was reminded stays reminded."""
    old = Approver.objects.filter(group__panel=panel).values_list("user_id", "reminded_at")
    reminded = {who: at for who, at in old if at}
    panel.groups.all().delete()
    rows = [
        ApproverGroup(panel=panel, name=one.name, rule=one.rule, quorum=one.quorum, position=place)
        for place, one in enumerate(groups, 1)
    ]
    ApproverGroup.objects.bulk_create(rows)
    Approver.objects.bulk_create(
        Approver(group=row, user=User(pk=who), reminded_at=reminded.get(who))
        for row, one in zip(rows, groups, strict=True)
        for who in one.people
    )


def set_deciders(stage: Stage, groups: Sequence[GroupDraft], *, is_serial: bool) -> None:
    """Whom the stage tells when it comes into review: those whose turn is first."""
    first = groups[:1] if is_serial else groups
    stage.deciders = list(dict.fromkeys(who for one in first for who in one.people))
    stage.save(update_fields=["deciders", "updated_at"])


def as_groups(groups: Sequence[GroupDraft]) -> list[Group]:
    """As the rules of the outcome take them."""
    return [Group(one.rule, one.people, one.quorum or 0) for one in groups]
