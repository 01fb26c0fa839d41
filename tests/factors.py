"""Second factors of the cast: an app whose codes the test computes."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from signoff.accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def app_of(user: User) -> Authenticator:
    app: Authenticator = TOTP.activate(user, SECRET).instance
    return app


def codes_of(user: User) -> list[str]:
    """The recovery codes; made when there are none."""
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def code(later: int = 0, secret: str = SECRET) -> str:
    """What the app shows now, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))
