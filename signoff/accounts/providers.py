"""Who else may say who somebody is: the providers of single sign-on that the environment names. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

ENTRA, OIDC = "entra", "oidc"
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
MANY_TENANTS = frozenset({"common", "organizations", "consumers"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the configuration of a provider; `number` is the end of its check's id."""

    number: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of OpenID Connect. `key` is its place in addresses: `entra` is Microsoft, `oidc` any other.

    `organization` is the slug of the one organisation it belongs to; empty for all of this installation.
    """

    key: str
    name: str
    server_url: str
    client_id: str
    secret: str = field(repr=False)
    tenant: str = ""
    groups_claim: str = "groups"
    organization: str = ""
    redirect_uri: str = ""  # what the environment says it is; we know better, and check

    def serves(self, slug: str) -> bool:
        """Does it speak for the people of this organisation?"""
        return self.organization in ("", slug)

    @property
    def is_entra(self) -> bool:
        return self.key == ENTRA

    @property
    def is_whole(self) -> bool:
        """May people be sent there? Not with half a configuration."""
        return not list(faults_of(self))


def faults_of(provider: Provider) -> Iterator[Fault]:
    """Everything that keeps this provider from being offered."""
    yield from _missing(provider)
    if provider.server_url and not _is_safe(provider.server_url):
        hint = "Without TLS anybody on the way can say who somebody is. Only this machine itself may be asked by http."
        yield Fault("E002", f"{_name(provider, 'SERVER_URL')} is not an https address.", hint)
    if provider.is_entra and provider.tenant and not _is_tenant(provider.tenant):
        hint = "It is the Directory (tenant) ID of the app registration's overview. Tokens name the tenant by it."
        if provider.tenant.lower() in MANY_TENANTS:
            hint = f"“{provider.tenant}” would let in accounts of every tenant there is. {hint}"
        yield Fault("E003", "AZURE_TENANT_ID is not the id of one tenant.", hint)


def _missing(provider: Provider) -> Iterator[Fault]:
    values = {"CLIENT_ID": provider.client_id, "CLIENT_SECRET": provider.secret}
    values |= {"TENANT_ID": provider.tenant} if provider.is_entra else {"SERVER_URL": provider.server_url}
    for end in (end for end, value in values.items() if not value):
        name = _name(provider, end)
        hint = f"Set it, or {name}_FILE." if end == "CLIENT_SECRET" else "Set it, or switch this provider off."
        yield Fault("E001", f"Single sign-on with {provider.name} needs {name}.", hint)


def _name(provider: Provider, end: str) -> str:
    return f"{'AZURE' if provider.is_entra else 'OIDC'}_{end}"


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE))


def _is_tenant(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
