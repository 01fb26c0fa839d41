"""How many rounds were agreed, and what one more asks for. Pure."""

from dataclasses import dataclass

from signoff.core.text import clean_name
from signoff.revisions.errors import ReasonNeeded

MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class Extra:
    """What is kept of a round beyond the allowance; empty and False for one within it."""

    reason: str = ""
    is_chargeable: bool = False


def is_beyond(round_number: int, included: int | None) -> bool:
    return included is not None and round_number > included


def extra_of(round_number: int, included: int | None, reason: str, is_chargeable: bool) -> Extra:
    """What to keep of this round. Raises ReasonNeeded when it is one more and nobody said why, BadText."""
    if not is_beyond(round_number, included):
        return Extra()
    reason = clean_name(reason, field="reason", most=MOST_REASON, required=False)
    if not reason:
        words = f"{included} {'round was' if included == 1 else 'rounds were'} agreed, this is number {round_number}."
        raise ReasonNeeded(f"{words} Say why there is one more.", field="reason", round=round_number, included=included)
    return Extra(reason, is_chargeable)
