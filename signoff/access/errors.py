from signoff.core.errors import Conflict, NotAllowed
from signoff.integrations.openid import TokenRefused


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
