"""Accounts at providers, connected to people here. allauth's table keeps them; this is the only place that knows it."""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import connection

from signoff.access.claims import Identity
from signoff.accounts.models import User

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 9))"


def lock_identity(identity: Identity) -> SocialAccount | None:
    """The row of this identity, and until the transaction ends nobody else decides about it, row or no row."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"identity {identity.provider.key} {identity.uid}"])
    rows = SocialAccount.objects.select_related("user")
    return rows.filter(provider=identity.provider.key, uid=identity.uid).first()


def keep_identity(
    identity: Identity, user: User, row: SocialAccount | None = None, more: Mapping[str, Any] | None = None
) -> SocialAccount:
    """Write down whose it is and the names people know it by; no token is kept. `more` is what admission remembers."""
    row = row or SocialAccount(provider=identity.provider.key, uid=identity.uid, user=user)
    row.extra_data = {**row.extra_data, "email": identity.email, "name": identity.name, **(more or {})}
    row.save()
    return row


def identities_of(user: User) -> list[SocialAccount]:
    """The connected accounts, the oldest first."""
    return list(SocialAccount.objects.filter(user=user).order_by("pk"))
