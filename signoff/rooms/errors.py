from signoff.core.errors import Conflict, Invalid, NotAllowed


class SessionConcluded(Conflict):
    code = "session_concluded"
    message = "This session is over. Plan the next one from what was left."


class SessionNotPlanned(Conflict):
    code = "session_not_planned"
    message = "This session was opened before, so it stays."


class SessionNotOpen(Conflict):
    code = "session_not_open"
    message = "This session is not open."


class NothingOnTheAgenda(Conflict):
    code = "nothing_on_the_agenda"
    message = "Put something on the agenda first."


class NothingLeft(Conflict):
    code = "nothing_left"
    message = "Everything on the agenda was looked at, so nothing is left for another session."


class UnknownItem(Invalid):
    code = "unknown_item"
    message = "That is not on the agenda. Look at it again."


class OtherClient(Invalid):
    """`client_team` in the detail is whose work the agenda shows."""

    code = "other_client"
    message = "A session for clients shows the work of one client team."


class TooManyItems(Invalid):
    code = "too_many_items"
    message = "A session has at most 200 items."


class BadOrder(Conflict):
    code = "changed_meanwhile"
    message = "Somebody else changed the agenda in the meantime. Look at it again."


class BadState(Invalid):
    """`field` in the detail names what of it."""

    code = "bad_state"
    message = "The room cannot show that."


class NotLeading(NotAllowed):
    code = "not_leading"
    message = "Somebody else leads now. Ask to lead, or look around by yourself."


class StillWaiting(NotAllowed):
    code = "still_waiting"
    message = "You are in the waiting room until somebody lets you in."


class NotHere(Conflict):
    code = "not_here"
    message = "This person is not in the room."
