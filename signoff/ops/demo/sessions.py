"""Review sessions of the demo: what is planned, and one that is over. As rows, so that the diaries keep their weeks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from signoff.accounts.models import Organization, User
from signoff.deliverables.models import Deliverable, DeliverableStatus
from signoff.feedback.models import Audience
from signoff.ops.demo.clock import Clock
from signoff.projects.models import Project
from signoff.rooms.models import Attendance, ReviewSession, Role, SessionItem, SessionStatus

SHOWN = timedelta(minutes=6)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """`in_days` from today, at that hour; before today it is over. People: the first one is the host."""

    name: str
    job_number: str
    audience: str
    in_days: int
    hour: int
    people: tuple[str, ...]
    most: int
    reasons: tuple[str, ...]


PLANS = (
    SessionPlan(
        "Kolibri weekly", "20418", Audience.CLIENT, 2, 14, ("ida", "helen", "sofie", "clara"), 6,
        ("Sun and legal line", "Yellow on phones", "First look"),
    ),
    SessionPlan("Monday dailies", "20418", Audience.INTERNAL, 4, 9, ("helen", "mei", "priya"), 5, ("Waits for you",)),
    SessionPlan(
        "Kolibri kick-off", "20418", Audience.CLIENT, -9, 10, ("ida", "sofie", "daniel"), 4, ("Layout",)
    ),
)  # fmt: skip


def plan_sessions(
    organization: Organization, projects: Mapping[str, Project], users: Mapping[str, User], clock: Clock
) -> None:
    for plan in PLANS:
        _plan(organization, projects[plan.job_number], users, clock, plan)


def _plan(
    organization: Organization, project: Project, users: Mapping[str, User], clock: Clock, plan: SessionPlan
) -> None:
    starts_at = clock.now.replace(hour=plan.hour, minute=0, second=0, microsecond=0) + timedelta(days=plan.in_days)
    is_over = plan.in_days < 0
    rows = Deliverable.objects.filter(project=project, round__gt=0, held="").exclude(status=DeliverableStatus.CANCELLED)
    chosen = list(rows.order_by("position")[: plan.most])
    session = ReviewSession.objects.create(
        organization=organization,
        name=plan.name,
        audience=plan.audience,
        owner=users[plan.people[0]],
        starts_at=starts_at,
        status=SessionStatus.CONCLUDED if is_over else SessionStatus.PLANNED,
        opened_at=starts_at if is_over else None,
        concluded_at=starts_at + SHOWN * max(len(chosen) - 1, 1) if is_over else None,
    )
    SessionItem.objects.bulk_create(_items(session, chosen, plan, starts_at, is_over=is_over))
    people = [_person(session, users[who], place, is_over) for place, who in enumerate(plan.people)]
    Attendance.objects.bulk_create(people)


def _items(
    session: ReviewSession, rows: list[Deliverable], plan: SessionPlan, starts_at: datetime, *, is_over: bool
) -> list[SessionItem]:
    """Of a session that is over, the last item was not reached."""
    return [
        SessionItem(
            session=session,
            deliverable=row,
            position=place + 1,
            reason=plan.reasons[place] if place < len(plan.reasons) else "",
            shown_at=starts_at + SHOWN * place if is_over and place < len(rows) - 1 else None,
            shown_seconds=SHOWN.seconds if is_over and place < len(rows) - 1 else 0,
        )
        for place, row in enumerate(rows)
    ]


def _person(session: ReviewSession, user: User, place: int, is_over: bool) -> Attendance:
    role = Role.HOST if place == 0 else Role.COHOST if user.email.startswith("helen@") else Role.VIEWER
    was_there = {"joined_at": session.opened_at, "left_at": session.concluded_at, "last_seen_at": session.concluded_at}
    begin, end = session.opened_at, session.concluded_at
    seconds = int((end - begin).total_seconds()) if begin and end else 0
    there = {**was_there, "is_admitted": True, "here_seconds": seconds} if is_over else {}
    return Attendance(session=session, user=user, role=role, is_invited=True, **there)
