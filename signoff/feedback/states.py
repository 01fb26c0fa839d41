"""How a note may move, and who may move it. Pure."""

from signoff.accounts.policy import Permission, can
from signoff.core.actor import Actor
from signoff.feedback.models import FeedbackItem, State

ON = (State.ADDRESSED, State.VERIFIED, State.WONT_FIX, State.SUPERSEDED)
MOVES: dict[State, tuple[State, ...]] = {
    State.OPEN: ON,
    State.ADDRESSED: (State.VERIFIED, State.REOPENED, State.WONT_FIX, State.SUPERSEDED),
    State.REOPENED: ON,
    State.VERIFIED: (State.REOPENED,),
    State.WONT_FIX: (State.REOPENED,),
    State.SUPERSEDED: (State.REOPENED,),
}
ASKS = {State.ADDRESSED: Permission.ADDRESS_NOTE}  # all others ask SETTLE_NOTE
RAISERS = (State.VERIFIED, State.REOPENED)  # what who raised a note may always do


def legal_moves(state: str) -> tuple[State, ...]:
    return MOVES[State(state)]


def may_move(actor: Actor, item: FeedbackItem, to: State) -> bool:
    """Whoever raised it may always verify and reopen it; who addressed it may take that back."""
    if can(actor, ASKS.get(to, Permission.SETTLE_NOTE)):
        return True
    is_own = item.state == State.ADDRESSED and is_same(actor, item.state_by_id) and to == State.REOPENED
    return can(actor, Permission.COMMENT) and (is_own or (to in RAISERS and raised(actor, item)))


def may_change(actor: Actor, item: FeedbackItem) -> bool:
    """What it asks for, and how urgently."""
    return can(actor, Permission.SETTLE_NOTE) or (can(actor, Permission.COMMENT) and raised(actor, item))


def raised(actor: Actor, item: FeedbackItem) -> bool:
    return is_same(actor, item.comment.author_id)


def is_same(actor: Actor, user_id: object) -> bool:
    return user_id is not None and actor.user_id == user_id
