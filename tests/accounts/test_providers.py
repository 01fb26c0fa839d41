"""What is wrong with the configuration of a provider."""

from dataclasses import replace

import pytest

from signoff.accounts.providers import Provider, faults_of

TENANT = "11111111-1111-4111-8111-111111111111"
ENTRA = Provider("entra", "Microsoft", f"https://login.microsoftonline.com/{TENANT}/v2.0", "id", "secret", TENANT)
OIDC = Provider("oidc", "Keyring", "https://keyring.example", "id", "secret")


@pytest.mark.parametrize(
    ("provider", "found"),
    [
        (ENTRA, []),
        (OIDC, []),
        (replace(ENTRA, client_id=""), [("E001", "Single sign-on with Microsoft needs AZURE_CLIENT_ID.")]),
        (replace(ENTRA, secret=""), [("E001", "Single sign-on with Microsoft needs AZURE_CLIENT_SECRET.")]),
        (
            replace(ENTRA, tenant="", server_url=""),
            [("E001", "Single sign-on with Microsoft needs AZURE_TENANT_ID.")],
        ),
        (replace(OIDC, server_url=""), [("E001", "Single sign-on with Keyring needs OIDC_SERVER_URL.")]),
        (
            replace(OIDC, client_id="", secret=""),
            [
                ("E001", "Single sign-on with Keyring needs OIDC_CLIENT_ID."),
                ("E001", "Single sign-on with Keyring needs OIDC_CLIENT_SECRET."),
            ],
        ),
        (
            replace(OIDC, server_url="http://keyring.example"),
            [("E002", "OIDC_SERVER_URL is not an https address.")],
        ),
        (replace(OIDC, server_url="http://localhost:9400"), []),
        (replace(OIDC, server_url="keyring.example"), [("E002", "OIDC_SERVER_URL is not an https address.")]),
        (replace(ENTRA, tenant="common"), [("E003", "AZURE_TENANT_ID is not the id of one tenant.")]),
        (replace(ENTRA, tenant="studio.example"), [("E003", "AZURE_TENANT_ID is not the id of one tenant.")]),
    ],
)
def test_what_is_wrong(provider: Provider, found: list[tuple[str, str]]) -> None:
    faults = list(faults_of(provider))
    assert [(one.number, one.message) for one in faults] == found
    assert all(one.hint for one in faults)
    assert provider.is_whole == (not found)


def test_the_secret_is_in_no_trace() -> None:
    assert "secret" not in repr(replace(OIDC, server_url="x"))
