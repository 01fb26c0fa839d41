"""What the page behind an invitation's link shows to who opens it. Only reads: programs that scan mails open links."""

from dataclasses import dataclass
from enum import StrEnum, auto

from signoff.access.errors import TeamsAreGone
from signoff.access.join import teams_of
from signoff.access.links import invitation_of
from signoff.access.models import Invitation
from signoff.accounts.models import ClientTeam, Membership, User


class Standing(StrEnum):
    """Who opens the link, and so what they can do with it."""

    NEW = auto()  # nobody has an account with this address: choose a name and a password
    MINE = auto()  # signed in as who is invited: accept
    SIGN_IN = auto()  # there is an account: sign in with it first
    ANOTHER = auto()  # signed in as somebody else
    MEMBER = auto()  # was let in by another way in the meantime
    SSO = auto()  # the house has no passwords
    GONE = auto()  # its client team is closed


@dataclass(frozen=True, slots=True)
class Welcome:
    invitation: Invitation
    teams: list[ClientTeam]
    standing: Standing


def welcome_of(link: str, user: User | None) -> Welcome:
    """Raises DeadLink."""
    invitation = invitation_of(link)
    try:
        teams = teams_of(invitation)
    except TeamsAreGone:
        return Welcome(invitation, [], Standing.GONE)
    return Welcome(invitation, teams, _standing(invitation, user))


def _standing(invitation: Invitation, user: User | None) -> Standing:
    if user and user.email.lower() != invitation.email:
        return Standing.ANOTHER
    owner = user or User.objects.at(invitation.email).first()
    here = Membership.objects.filter(user=owner, organization=invitation.organization, is_active=True)
    if owner and here.exists():
        return Standing.MEMBER
    if invitation.organization.only_sso:
        return Standing.SSO
    if user:
        return Standing.MINE
    return Standing.SIGN_IN if owner else Standing.NEW
