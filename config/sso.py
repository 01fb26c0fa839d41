"""Providers of single sign-on, from the environment. What is wrong with them, Django's checks say, not the start."""

from config.env import env_bool, env_secret, env_str
from signoff.accounts.providers import ENTRA, OIDC, Provider

MICROSOFT = "https://login.microsoftonline.com"


def providers_from_env() -> tuple[Provider, ...]:
    """Microsoft Entra, when it is switched on, then the other one, when any of its values is there."""
    entra = (_entra(),) if env_bool("AUTH_ENTRA_ENABLED", False) else ()
    return entra + ((_other(),) if env_str("OIDC_SERVER_URL") or env_str("OIDC_CLIENT_ID") else ())


def _entra() -> Provider:
    tenant = env_str("AZURE_TENANT_ID").strip().lower()
    return Provider(
        key=ENTRA,
        name="Microsoft",
        server_url=_address(env_str("AZURE_SERVER_URL") or (f"{MICROSOFT}/{tenant}/v2.0" if tenant else "")),
        client_id=env_str("AZURE_CLIENT_ID").strip(),
        secret=env_secret("AZURE_CLIENT_SECRET"),
        tenant=tenant,
        groups_claim=env_str("AZURE_GROUPS_CLAIM") or "groups",
        organization=env_str("AZURE_ORGANIZATION").strip(),
        redirect_uri=env_str("AZURE_REDIRECT_URI").strip(),
    )


def _other() -> Provider:
    return Provider(
        key=OIDC,
        name=env_str("OIDC_NAME") or "single sign-on",
        server_url=_address(env_str("OIDC_SERVER_URL")),
        client_id=env_str("OIDC_CLIENT_ID").strip(),
        secret=env_secret("OIDC_CLIENT_SECRET"),
        groups_claim=env_str("OIDC_GROUPS_CLAIM") or "groups",
        organization=env_str("OIDC_ORGANIZATION").strip(),
        redirect_uri=env_str("OIDC_REDIRECT_URI").strip(),
    )


def _address(text: str) -> str:
    """The issuer, also when somebody wrote down where its discovery document is."""
    return text.strip().removesuffix("/.well-known/openid-configuration").rstrip("/")
