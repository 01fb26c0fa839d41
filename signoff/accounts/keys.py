"""API keys as text: `so_<prefix>_<secret>`. The secret has 256 bits, so a plain SHA-256 is digest enough."""

import hashlib
import secrets

PREFIX_LENGTH = 8


def new_secret() -> tuple[str, str]:
    """A new key and the prefix by which people recognise it."""
    prefix = secrets.token_hex(PREFIX_LENGTH // 2)
    return f"so_{prefix}_{secrets.token_urlsafe(32)}", prefix


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
