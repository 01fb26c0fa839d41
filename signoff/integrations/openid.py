"""What OpenID Connect asks of an ID token before it is believed. No HTTP here, and nothing is kept.

allauth does not check signatures of tokens that it fetched itself, which the standard allows, and knows no nonce. Both
are checked here: then a token is believed for what it is, whatever way it came.
"""

import hmac
from collections.abc import Mapping
from typing import Any

import jwt

from signoff.core.errors import NotAllowed

# Keys of two halves only: with `none` or an HMAC, whoever knows what is public could write tokens.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
NEEDED = ["iss", "sub", "aud", "exp", "iat"]
CLOCKS_APART = 60  # seconds


class TokenRefused(NotAllowed):
    """The answer of a provider is not one to believe. `reason` is for whoever looks into it."""

    code = "token_refused"
    message = "The answer of the sign-in service could not be believed. Try again; if it stays, tell an admin."

    def __init__(self, message: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


def claims_of(token: object, keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str) -> Mapping[str, Any]:
    """The claims, if they are signed by one of `keys` (a JWK set) for us, now, in answer to our question.

    Raises TokenRefused.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            str(token or ""),
            _key_for(str(token or ""), keys),
            algorithms=ALGORITHMS,
            audience=client_id,
            issuer=issuer,
            leeway=CLOCKS_APART,
            options={"require": NEEDED},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, OverflowError) as error:
        raise TokenRefused(reason=f"{type(error).__name__}: {error}") from error
    if not hmac.compare_digest(str(claims.get("nonce") or "").encode(), nonce.encode()):
        raise TokenRefused(reason="its nonce is not the one that was sent")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != client_id:
        raise TokenRefused(reason="it is for several, and was not issued to us")
    return claims


def _key_for(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The key that the token names; the only one when it names none."""
    known = jwt.PyJWKSet.from_dict(dict(keys)).keys
    name = jwt.get_unverified_header(token).get("kid")
    fitting = known if name is None else [key for key in known if key.key_id == name]
    if len(fitting) != 1:
        raise TokenRefused(reason=f"there is no key {name!r}")
    return fitting[0]
