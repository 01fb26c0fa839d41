"""One-time passwords as text: easy to read out, hard to guess."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike
GROUPS, GROUP_LENGTH = 4, 4


def one_time_password() -> str:
    """`k7mq-x3pd-9rtw-h2vc`: 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
