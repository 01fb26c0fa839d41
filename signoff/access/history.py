"""The last sign-ins of a person, as they may read them themselves: a stranger's try is seen where one looks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from signoff.access.devices import in_words
from signoff.accounts.models import User
from signoff.audit.models import Event
from signoff.audit.verbs import Verb

MOST = 10


@dataclass(frozen=True, slots=True)
class SignIn:
    """`means` are what was shown: `password`, `code`, a provider's key."""

    at: datetime
    is_failure: bool
    means: list[str]
    address: str
    browser: str


def last_sign_ins(user: User, organization_id: UUID) -> list[SignIn]:
    """The newest first, as this organisation was told of them; at most ten. One query."""
    verbs = (Verb.SIGNED_IN, Verb.SIGN_IN_FAILED)
    rows = Event.objects.filter(organization_id=organization_id, subject_id=user.pk, verb__in=verbs)
    return [_sign_in(row) for row in rows.order_by("-id")[:MOST]]


def _sign_in(row: Event) -> SignIn:
    said = row.data
    return SignIn(
        at=row.created_at,
        is_failure=row.verb == Verb.SIGN_IN_FAILED,
        means=[str(one) for one in said.get("means", [])],
        address=str(said.get("ip", "")),
        browser=in_words(str(said.get("browser", ""))),
    )
