"""What admins do to let people in: invite them, send it again, take it back."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from signoff import mails
from signoff.access.errors import InvitationOver, LinkIsTheirs, SentTooOften
from signoff.access.links import link_of
from signoff.access.models import VALID, Invitation
from signoff.access.queue import send_later
from signoff.access.start import INVITED_ALREADY, Known, draft_of, start_invitations
from signoff.accounts.models import ClientTeam, Organization
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.constraints import refused_as

PAUSE = timedelta(minutes=1)


@transaction.atomic
def invite(
    *,
    actor: Actor,
    organization: Organization,
    email: str,
    role: str,
    name: str = "",
    teams: Iterable[ClientTeam] = (),
) -> Invitation:
    """Ask somebody to join. A letter with a link goes out, where there is a mail server.

    Raises BadAddress, BadText, NoSuchRole, ClientNeedsTeam, TeamIsArchived, AlreadyMember, AlreadyInvited,
    NotAPerson; NotFound for a team of others.
    """
    require(actor, Permission.MANAGE_PEOPLE, organization.pk)
    draft = draft_of(organization.pk, email=email, name=name, role=role, teams=teams)
    Known.of(organization.pk, [draft.email]).check(draft.email)
    return start_invitations(actor, organization, [draft])[0]


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Send a new link, good for seven days; the links before end. Once a minute.

    Raises InvitationOver, SentTooOften, AlreadyMember, NotAPerson; TeamIsArchived or ClientNeedsTeam for teams
    that are closed now.
    """
    row = _lock(actor, invitation)
    if row.revoked_at:
        raise InvitationOver()
    if now() < row.asked_at + PAUSE:
        raise SentTooOften()
    Known.of(row.organization_id, [row.email]).check_member(row.email)
    teams = list(row.client_teams.all())
    draft_of(row.organization_id, email=row.email, name=row.name, role=row.role, teams=teams)
    row.serial += 1
    row.sent_at, row.failure, row.expires_at = None, "", now() + VALID
    row.save(update_fields=["serial", "sent_at", "failure", "expires_at", "updated_at"])
    if mails.is_configured():
        send_later([row])
    data = {"email": row.email, "role": row.role, "teams": sorted(team.name for team in teams), "again": row.serial}
    record(Happening(Verb.INVITATION_SENT, row, data=data), actor=actor, organization_id=row.organization_id)
    return row


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Take it back: its link ends. Twice is once. Raises InvitationOver when it was accepted."""
    row = _lock(actor, invitation)
    if row.revoked_at is None:
        row.revoked_at = now()
        row.save(update_fields=["revoked_at", "updated_at"])
        record(Happening(Verb.INVITATION_REVOKED, row), actor=actor, organization_id=row.organization_id)
    return row


@transaction.atomic
def restore_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Undo a revocation: the last link works again, as long as it would have.

    Raises InvitationOver or AlreadyInvited.
    """
    row = _lock(actor, invitation)
    if row.revoked_at is not None:
        changes = {"revoked_at": (row.revoked_at.isoformat(), None)}
        row.revoked_at = None
        with refused_as(INVITED_ALREADY):
            row.save(update_fields=["revoked_at", "updated_at"])
        happening = Happening(Verb.CHANGE_UNDONE, row, changes=changes)
        record(happening, actor=actor, organization_id=row.organization_id)
    return row


def copy_link(*, actor: Actor, invitation: Invitation) -> str:
    """The link itself, to be handed over by another way: for any admin where there is no mail, else for the inviter.

    Raises LinkIsTheirs or InvitationOver.
    """
    require(actor, Permission.MANAGE_PEOPLE, invitation.organization_id)
    if not may_copy(actor, invitation):
        raise LinkIsTheirs()
    row = Invitation.objects.get(pk=invitation.pk)
    if not row.is_open:
        raise InvitationOver()
    return link_of(row)


def may_copy(actor: Actor, invitation: Invitation) -> bool:
    is_inviter = actor.user_id is not None and invitation.invited_by_id == actor.user_id
    return is_inviter or not mails.is_configured()


def _lock(actor: Actor, invitation: Invitation) -> Invitation:
    require(actor, Permission.MANAGE_PEOPLE, invitation.organization_id)
    row = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if row.accepted_at:
        raise InvitationOver()
    return row
