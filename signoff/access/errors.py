from signoff.core.errors import Conflict, Invalid


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
