"""The pipeline editor as a producer lives it: with the mouse, with the keyboard, and after saving."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from signoff.deliverables.models import Deliverable, Stage
from signoff.pipelines.models import PipelineTemplate, StageDefinition
from tests.cast import Cast

pytestmark = pytest.mark.browser
Desk = Callable[[str], Page]
UNSAVED = "Changes are not saved yet."


@pytest.fixture
def editor(campaign: PipelineTemplate, at_desk: Desk) -> Page:
    """pat looks at the pipeline Campaign; the library has Proof besides its stages."""
    StageDefinition.objects.create(organization=campaign.organization, name="Proof", approval_type="simple")
    page = at_desk("pat")
    page.goto(f"/settings/pipelines/{campaign.pk}")
    expect(page.locator("[data-island='settings/pipeline'][data-mounted]")).to_be_attached()
    return page


def order(page: Page) -> list[str]:
    return page.locator("[data-stages] .pipe-stage h3").all_inner_texts()


def saved(pipeline: PipelineTemplate) -> list[tuple[str, str]]:
    return list(pipeline.stages.values_list("definition__name", "approval_type"))


def row(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator(f"[data-stages] .pipe-stage[data-name='{name}']")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("status").filter(has_text="Campaign is saved.")).to_be_visible()


def test_a_stage_is_dragged_to_its_place_and_saved(editor: Page, campaign: PipelineTemplate) -> None:
    row(editor, "Client approval").locator("[data-drag]").drag_to(
        row(editor, "Design"), target_position={"x": 60, "y": 6}
    )
    assert order(editor) == ["Client approval", "Design", "Internal review"]
    expect(editor.get_by_text(UNSAVED)).to_be_visible()
    save(editor)
    assert [name for name, _ in saved(campaign)] == ["Client approval", "Design", "Internal review"]


def test_a_stage_is_dragged_in_from_the_library(editor: Page, campaign: PipelineTemplate) -> None:
    editor.locator("[data-library] li", has_text="Proof").drag_to(
        row(editor, "Internal review"), target_position={"x": 60, "y": 6}
    )
    assert order(editor) == ["Design", "Proof", "Internal review", "Client approval"]
    expect(editor.get_by_text("All stages of the library are in this pipeline.")).to_be_visible()
    save(editor)
    assert saved(campaign)[1] == ("Proof", "simple")


def test_everything_can_be_done_with_the_keyboard(editor: Page, campaign: PipelineTemplate) -> None:
    editor.get_by_label("Working days planned for Design").focus()
    editor.keyboard.type("4")
    editor.keyboard.press("Alt+ArrowDown")
    editor.keyboard.press("Alt+ArrowDown")
    editor.keyboard.press("Alt+ArrowDown")
    assert order(editor) == ["Internal review", "Client approval", "Design"]
    expect(editor.locator("[data-said]").last).to_have_text("Design is now 3 of 3.")
    expect(editor.get_by_label("Working days planned for Design")).to_be_focused()
    editor.get_by_role("button", name="Take Internal review out").press("Enter")
    expect(editor.get_by_role("button", name="Take Client approval out")).to_be_focused()
    editor.locator("[data-library] button", has_text="Proof").press("Enter")
    editor.keyboard.press("ArrowRight")
    assert order(editor) == ["Client approval", "Design", "Proof"]
    editor.get_by_label("Name", exact=True).press("Enter")
    expect(editor.get_by_role("status").filter(has_text="Campaign is saved.")).to_be_visible()
    assert saved(campaign) == [("Client approval", "simple"), ("Design", "none"), ("Proof", "formal")]
    assert campaign.stages.get(definition__name="Design").days == 4


def test_what_is_put_back_is_no_change(editor: Page) -> None:
    editor.get_by_role("button", name="Move Design down").click()
    expect(editor.get_by_text(UNSAVED)).to_be_visible()
    editor.get_by_role("button", name="Move Design up").click()
    expect(editor.get_by_text(UNSAVED)).to_be_hidden()


def test_after_saving_the_open_deliverables_that_differ_are_updated(
    campaign: PipelineTemplate, key_visual: Deliverable, at_desk: Desk, cast: Cast
) -> None:
    page = at_desk("pat")
    page.goto(f"/settings/pipelines/{campaign.pk}")
    expect(page.locator("[data-island='settings/pipeline'][data-mounted]")).to_be_attached()
    page.get_by_role("button", name="Take Internal review out").click()
    save(page)
    expect(page.get_by_text("1 open deliverable differs from this pipeline.")).to_be_visible()
    page.get_by_role("link", name="Show them").click()
    expect(page.get_by_text("takes out Internal review")).to_be_visible()
    page.get_by_role("button", name="Update the ticked ones").click()
    expect(page.get_by_text("1 deliverable is up to date.")).to_be_visible()
    assert list(Stage.objects.filter(deliverable=key_visual).values_list("definition__name", flat=True)) == [
        "Design",
        "Client approval",
    ]


def test_without_scripts_the_same_buttons_work(campaign: PipelineTemplate, editor: Page, browser, live_server) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, storage_state=editor.context.storage_state()
    )
    page = context.new_page()
    page.goto(f"/settings/pipelines/{campaign.pk}")
    page.get_by_role("button", name="Move Client approval up").click()
    page.get_by_role("button", name="Take Design out").click()
    page.locator("[data-library] button", has_text="Proof").click()
    assert order(page) == ["Client approval", "Internal review", "Proof"]
    page.get_by_role("button", name="Save changes").click()
    assert [name for name, _ in saved(campaign)] == ["Client approval", "Internal review", "Proof"]
    context.close()
