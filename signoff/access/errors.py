from signoff.core.errors import Conflict, Invalid, NotAllowed
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
