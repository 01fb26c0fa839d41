"""What ends, ends at the next click: another's password, closed access, an organisation that one left."""

from collections.abc import Callable

from django.test import Client

from signoff.accounts.actions import deactivate_member, issue_api_key, reset_password
from signoff.accounts.models import Membership, Role, User
from tests.cast import Cast

ME = "/api/v1/me"


def test_a_new_password_ends_the_other_sessions(cast: Cast, browser_of: Callable[[str], Client]) -> None:
    here, there = browser_of("art"), browser_of("art")
    said = {"present": "a good long password", "new": "another quite long one"}
    assert here.post("/change-password", said).status_code == 302
    assert [browser.get(ME).status_code for browser in (here, there)] == [200, 401]


def test_a_one_time_password_ends_all_sessions(cast: Cast, browser_of: Callable[[str], Client]) -> None:
    browser = browser_of("art")
    reset_password(actor=cast.actor("ada"), membership=Membership.objects.get(user=cast.art))
    assert (browser.get(ME).status_code, browser.get("/dashboard").status_code) == (401, 302)


def test_closed_access_ends_the_session(cast: Cast, browser_of: Callable[[str], Client]) -> None:
    browser = browser_of("art")
    deactivate_member(actor=cast.actor("ada"), membership=Membership.objects.get(user=cast.art))
    assert (browser.get(ME).status_code, browser.get("/dashboard").status_code) == (401, 302)


def test_a_closed_account_ends_the_session_and_its_key(cast: Cast, browser_of: Callable[[str], Client]) -> None:
    issued = issue_api_key(actor=cast.actor("ada"), organization=cast.organization, name="Sync", scopes=["read"])
    headers = {"Authorization": f"Bearer {issued.secret}"}
    browser = browser_of("art")
    User.objects.update(is_active=False)
    assert (browser.get(ME).status_code, Client().get(ME, headers=headers).status_code) == (401, 401)


def test_who_left_an_organisation_is_back_in_their_own(cast: Cast, browser_of: Callable[[str], Client]) -> None:
    Membership.objects.create(user=cast.art, organization=cast.elsewhere, role=Role.MAKER)
    browser = browser_of("art")
    assert browser.post("/organization", {"organization": str(cast.elsewhere.pk)}).status_code == 302
    assert browser.get(ME).json()["organization"]["name"] == "Elsewhere"
    Membership.objects.filter(organization=cast.elsewhere, user=cast.art).update(is_active=False)
    assert browser.get(ME).json()["organization"]["name"] == "Fieldhouse"
