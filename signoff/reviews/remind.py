"""Reminding those whose answer is waited for: in the inbox, and by mail where there is a mail server. Steps."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import localdate, now

from signoff.accounts.models import Organization
from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.move import lock
from signoff.notifications.models import Notification
from signoff.reviews.models import Approver, Panel
from signoff.reviews.panels import able
from signoff.reviews.queue import send_reminders_later
from signoff.reviews.standing import Standing, standing_now, today_of

WEEKEND = (5, 6)


def remind_all() -> int:
    """Nightly: everybody whose days are over. Each stage is a transaction of its own. How many stages it were."""
    waiting = Panel.objects.filter(
        remind_days__isnull=False,
        stage__status=StageStatus.IN_REVIEW,
        stage__deliverable__held="",
        stage__deliverable__project__archived_on__isnull=True,
    )
    ids = list(waiting.order_by("pk").values_list("stage_id", "stage__deliverable_id"))
    return sum(_remind_due(stage_id, deliverable_id) for stage_id, deliverable_id in ids)


@transaction.atomic
def _remind_due(stage_id: UUID, deliverable_id: UUID) -> bool:
    try:
        moving = lock(deliverable_id)
        stage = moving.stage(stage_id)
    except NotFound:
        return False
    standing = standing_now(moving, stage)
    days = standing.panel.remind_days if standing.panel else None
    if days is None or stage.status != StageStatus.IN_REVIEW:
        return False
    today = today_of(moving.deliverable.project.organization)
    due = [one for one in awaited(standing) if working_days(_since(one, stage), today) >= days]
    remind(Actor.system("Signoff", moving.deliverable.project.organization_id), standing, due)
    return bool(due)


def awaited(standing: Standing) -> list[Approver]:
    """The approvers who have a turn and have not answered."""
    groups = standing.panel.groups.all() if standing.panel else ()
    who = standing.awaited()
    return [one for group in groups for one in group.approvers.all() if one.user_id in who]


def remind(actor: Actor, standing: Standing, approvers: Sequence[Approver]) -> None:
    """Tell them, and their deputies of today, as far as they could decide now, and write down when."""
    project = standing.stage.deliverable.project
    could = able(project, (one.user_id for one in approvers))
    found = [one for one in approvers if one.user_id in could]
    people = {
        who for one in found for who in (one.user_id, *(two.pk for two in standing.deputies.get(one.user_id, ())))
    }
    if not people:
        return
    Approver.objects.filter(pk__in=[one.pk for one in found]).update(reminded_at=now())
    stage = standing.stage
    row = stage.deliverable
    send_reminders_later(stage.pk, people, today_of(row.project.organization))
    announce(
        Verb.APPROVERS_REMINDED,
        actor=actor,
        subject=stage,
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        deliverable_id=row.pk,
        data={"stage": str(stage.definition), "people": sorted(str(one.user) for one in found), "is_internal": True},
        tell=dict.fromkeys(people, Notification.Reason.WAITING),
    )


def working_days(since: date, until: date) -> int:
    """How many working days have passed since that day: from Friday to Monday it is one. Pure."""
    days = (since + timedelta(days=number) for number in range(1, max((until - since).days, 0) + 1))
    return sum(day.weekday() not in WEEKEND for day in days)


def _since(approver: Approver, stage: Stage) -> date:
    """Since when they have not been spoken to."""
    house: Organization = stage.deliverable.project.organization
    last: datetime = max(filter(None, (stage.status_since, approver.reminded_at)))
    return localdate(last, timezone=ZoneInfo(house.time_zone))
