from signoff.core.errors import Conflict, Invalid, NotAllowed, NotFound
from signoff.integrations.openid import TokenRefused


class WrongCode(Invalid):
    code = "wrong_code"
    message = "This code is not right. Codes change every half minute; type the one that is shown now."


class AppThere(Conflict):
    code = "app_there"
    message = "You have an authenticator app already. Remove it first."


class NoFactor(Conflict):
    code = "no_factor"
    message = "Recovery codes stand in for a second factor. Add an authenticator app or a passkey first."


class OwnFactors(Conflict):
    code = "own_factors"
    message = "Your own second factors are on the page of your account."


class ForeignTenant(TokenRefused):
    code = "foreign_tenant"
    message = "This is an account of another organisation at Microsoft. Sign in with the account of your own."


class NotInvited(NotAllowed):
    code = "not_invited"
    message = "Nobody invited you here."


class AccessIsClosed(NotAllowed):
    code = "access_is_closed"
    message = "Your access here was closed. Ask an admin of your studio to open it again."


class IdentityTaken(Conflict):
    code = "identity_taken"
    message = "This account is connected to another person here. They have to disconnect it first."


class LastWayIn(Conflict):
    code = "last_way_in"
    message = "This is your only way in. Choose a password first, or connect another account."


class SignInAnew(NotAllowed):
    code = "sign_in_anew"
    message = "You signed in some time ago. Sign out, sign in again, then do this within a quarter of an hour."


class DeadLink(NotFound):
    """Unknown, run out, revoked, used or replaced by a newer one: to a stranger they are all the same."""

    code = "dead_link"
    message = "This link does not work any more. Ask the person who invited you for a new one."


class DeadPasswordLink(NotFound):
    code = "dead_password_link"
    message = "This link does not work any more. It is good once and for one hour; ask for a new one."


class AlreadyInvited(Conflict):
    code = "already_invited"
    message = "This address is invited already. Send that invitation again, or revoke it first."


class InvitationOver(Conflict):
    code = "invitation_over"
    message = "This invitation has been accepted or revoked in the meantime."


class SentTooOften(Conflict):
    code = "sent_too_often"
    message = "It was sent less than a minute ago. Give it a moment, then send it again."


class LinkIsTheirs(NotAllowed):
    code = "link_is_theirs"
    message = "The link goes by mail to the person who is invited. Only who invited them may copy it."


class TeamIsArchived(Conflict):
    code = "team_is_archived"
    message = "A client team of this invitation is archived. Take it out of the archive, or invite them anew."


class TeamsAreGone(Conflict):
    """Said to the person who was invited."""

    code = "teams_are_gone"
    message = "The team you were invited to is closed now. Ask the person who invited you for a new invitation."


class AccountExists(Conflict):
    code = "account_exists"
    message = "There is an account with this address already. Sign in with it to accept the invitation."


class InvitedIsAnother(NotAllowed):
    code = "invited_is_another"
    message = "This invitation is for somebody else. Sign out, then open the link again."


class ComesBySso(Conflict):
    code = "comes_by_sso"
    message = "People of this studio sign in with its single sign-on. No password is needed."


class RowsAreWrong(Invalid):
    code = "rows_are_wrong"
    message = "Some rows cannot be sent. Mend them in your file, or send the good ones only."


class UnreadableRows(Invalid):
    code = "unreadable_rows"
