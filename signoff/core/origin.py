"""Where a request came from: the address of who sent it, and what their browser calls itself.

The one place that decides whether `X-Forwarded-For` is believed: limits, events and allauth all ask here. Without
`SIGNOFF_TRUSTED_PROXIES` nobody is believed but the connection itself, because anybody can send that header.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from django.conf import settings

from signoff.core.proxies import Proxies

MOST_BROWSER = 300
IPV6_HOME = 64  # so many bits are one household or one office; the rest they choose themselves


@dataclass(frozen=True, slots=True)
class Origin:
    """`address` is empty when even the connection has none (a socket)."""

    address: str = ""
    browser: str = ""

    @property
    def data(self) -> dict[str, object]:
        """What an event keeps of it."""
        return {name: value for name, value in (("ip", self.address), ("browser", self.browser)) if value}

    @property
    def home(self) -> str:
        """What limits count by: the address, of an IPv6 one its network."""
        try:
            address = ip_address(self.address)
        except ValueError:
            return self.address
        if isinstance(address, IPv6Address):
            return str(IPv6Network((address, IPV6_HOME), strict=False))
        return str(address)


def origin_of(environ: Mapping[str, Any]) -> Origin:
    """Of a request's `META`."""
    remote, forwarded = str(environ.get("REMOTE_ADDR", "")), str(environ.get("HTTP_X_FORWARDED_FOR", ""))
    browser = "".join(letter for letter in str(environ.get("HTTP_USER_AGENT", "")) if letter.isprintable())
    return Origin(client_address(remote, forwarded, settings.TRUSTED_PROXIES), browser[:MOST_BROWSER])


def client_address(remote: str, forwarded: str, proxies: Proxies) -> str:
    """The nearest address that is none of our proxies'. Each proxy adds who spoke to it at the end of `forwarded`.

    With a number of proxies, it is the one that the outermost of them saw; with networks, the first from the end
    that lies in none of them. What cannot be read as an address ends the search: nothing before it is believed.
    """
    steps = [_plain(remote)]
    for text in reversed(forwarded.split(",")):
        if not (address := _plain(text)):
            break
        steps.append(address)
    if isinstance(proxies, int):
        return steps[min(proxies, len(steps) - 1)]
    last = steps[0]
    for last in steps:
        if not _is_one_of(last, proxies):
            break
    return last


def _is_one_of(address: str, networks: tuple[str, ...]) -> bool:
    return bool(address) and any(ip_address(address) in ip_network(network) for network in networks)


def _plain(text: str) -> str:
    """One spelling for one address, without port and brackets; empty when it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)
