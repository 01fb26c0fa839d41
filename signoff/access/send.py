"""Sending what was promised, called by the worker: each asks first whether it is still to do."""

import logging
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from signoff import mails
from signoff.access.letters import invitation_letter, password_letter, sso_letter
from signoff.access.links import link_of, password_link_of
from signoff.access.models import Invitation
from signoff.accounts.actors import memberships_of
from signoff.accounts.models import Membership, Organization, User
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import new_id

log = logging.getLogger(__name__)
MOST_FAILURE = 500


def send_invitation(invitation_id: UUID, serial: int, *, is_last_try: bool) -> None:
    """Raises MailDelayed, until the last try; what stands in the way for good is written on the invitation."""
    this_one = Invitation.objects.filter(pk=invitation_id, serial=serial)
    row = this_one.open().filter(sent_at__isnull=True).select_related("organization").first()
    if row is None:
        return
    letter = invitation_letter(row, link_of(row))
    try:
        mails.deliver(letter, row.email, f"invitation-{row.pk}-{serial}")
    except mails.MailFailed as failure:
        if isinstance(failure, mails.MailDelayed) and not is_last_try:
            raise
        this_one.update(failure=failure.message[:MOST_FAILURE], updated_at=now())
    else:
        this_one.update(sent_at=now(), failure="", updated_at=now())


def answer_forgotten(user_id: UUID | None, reference: str, *, is_last_try: bool) -> None:
    """A letter for somebody who forgot their password, if there is one to write; nothing else is ever said.

    Raises MailDelayed, until the last try.
    """
    user = User.objects.filter(pk=user_id, is_active=True, is_service=False).first() if user_id else None
    mine = list(memberships_of(user).order_by("id")) if user else []
    houses = [one.organization for one in mine] or (_inviting(user) if user else [])
    if user is None or not houses:
        return
    with_password = [one for one in houses if not one.only_sso]
    house = (with_password or houses)[0]
    letter = password_letter(user, house, password_link_of(user)) if with_password else sso_letter(user, house)
    try:
        mails.deliver(letter, user.email, reference)
    except mails.MailFailed as failure:
        if isinstance(failure, mails.MailDelayed) and not is_last_try:
            raise
        log.warning("A letter about a forgotten password was not taken: %s", failure.message)
    else:
        _record(user, mine)


def _inviting(user: User) -> list[Organization]:
    """Who was here once and is invited again has to sign in to accept."""
    rows = Invitation.objects.open().filter(email=user.email.lower()).select_related("organization")
    return [row.organization for row in rows.order_by("id")]


@transaction.atomic
def _record(user: User, memberships: list[Membership]) -> None:
    """In every organisation that the person belongs to: somebody asked, nobody knows who."""
    act = new_id()
    for one in memberships:
        actor = Actor.system("Somebody", one.organization_id)
        record(Happening(Verb.PASSWORD_FORGOTTEN, user), actor=actor, organization_id=one.organization_id, act=act)
