"""Handing somebody's work over to others, before holidays or as their access is closed: one act, as undo sees it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import now

from signoff.accounts.closing import close_access
from signoff.accounts.models import Membership, Organization, User
from signoff.accounts.policy import Permission, require
from signoff.activity.announce import announce_all
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.deliverables.errors import CannotTakeOver
from signoff.deliverables.holding import Kind, deliverables_held, projects_held, stages_held, takers_of
from signoff.deliverables.models import Deliverable, Stage
from signoff.notifications.models import Notification
from signoff.notifications.notify import Telling
from signoff.projects.models import Project

Happenings = list[tuple[Happening, Telling]]
STAGES = (Kind.WORK, Kind.APPROVALS)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many things of each kind went to somebody else."""

    counts: Mapping[Kind, int]
    act: UUID

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@transaction.atomic
def hand_over(
    *, actor: Actor, membership: Membership, to: Mapping[Kind, Membership], is_closing: bool = False
) -> HandedOver:
    """Give what a person holds, kind by kind, to the people named; kinds that are not named stay theirs.

    With `is_closing` their access ends in the same moment. Who takes something over is told of each thing. Raises
    CannotTakeOver for somebody whose role does not do it or who would not see it, NotYourself and LastAdmin.
    """
    require(actor, Permission.MANAGE_PEOPLE, membership.organization_id)
    if is_closing:  # two admins who close each other's access must not both succeed
        Organization.objects.select_for_update(no_key=True).get(pk=membership.organization_id)
    giver = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=membership.pk)
    _lock(giver, to)
    takers = _takers(giver, to)
    act, counts, told = new_id(), {}, Happenings()
    for kind, taker in takers.items():
        found = _give(kind, giver, taker)
        counts[kind], told = len(found), told + found
    if told:
        told.append((_summary(giver, takers, counts), {}))
    if is_closing:
        told += [(one, {}) for one in close_access(actor, giver)]
    if told:
        announce_all(told, actor=actor, organization_id=giver.organization_id, act=act)
    return HandedOver(counts, act)


def _lock(giver: Membership, kinds: Iterable[Kind]) -> None:
    """Projects first, then deliverables, each in the order of their ids, as everybody does who changes them."""
    if Kind.PROJECTS in kinds:
        list(projects_held(giver).select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    wanted = Q(pk__in=[])
    for kind in STAGES:
        if kind in kinds:
            wanted |= Q(pk__in=stages_held(kind, giver).order_by().values("deliverable"))
    if Kind.DELIVERABLES in kinds:
        wanted |= Q(pk__in=deliverables_held(giver).order_by().values("pk"))
    list(Deliverable.objects.select_for_update(of=("self",)).filter(wanted).order_by("pk").values_list("pk"))


def _takers(giver: Membership, to: Mapping[Kind, Membership]) -> dict[Kind, User]:
    able = takers_of(giver)
    found = {kind: next((one.user for one in able[kind] if one.pk == member.pk), None) for kind, member in to.items()}
    unable = [kind for kind, user in found.items() if user is None]
    if unable:
        raise CannotTakeOver(field=unable[0])
    return {kind: user for kind, user in found.items() if user}


def _give(kind: Kind, giver: Membership, taker: User) -> Happenings:
    if kind is Kind.PROJECTS:
        return _give_projects(giver, taker)
    return _give_deliverables(giver, taker) if kind is Kind.DELIVERABLES else _give_stages(kind, giver, taker)


def _give_stages(kind: Kind, giver: Membership, taker: User) -> Happenings:
    rows = list(stages_held(kind, giver).select_related("deliverable", "definition").order_by("pk"))
    Stage.objects.filter(pk__in=[row.pk for row in rows]).update(
        assignee=taker, version=F("version") + 1, updated_at=now()
    )
    return [
        (_happening(Verb.STAGE_ASSIGNED, row, row.deliverable, giver, taker, stage=str(row.definition)), _told(taker))
        for row in rows
    ]


def _give_deliverables(giver: Membership, taker: User) -> Happenings:
    rows = list(deliverables_held(giver).order_by("pk"))
    Deliverable.objects.filter(pk__in=[row.pk for row in rows]).update(
        assignee=taker, version=F("version") + 1, updated_at=now()
    )
    return [(_happening(Verb.DELIVERABLE_CHANGED, row, row, giver, taker), _told(taker)) for row in rows]


def _give_projects(giver: Membership, taker: User) -> Happenings:
    rows = list(projects_held(giver).order_by("pk"))
    Project.objects.filter(pk__in=[row.pk for row in rows]).update(owner=taker, updated_at=now())
    said = _changed("owner", giver, taker)
    return [(Happening(Verb.PROJECT_CHANGED, row, row.pk, None, *said), _told(taker)) for row in rows]


def _happening(
    verb: Verb, row: Stage | Deliverable, of: Deliverable, giver: Membership, taker: User, **data: object
) -> Happening:
    changes, labels = _changed("assignee", giver, taker)
    return Happening(verb, row, of.project_id, of.pk, changes, {**labels, **data})


def _changed(field: str, giver: Membership, taker: User) -> tuple[dict[str, list[object]], dict[str, object]]:
    names = {"labels": {field: [str(giver.user), str(taker)]}}
    return {field: [str(giver.user_id), str(taker.pk)]}, {**names}


def _told(taker: User) -> Telling:
    return {taker.pk: Notification.Reason.ASSIGNED}


def _summary(giver: Membership, takers: Mapping[Kind, User], counts: Mapping[Kind, int]) -> Happening:
    data = {str(kind): {"to": str(takers[kind]), "count": counts[kind]} for kind in takers}
    return Happening(Verb.WORK_HANDED_OVER, giver.user, data=data)
