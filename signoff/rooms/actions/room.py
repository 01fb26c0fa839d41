"""What is done in the room: showing, drawing, pointing, asking to lead and handing over. Each is one turn."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from signoff.accounts.models import User
from signoff.core.actor import Actor
from signoff.revisions.models import Revision
from signoff.rooms.agenda import round_shown
from signoff.rooms.errors import BadState, NotHere, NotLeading, SessionNotOpen, UnknownItem
from signoff.rooms.models import Attendance, ReviewSession, Role, Room
from signoff.rooms.people import admitted, here_now, require_person
from signoff.rooms.state import TIMED, clean_mark, clean_spot, clean_state
from signoff.rooms.turns import Turn, take_turn, whisper


@transaction.atomic
def show(*, actor: Actor, session: ReviewSession, said: Mapping[str, Any], at: int | None = None) -> int:
    """Everybody who follows sees what `said` changes of the room's state; only who leads may. The room's new number.

    A new item without a round comes in the round that it shows. `at` is since when, by the room's clock.
    Raises NotAllowed, StillWaiting, BadState, UnknownItem, NotFound, NotLeading, SessionNotOpen.
    """
    require_person(actor, session)
    admitted(actor, session)
    state = clean_state(said)
    if "item" in state:
        state = _begun(session, state)
    if state.get("revision"):
        _check_round(actor, session, state["revision"])
    if at is None and TIMED & set(state):
        at = 2**62  # now, by the database's clock: a turn takes no later one
    return _turned(session, actor, Turn("show", state, at=at))


@transaction.atomic
def draw(*, actor: Actor, session: ReviewSession, mark: Mapping[str, Any]) -> int:
    """Draw over what is shown, for everybody. Who leads, host and co-hosts may; others where drawing is allowed.

    Raises NotAllowed, StillWaiting, BadState, NotLeading, SessionNotOpen.
    """
    require_person(actor, session)
    here = admitted(actor, session)
    drawn = {**clean_mark(mark), "by": str(actor.user_id)}
    return _turned(session, actor, Turn("draw", {"mark": drawn}, leads=here.leads))


@transaction.atomic
def erase(*, actor: Actor, session: ReviewSession, mark_id: UUID | None = None) -> int:
    """Take one mark away, or all. Raises NotAllowed, StillWaiting, NotLeading, SessionNotOpen."""
    require_person(actor, session)
    here = admitted(actor, session)
    data = {"id": str(mark_id)} if mark_id else {}
    return _turned(session, actor, Turn("erase", data, leads=here.leads))


@transaction.atomic
def point(*, actor: Actor, session: ReviewSession, spot: Mapping[str, Any]) -> None:
    """Show everybody where one points; it is kept nowhere. Raises StillWaiting, BadState, SessionNotOpen."""
    require_person(actor, session)
    admitted(actor, session)
    room = Room.objects.filter(session=session, is_open=True).only("state").first()
    if room is None:
        raise SessionNotOpen()
    whisper(session.pk, actor, clean_spot(spot), room.state.get("revision"))


@transaction.atomic
def allow_drawing(*, actor: Actor, session: ReviewSession, allowed: bool) -> int:
    """Everybody draws, or only who leads. Host and co-hosts say so. Raises as `draw` does."""
    require_person(actor, session)
    here = admitted(actor, session)
    return _turned(session, actor, Turn("drawing", {"allowed": allowed}, leads=here.leads))


@transaction.atomic
def ask_to_lead(*, actor: Actor, session: ReviewSession) -> None:
    """Ask whoever leads to hand over. Asked already, nothing happens. Raises StillWaiting, SessionNotOpen."""
    require_person(actor, session)
    admitted(actor, session)
    if take_turn(session.pk, actor, Turn("ask")) is None and not _room(session):
        raise SessionNotOpen()


@transaction.atomic
def give_lead(*, actor: Actor, session: ReviewSession, person: User) -> int:
    """Somebody in the room leads from now on. Who leads, host and co-hosts give it away.

    Raises NotAllowed, StillWaiting, NotHere, NotLeading, SessionNotOpen.
    """
    require_person(actor, session)
    here = admitted(actor, session)
    _check_here(session, person)
    return _turned(session, actor, Turn("lead", {"to": str(person.pk)}, leads=here.leads))


@transaction.atomic
def refuse_lead(*, actor: Actor, session: ReviewSession, person: User) -> int:
    """Say no to who asked. Raises as `give_lead` does."""
    require_person(actor, session)
    here = admitted(actor, session)
    return _turned(session, actor, Turn("refuse", {"to": str(person.pk)}, leads=here.leads))


@transaction.atomic
def take_lead(*, actor: Actor, session: ReviewSession) -> int:
    """Lead: the host at any time, co-hosts where nobody does. Raises StillWaiting, NotLeading, SessionNotOpen."""
    require_person(actor, session)
    here = admitted(actor, session)
    turn = Turn("take", {"to": str(here.user_id)}, leads=here.leads, hosts=here.role == Role.HOST)
    return _turned(session, actor, turn)


def _turned(session: ReviewSession, actor: Actor, turn: Turn) -> int:
    seq = take_turn(session.pk, actor, turn)
    if seq is not None:
        return seq
    raise NotLeading() if _room(session) else SessionNotOpen()


def _room(session: ReviewSession) -> Room | None:
    return Room.objects.filter(session=session, is_open=True).first()


def _begun(session: ReviewSession, state: dict[str, Any]) -> dict[str, Any]:
    """Another item begins at its beginning, unless it is said where."""
    found = session.items.filter(pk=state["item"]).select_related("deliverable", "revision", "session").first()
    if found is None:
        raise UnknownItem(field="item")
    beginning: dict[str, Any] = {"file": None, "frame": 0, "playing": False, "page": 1, "view": None, "compare": None}
    if not state.get("revision"):
        revision = round_shown(found)
        beginning["revision"] = str(revision.pk) if revision else None
        state = {name: value for name, value in state.items() if name != "revision"}
    return beginning | state


def _check_round(actor: Actor, session: ReviewSession, revision_id: str) -> None:
    """A round of something on the agenda that the actor sees. Raises BadState."""
    rounds = Revision.objects.visible_to(actor).filter(pk=revision_id)
    if not rounds.filter(deliverable__in=session.items.order_by().values("deliverable")).exists():
        raise BadState(field="revision")


def _check_here(session: ReviewSession, person: User) -> Attendance:
    found = here_now(session).filter(user=person).first()
    if found is None:
        raise NotHere()
    return found
