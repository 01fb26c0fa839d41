"""Mail domains that belong to an organisation, and time zones by name. Pure."""

import re
from collections.abc import Iterable
from zoneinfo import available_timezones

from signoff.accounts.errors import BadDomain, NoSuchTimeZone

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"(?:{LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
MOST_DOMAINS, MOST_LENGTH = 50, 253


def clean_domains(given: Iterable[str]) -> list[str]:
    """Each domain once, in small letters, in the order given. Raises BadDomain."""
    domains = list(dict.fromkeys(d for d in (one.strip().lower().strip(".") for one in given) if d))
    for domain in domains:
        if len(domain) > MOST_LENGTH or not DOMAIN.fullmatch(_as_ascii(domain)):
            raise BadDomain(f"“{domain[:80]}” is not a domain. It is written like studio.example.", field="domains")
    if len(domains) > MOST_DOMAINS:
        raise BadDomain(f"At most {MOST_DOMAINS} domains.", field="domains")
    return domains


def check_time_zone(name: str) -> str:
    """Raises NoSuchTimeZone."""
    if name not in available_timezones():
        raise NoSuchTimeZone(field="time_zone")
    return name


def _as_ascii(domain: str) -> str:
    """`bücher.example` as mail servers know it; itself when it cannot be one."""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return ""
