"""The agenda as steps: which row is locked, what may stand on it, in which order. Asks nobody's permission."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Max, Q

from signoff.accounts.models import ClientTeam
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, DeliverableQuerySet, Stage, StageStatus
from signoff.revisions.models import Revision
from signoff.rooms.errors import OtherClient, SessionConcluded, TooManyItems
from signoff.rooms.models import ReviewSession, SessionItem, SessionStatus
from signoff.rooms.turns import Turn, take_turn

MOST_ITEMS = 200


def locked_session(session: ReviewSession) -> ReviewSession:
    """The session as it is now, its row locked. Raises SessionConcluded."""
    row = ReviewSession.objects.select_for_update().get(pk=session.pk)
    if row.status == SessionStatus.CONCLUDED:
        raise SessionConcluded()
    return row


def put(session: ReviewSession, rows: Sequence[Deliverable]) -> list[SessionItem]:
    """Deliverables at the agenda's end; those that stand on it already stay where they are. The session is locked.

    Raises OtherClient, TooManyItems.
    """
    known = set(session.items.values_list("deliverable_id", flat=True))
    fresh = [row for row in dict.fromkeys(rows) if row.pk not in known]
    if len(known) + len(fresh) > MOST_ITEMS:
        raise TooManyItems()
    if session.is_for_clients:
        check_one_client(session, fresh)
    last = session.items.aggregate(last=Max("position"))["last"] or 0
    rounds = newest_rounds(session, fresh) if session.is_frozen else {}
    items = [
        SessionItem(session=session, deliverable=row, revision=rounds.get(row.pk), position=place)
        for place, row in enumerate(fresh, last + 1)
    ]
    return SessionItem.objects.bulk_create(items)


def check_one_client(session: ReviewSession, more: Iterable[Deliverable] = ()) -> None:
    """Whose work the clients of a session may meet: one client team's. Raises OtherClient."""
    teams: set[UUID | None] = set(session.items.values_list("deliverable__project__client_team", flat=True).order_by())
    teams |= {row.project.client_team_id for row in more}
    if len(teams) > 1:
        rows = ClientTeam.objects.filter(pk__in=[one for one in teams if one]).order_by("name")
        raise OtherClient(client_teams=[row.name for row in rows])


def newest_rounds(session: ReviewSession, rows: Sequence[Deliverable]) -> dict[UUID, Revision]:
    """The round that each would show now: with clients the newest that they see, if there is one."""
    wanted = {row.pk: (session.is_for_clients and row.client_round) or row.round for row in rows}
    found = Revision.objects.filter(deliverable__in=wanted).order_by()
    return {one.deliverable_id: one for one in found if one.round == wanted[one.deliverable_id]}


def round_shown(item: SessionItem) -> Revision | None:
    """The round that the room opens for this item, `item.deliverable` and `item.session` known; None without any."""
    if item.revision_id:
        return item.revision
    return newest_rounds(item.session, [item.deliverable]).get(item.deliverable_id)


def waiting_for_review(rows: DeliverableQuerySet) -> DeliverableQuerySet:
    """Those with a stage in review."""
    stages = Stage.objects.filter(status=StageStatus.IN_REVIEW).order_by().values("deliverable")
    return rows.filter(pk__in=stages)


def changed_since(rows: DeliverableQuerySet, session: ReviewSession) -> DeliverableQuerySet:
    """Those with a round that is newer than the end of this session."""
    end = session.concluded_at or session.opened_at or session.created_at
    return rows.filter(pk__in=Revision.objects.filter(added_at__gt=end).order_by().values("deliverable"))


def found_by(rows: DeliverableQuerySet, words: str) -> DeliverableQuerySet:
    """Those of whose name, kind, specification, project or job number each word is a part."""
    for word in words.split()[:8]:
        here = Q(name__icontains=word) | Q(kind__icontains=word) | Q(specification__icontains=word)
        rows = rows.filter(here | Q(project__name__icontains=word) | Q(project__job_number__icontains=word))
    return rows


def tell_room(actor: Actor, session: ReviewSession) -> None:
    """Where people are in the room already, they see the agenda anew."""
    if session.is_open:
        take_turn(session.pk, actor, Turn("agenda"))
