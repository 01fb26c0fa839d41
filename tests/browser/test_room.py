"""Two people in a live room: one leads, the other follows, looks around alone, and comes back."""

import pytest
from playwright.sync_api import expect

from signoff.revisions.process import process_file
from signoff.rooms.actions import SessionDraft, add_session, open_session
from signoff.rooms.models import Minute, Room
from tests import factories
from tests.files import add_round, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 20_000


@pytest.fixture
def weekly(enter, cast, first_light, key_visual):
    """Open, of two pictures; pat is the host. `enter` comes first: it says where files are kept."""
    rows = [key_visual, factories.deliverable(first_light, "Banner")]
    for row in rows:
        revision = add_round(cast.actor("art"), row, picture(1600, 900))
        process_file(revision.files.get().pk)
        row.refresh_from_db()
    draft = SessionDraft(name="Kolibri weekly", deliverables=rows)
    session = add_session(actor=cast.actor("pat"), organization=cast.organization, draft=draft)
    open_session(actor=cast.actor("pat"), session=session)
    return session


def inside(page, session):
    page.goto(f"/reviews/{session.pk}/room")
    page.locator(".room-grid[data-ready]").wait_for(state="attached")
    page.locator(".view-picture").wait_for()
    return page


def shown(page, name):
    expect(page.locator("#room-item-name")).to_have_text(name, timeout=SOON)


def test_who_follows_sees_what_who_leads_shows(enter, weekly):
    pat, art = inside(enter("pat"), weekly), inside(enter("art"), weekly)
    expect(pat.locator("#room-who")).to_have_text("You present", timeout=SOON)
    expect(art.locator("#room-who")).to_have_text("Pat Producer presents", timeout=SOON)
    expect(pat.locator("#room-people li")).to_have_count(2, timeout=SOON)

    pat.get_by_role("button", name="Next").click()
    for page in (pat, art):
        shown(page, "Banner")

    art.locator("#room-canvas").click()
    expect(art.locator("#room-free")).to_be_visible()
    pat.locator(".agenda-item", has_text="Key visual").click()
    shown(pat, "Key visual")
    art.wait_for_timeout(500)
    shown(art, "Banner")
    art.get_by_role("button", name="Rejoin").click()
    shown(art, "Key visual")

    pat.get_by_role("button", name="Draw", exact=True).click()
    box = pat.locator(".view-picture").bounding_box()
    pat.mouse.move(box["x"] + 200, box["y"] + 100)
    pat.mouse.down()
    pat.mouse.move(box["x"] + 300, box["y"] + 200, steps=10)
    pat.mouse.up()
    expect(art.locator(".live-marks [data-mark]")).to_have_count(1, timeout=SOON)


@pytest.mark.timeout(180)
def test_asking_handing_over_and_being_lost(enter, weekly):
    pat, art = inside(enter("pat"), weekly), inside(enter("art"), weekly)
    art.get_by_role("button", name="Ask to lead").click()
    pat.get_by_role("button", name="Give", exact=True).click(timeout=SOON)
    expect(art.locator("#room-who")).to_have_text("You present", timeout=SOON)

    art.get_by_role("button", name="Next").click()
    shown(pat, "Banner")
    pat.get_by_role("button", name="Take the lead").click()
    expect(pat.locator("#room-who")).to_have_text("You present", timeout=SOON)

    pat.context.close()
    expect(art.locator("#room-who")).to_have_text("Nobody leads", timeout=60_000)
    numbers = list(Minute.objects.filter(session=weekly).values_list("seq", flat=True))
    assert numbers == list(range(1, Room.objects.get(session=weekly).seq + 1))
