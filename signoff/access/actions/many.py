"""Inviting everybody of a list: first what it would do, then all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from signoff.access.errors import RowsAreWrong
from signoff.access.models import Invitation
from signoff.access.rows import Row, is_formula, named, read_rows, role_of, teams_of
from signoff.access.start import Draft, Known, draft_of, start_invitations
from signoff.accounts.models import ClientTeam, Organization
from signoff.accounts.policy import Permission, require
from signoff.core.actor import Actor
from signoff.core.errors import SignoffError


@dataclass(frozen=True, slots=True)
class Plan:
    """Every row of the list, and a draft for each that may be sent."""

    rows: list[Row]
    drafts: list[Draft]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if not row.is_good]


def read_many(*, actor: Actor, organization: Organization, content: bytes) -> Plan:
    """What inviting the people of this CSV file would do; nothing is sent. Raises UnreadableSheet or UnreadableRows."""
    require(actor, Permission.MANAGE_PEOPLE, organization.pk)
    return _plan(organization, read_rows(content))


@transaction.atomic
def invite_many(
    *, actor: Actor, organization: Organization, content: bytes, only_good: bool = False
) -> list[Invitation]:
    """Invite everybody of the file, or with `only_good` those whose rows are right. All of them or nobody.

    Raises UnreadableSheet, UnreadableRows or RowsAreWrong.
    """
    plan = read_many(actor=actor, organization=organization, content=content)
    if not plan.drafts or (plan.wrong and not only_good):
        raise RowsAreWrong()
    return start_invitations(actor, organization, plan.drafts)


def _plan(organization: Organization, rows: Sequence[Row]) -> Plan:
    teams = named(ClientTeam.objects.filter(organization=organization))
    known = Known.of(organization.pk, {row.email.lower() for row in rows})
    first: dict[str, int] = {}
    drafts = []
    for row in rows:
        draft = _draft(organization, row, teams, known)
        earlier = first.setdefault(row.email.lower(), row.number)
        if earlier != row.number and row.email:
            row.wrong("email", f"Row {earlier} has the same address.")
        if draft and row.is_good:
            drafts.append(draft)
    return Plan(list(rows), drafts)


def _draft(organization: Organization, row: Row, teams: dict[str, ClientTeam], known: Known) -> Draft | None:
    chosen, unknown = teams_of(row.teams, teams)
    if unknown:
        row.wrong("teams", f"There is no client team “{unknown[0][:80]}”.")
    if is_formula(row.name):
        row.wrong("name", "This looks like a formula, not like a name.")
    if not row.role:
        row.wrong("role", "Say which role: admin, producer, maker, reviewer or client viewer.")
    if row.problems:
        return None
    try:
        draft = draft_of(organization.pk, email=row.email, name=row.name, role=role_of(row.role), teams=chosen)
        known.check(draft.email)
    except SignoffError as refusal:
        row.wrong(str(refusal.detail.get("field", "email")), refusal.message)
        return None
    return draft
