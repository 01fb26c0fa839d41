"""From the brief to the client's yes in Chromium: four people at four desks, each seeing what the others do."""

import pytest
from playwright.sync_api import expect

from signoff.deliverables.models import Deliverable
from signoff.projects.models import Project
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 15_000


def test_a_job_goes_from_brief_to_approved_as_its_producer_watches(cast, campaign, enter):
    pat, art, rev, mia = (enter(name) for name in ("pat", "art", "rev", "mia"))

    pat.goto("/dashboard")
    pat.get_by_role("link", name="New project").click()
    pat.get_by_label("Job number").fill("20500")
    pat.get_by_label("Name", exact=True).fill("Winter range")
    pat.get_by_label("Client team", exact=True).select_option(label="Kolibri Drinks")
    pat.get_by_role("button", name="Open the project").click()
    pat.wait_for_url("**/projects/*-*")
    project = Project.objects.get()
    add_first(pat, "Spiced apple")
    row = Deliverable.objects.get()
    assert row.project == project

    pat.goto(f"/deliverables/{row.pk}")
    for name, who in (("Design", "Art Maker"), ("Internal review", "Rev Reviewer"), ("Client approval", "Mia Client")):
        pat.get_by_label(f"More for {name}").click()
        menu = pat.locator(f"#menu-{factories.stage(row, name).pk}")
        menu.get_by_label("Assignee").select_option(label=who)
        expect(stage(pat, row, name).get_by_title(who)).to_be_visible()
    saw = pat.evaluate("window.sawNoReload = true")

    art.goto("/my-work")
    art.wait_for_selector("[data-island='pages/rows'][data-ready]")
    art.keyboard.press("j")
    art.keyboard.press("s")
    expect(art.locator("#work")).to_contain_text("In progress")
    expect(stage(pat, row, "Design")).to_contain_text("In progress", timeout=SOON)
    art.keyboard.press("d")
    expect(art.locator("#work")).to_contain_text("Internal review")
    art.locator("[data-press=d]").click()
    expect(stage(pat, row, "Internal review")).to_contain_text("In review", timeout=SOON)

    rev.goto("/dashboard")
    rev.get_by_role("button", name="Approve: Internal review").click()
    expect(rev.locator("#waiting")).to_contain_text("Nothing waits for you")
    expect(stage(pat, row, "Internal review").get_by_role("button", name="Undo")).to_be_visible(timeout=SOON)

    mia.goto("/dashboard")
    expect(mia.locator("#waiting")).to_contain_text("Nothing waits for you")
    pat.get_by_role("button", name="Hand in for review: Client approval").click()
    approve = mia.get_by_role("button", name="Approve: Client approval")
    expect(approve).to_be_visible(timeout=SOON)  # it came by itself
    approve.click()

    expect(pat.locator("#deliverable-head")).to_contain_text("Approved", timeout=SOON)
    expect(pat.locator("#diary")).to_contain_text("Mia Client approved Client approval", timeout=SOON)
    assert pat.evaluate("window.sawNoReload") is saw is True
    assert Deliverable.objects.get().status == "approved"
    pat.get_by_role("button", name="Mark delivered").click()
    expect(pat.locator("#deliverable-head .status-pill")).to_have_text("Delivered", timeout=SOON)


def test_a_live_change_never_comes_under_the_cursor(cast, key_visual, enter):
    pat, ada = enter("pat"), enter("ada")
    for page in (pat, ada):
        page.goto(f"/deliverables/{key_visual.pk}")
        page.wait_for_selector("[data-island='deliverable/page'][data-ready]")
    kind = pat.get_by_label("Type")
    kind.focus()
    pat.keyboard.type("Post")
    ada.get_by_label("Type").fill("Banner")
    ada.keyboard.press("Tab")
    expect(pat.locator("#diary")).to_contain_text("Ada Admin set the type to Banner", timeout=SOON)
    expect(kind).to_have_value("Post")
    expect(kind).to_be_focused()
    pat.keyboard.type("er")
    pat.keyboard.press("Tab")

    expect(pat.locator("#fact-kind")).to_contain_text("Ada Admin changed this meanwhile", timeout=SOON)
    expect(pat.get_by_label("Type")).to_have_value("Poster")
    pat.get_by_role("button", name="Save mine").click()
    expect(ada.get_by_label("Type")).to_have_value("Poster", timeout=SOON)
    expect(pat.locator("#fact-kind .field-error")).to_have_count(0)
    assert Deliverable.objects.get().kind == "Poster"


def test_the_page_is_worked_from_the_keyboard(cast, first_light, key_visual, enter):
    poster = factories.deliverable(first_light, "Poster")
    review = factories.stage(key_visual, "Internal review")
    review.status, review.assignee = "in_review", cast.rev
    review.save()
    rev = enter("rev")
    rev.goto(f"/deliverables/{key_visual.pk}")
    rev.wait_for_selector("[data-island='deliverable/page'][data-ready]")

    rev.keyboard.press("?")
    expect(rev.locator("#shortcuts")).to_contain_text("Approve the stage in review")
    rev.keyboard.press("Escape")
    rev.keyboard.press("r")
    note = rev.get_by_label("What should change?")
    expect(note).to_be_focused()
    note.fill("More snow.")
    rev.get_by_role("button", name="Request changes").click()
    expect(rev.locator("#dialog")).to_be_hidden()
    expect(rev.locator("#diary")).to_contain_text("More snow.", timeout=SOON)
    rev.keyboard.press("n")
    rev.wait_for_url(f"**/deliverables/{poster.pk}")
    rev.wait_for_selector("[data-island='deliverable/page'][data-ready]")
    rev.keyboard.press("p")
    rev.wait_for_url(f"**/deliverables/{key_visual.pk}")


def add_first(page, name):
    """Adds the first deliverable of a project in its empty grid."""
    page.get_by_label("Name of the first deliverable").fill(name)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("grid")).to_contain_text(name)


def stage(page, row, name):
    """The row of a stage on the page of its deliverable."""
    return page.locator(f"#stage-{factories.stage(row, name).pk}")
