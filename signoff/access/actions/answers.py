"""What the person does who was invited. The link is their permission, so it is what these take in place of an actor."""

from django.db import transaction

from signoff.access.errors import AccountExists, ComesBySso, InvitedIsAnother
from signoff.access.join import join, teams_of
from signoff.access.links import invitation_of
from signoff.access.models import Invitation
from signoff.accounts.joining import HERE_ALREADY
from signoff.accounts.models import Membership, User
from signoff.core.constraints import refused_as
from signoff.core.text import clean_name


@transaction.atomic
def accept_as_new(*, link: str, name: str, password: str) -> Membership:
    """Make an account for who is invited and let them in. `password` is checked against the rules already.

    Raises DeadLink (also for the second of two clicks), ComesBySso, AccountExists, TeamsAreGone or BadText.
    """
    invitation = _locked(link)
    name = clean_name(name)
    if User.objects.at(invitation.email).exists():
        raise AccountExists()
    with refused_as(HERE_ALREADY | {"one_person_per_address": AccountExists()}):
        user = User.objects.create_user(invitation.email, password, name=name)
    return join(invitation, user)


@transaction.atomic
def accept_as(*, link: str, user: User) -> Membership:
    """Let somebody in who has an account, and is signed in with it: a link alone opens nobody's account.

    Raises DeadLink (also for one from before their access was closed), InvitedIsAnother, ComesBySso, AlreadyMember or
    TeamsAreGone.
    """
    invitation = _locked(link)
    if user.email.lower() != invitation.email.lower() or user.is_service or not user.is_active:
        raise InvitedIsAnother()
    return join(invitation, user)


def _locked(link: str) -> Invitation:
    invitation = invitation_of(link, Invitation.objects.select_for_update(no_key=True, of=("self",)))
    if invitation.organization.only_sso:
        raise ComesBySso()
    teams_of(invitation)
    return invitation
