"""Who may be named in a comment, and who hears of it. Clients hear only of what they see."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from signoff.accounts.models import Membership, Role
from signoff.deliverables.models import Deliverable
from signoff.feedback.errors import UnknownPerson
from signoff.feedback.models import Audience, Comment
from signoff.notifications.models import Notification
from signoff.notifications.notify import Telling
from signoff.projects.models import ProjectStatus
from signoff.revisions.models import Revision

Reason = Notification.Reason


@dataclass(frozen=True, slots=True)
class Circle:
    """The people of the house and the clients that see this deliverable, by id."""

    house: frozenset[UUID]
    clients: frozenset[UUID]


def circle_of(deliverable: Deliverable) -> Circle:
    """One query."""
    project = deliverable.project
    members = Membership.objects.filter(organization_id=project.organization_id).people()
    rows = members.values_list("user_id", "role", "client_teams")
    house = frozenset(who for who, role, _ in rows if role != Role.CLIENT_VIEWER)
    is_shown = project.client_team_id is not None and project.status != ProjectStatus.DRAFT
    clients = (who for who, role, team in rows if role == Role.CLIENT_VIEWER and team == project.client_team_id)
    return Circle(house, frozenset(clients if is_shown else ()))


def named(deliverable: Deliverable, ids: Iterable[UUID]) -> list[UUID]:
    """Those who may be named here, each once. Raises UnknownPerson."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    circle = circle_of(deliverable)
    if not set(wanted) <= circle.house | circle.clients:
        raise UnknownPerson(field="mentions")
    return wanted


def told_of_comment(
    comment: Comment, mentions: Iterable[UUID], thread: Iterable[UUID] = (), *, only_named: bool = False
) -> Telling:
    """The owner and the assignee (unless `only_named`), the thread's people, whoever is named; for the best reason."""
    row = comment.revision.deliverable
    tell = {who: Reason.OWNED for who in [row.project.owner_id] if who and not only_named}
    tell |= {who: Reason.SAID for who in [row.assignee_id] if who and not only_named}
    tell |= dict.fromkeys(thread, Reason.SAID)
    tell |= dict.fromkeys(mentions, Reason.MENTIONED)
    return _who_see_it(comment, tell)


def told_of_note(comment: Comment, here: Revision) -> Telling:
    """The same when its note has moved in this round. Clients hear of it only in a round that they see."""
    row = comment.revision.deliverable
    tell = {who: Reason.OWNED for who in [row.project.owner_id] if who}
    tell |= {who: Reason.SAID for who in [row.assignee_id, *thread_of(comment)] if who}
    return _who_see_it(comment, tell, here.is_released)


def thread_of(head: Comment) -> list[UUID]:
    """Who said something in it, so far as it is still there."""
    replies = head.replies.filter(removed_at=None).values_list("author_id", flat=True)
    return [who for who in (head.author_id, *replies) if who]


def _who_see_it(comment: Comment, tell: dict[UUID, Reason], is_shown: bool = True) -> Telling:
    circle = circle_of(comment.revision.deliverable)
    clients = circle.clients if is_shown and is_for_clients(comment) else frozenset()
    return {who: why for who, why in tell.items() if who in circle.house or who in clients}


def is_for_clients(comment: Comment) -> bool:
    """They see it now: a client comment of a released round, and what it answers. `revision.deliverable` is fresh."""
    shown = comment.revision.deliverable.released_rounds
    heads = (comment, comment.parent) if comment.parent else (comment,)
    return all(one.audience == Audience.CLIENT and one.revision.round in shown for one in heads)
