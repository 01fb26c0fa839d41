"""The check of every deployment: a guest who is invited for one client team sees that team's projects and no others."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from signoff.access.models import Invitation
from signoff.accounts.models import Membership
from tests import factories
from tests.browser.conftest import listened_to
from tests.cast import Cast
from tests.mail_server import MailServer

pytestmark = pytest.mark.browser
Desk = Callable[[str], Page]
GUEST, CHOSEN = "sofie@kolibri.example", "correct horse battery staple"


@pytest.fixture
def guest(browser: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[Page]:
    """A browser of its own, in which nobody has ever signed in."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 800})
    yield listened_to(context.new_page(), complaints)
    context.close()


def test_a_guest_is_invited_for_one_team_and_sees_only_its_projects(
    at_desk: Desk, guest: Page, cast: Cast, mail_server: MailServer, run_jobs: Callable[[], None]
) -> None:
    factories.pipeline(cast.organization, is_default=True)
    theirs = factories.project(cast.organization, "First light", client_team=cast.kolibri, status="active")
    others = factories.project(cast.organization, "Sleeper trains", client_team=cast.norra, status="active")
    inhouse = factories.project(cast.organization, "Own reel", status="active")
    shown, hidden = factories.deliverable(theirs, "Key visual"), factories.deliverable(others, "Night poster")

    ada = at_desk("ada")
    ada.goto("/settings/people")
    ada.locator("summary", has_text="Invite somebody").click()
    form = ada.locator("form", has=ada.get_by_role("button", name="Send the invitation"))
    form.get_by_label("E-mail").fill(GUEST)
    form.get_by_role("radio", name="Client viewer").check()
    form.get_by_role("checkbox", name="Kolibri Drinks").check()
    form.get_by_role("button", name="Send the invitation").click()
    expect(ada.get_by_text(f"{GUEST} is invited: the letter is on its way.")).to_be_visible()
    run_jobs()
    expect(ada.locator("#invitations")).to_contain_text("Sent", timeout=15_000)  # by itself

    assert mail_server.envelopes == [("signoff@localhost", [GUEST])]
    guest.goto(mail_server.link())
    expect(guest.get_by_role("heading", level=1)).to_have_text("Join Fieldhouse")
    expect(guest.locator(".invited-as")).to_contain_text("Kolibri Drinks")
    guest.get_by_label("Your name").fill("Sofie Lund")
    guest.get_by_label("Choose a password").fill(CHOSEN)
    guest.get_by_role("button", name="Accept and make my account").click()
    expect(guest.get_by_text("Sign in with the password you have just chosen.")).to_be_visible()
    guest.get_by_label("E-mail").fill(GUEST)
    guest.get_by_label("Password", exact=True).fill(CHOSEN)
    guest.get_by_role("button", name="Sign in", exact=True).click()
    guest.wait_for_url("**/dashboard")

    guest.goto("/projects")
    expect(guest.get_by_role("main")).to_contain_text("First light")
    for name in ("Sleeper trains", "Own reel", "Norra"):
        expect(guest.locator("body")).not_to_contain_text(name)
    guest.keyboard.press("Control+k")
    guest.get_by_role("combobox", name="Search or command").fill("key visual")
    expect(guest.get_by_role("option").filter(has_text="Key visual")).to_be_visible()
    guest.get_by_role("combobox", name="Search or command").fill("night poster")
    expect(guest.get_by_text("Nothing is called “night poster”.")).to_be_visible()
    found = {
        address: guest.request.get(address).status
        for address in (
            f"/projects/{theirs.pk}",
            f"/deliverables/{shown.pk}",
            f"/projects/{others.pk}",
            f"/projects/{inhouse.pk}",
            f"/deliverables/{hidden.pk}",
            f"/api/v1/projects/{others.pk}",
            "/settings/people",
        )
    }
    assert list(found.values()) == [200, 200, 404, 404, 404, 404, 403]

    member = Membership.objects.get(user__email=GUEST)
    assert (member.role, [team.name for team in member.client_teams.all()]) == ("client_viewer", ["Kolibri Drinks"])
    assert Invitation.objects.get().accepted_by == member.user
    ada.reload()
    expect(ada.locator("#invitations")).to_have_count(0)
    expect(ada.get_by_role("main")).to_contain_text("Sofie Lund")
    guest.goto(mail_server.link())
    expect(guest.get_by_role("heading", level=1)).to_have_text("This link has ended")


def test_a_revoked_invitation_comes_back_with_undo(
    at_desk: Desk, guest: Page, cast: Cast, mail_server: MailServer, run_jobs: Callable[[], None]
) -> None:
    ada = at_desk("ada")
    ada.goto("/settings/people")
    ada.locator("summary", has_text="Invite somebody").click()
    form = ada.locator("form", has=ada.get_by_role("button", name="Send the invitation"))
    form.get_by_label("E-mail").fill(GUEST)
    form.get_by_role("button", name="Send the invitation").click()
    run_jobs()
    ada.goto("/settings/people")
    ada.get_by_role("button", name=f"Revoke the invitation of {GUEST}").click()
    expect(ada.get_by_text(f"The invitation of {GUEST} is revoked.")).to_be_visible()
    assert guest.goto(mail_server.link()).status == 404  # type: ignore[union-attr]
    ada.get_by_role("button", name="Undo").click()
    expect(ada.get_by_text(f"The invitation of {GUEST} holds again.")).to_be_visible()
    assert guest.goto(mail_server.link()).status == 200  # type: ignore[union-attr]


def test_a_list_of_people_is_dropped_shown_and_sent(at_desk: Desk, cast: Cast, mail_server: MailServer) -> None:
    ada = at_desk("ada")
    ada.goto("/settings/people/invitations/many")
    content = b"email;role;teams\na@x.example;maker;\nnobody;maker;\n"
    ada.set_input_files("input[type=file]", {"name": "people.csv", "mimeType": "text/csv", "buffer": content})
    expect(ada.get_by_text("This is not an e-mail address.")).to_be_visible()
    ada.get_by_role("button", name="Invite the good one").click()
    expect(ada.get_by_text("1 person is invited.")).to_be_visible()
    assert [row.email for row in Invitation.objects.all()] == ["a@x.example"]
