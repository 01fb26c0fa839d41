"""Which organisations a session may enter: all that take passwords, and those whose single sign-on it came through;
none whose admins signed it out.

This is the one place where `only_sso` counts. Pages, API and live stream choose the membership to act under here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q

from signoff.accounts.models import Organization, User
from signoff.accounts.sessions import SHUT

# What allauth notes in the session: each way in which the person proved who they are.
Records = Sequence[Mapping[str, Any]]
RECORDS, WHOSE, BY_SSO = "account_authentication_methods", "account_authentication_methods_user", "socialaccount"


def enterable(user: User, session: Mapping[str, Any]) -> Q:
    """A condition on memberships."""
    slugs, left = _slugs_of(_records(user, session)), ~Q(organization_id__in=session.get(SHUT, ()))
    return left if "" in slugs else left & (Q(organization__only_sso=False) | Q(organization__slug__in=slugs))


def came_by_sso(user: User, session: Mapping[str, Any], organization: Organization) -> bool:
    """Did this session begin at a provider that speaks for this organisation?"""
    return is_vouched_for(_records(user, session), organization)


def is_vouched_for(records: Records, organization: Organization) -> bool:
    """Is there, among these ways of proving who one is, a provider that speaks for this organisation?"""
    return not {"", organization.slug}.isdisjoint(_slugs_of(records))


def _records(user: User, session: Mapping[str, Any]) -> Records:
    """Those of this person; a session may hold another one's, who did not come all the way in."""
    return session.get(RECORDS, ()) if session.get(WHOSE) == str(user.pk) else ()


def _slugs_of(records: Records) -> set[str]:
    """Whom the providers speak for, as the environment has it now; the empty slug is everybody."""
    used = {record.get("provider") for record in records if record.get("method") == BY_SSO}
    return {provider.organization for provider in settings.SSO_PROVIDERS if provider.key in used}
