"""The dialog that makes a round: who gets it, and what it says before there is a file."""

import re

import pytest

from signoff.deliverables.models import Deliverable, Stage
from signoff.revisions.settle import settle
from tests import factories
from tests.files import add_round
from tests.revisions.test_coming import ask_for_changes

HTMX = {"HX-Request": "true"}


@pytest.fixture
def dialog(browser_of, key_visual):
    """`dialog("pat")`: the answer to pat's asking for the dialog."""
    return lambda name: browser_of(name).get(f"/deliverables/{key_visual.pk}/rounds/new", headers=HTMX)


def page_of(browser_of, name: str, row: Deliverable) -> str:
    return browser_of(name).get(f"/deliverables/{row.pk}").content.decode()


def may_upload(page: str) -> tuple[bool, bool]:
    """Is there a button, and something to drop files on?"""
    return "data-new-round" in page, 'data-island="revisions/uploader"' in page


@pytest.mark.parametrize(
    ("name", "status"),
    [("ada", 200), ("pat", 200), ("art", 200), ("rev", 403), ("mia", 403), ("nils", 404), ("stranger", 404)],
)
def test_the_dialog_opens_for_who_makes_things(dialog, name, status):
    assert dialog(name).status_code == status


@pytest.mark.parametrize(("name", "shown"), [("pat", True), ("art", True), ("rev", False), ("mia", False)])
def test_only_they_have_the_button_and_the_target(browser_of, key_visual, name, shown):
    assert may_upload(page_of(browser_of, name, key_visual)) == (shown, shown)


def test_what_is_held_takes_no_files(browser_of, dialog, key_visual):
    Deliverable.objects.filter(pk=key_visual.pk).update(held="on_hold")
    assert dialog("pat").status_code == 409
    assert may_upload(page_of(browser_of, "pat", key_visual)) == (False, True)  # it may be taken up again any time


def test_an_archived_project_takes_no_files(browser_of, dialog, key_visual):
    project = key_visual.project
    project.archived_on = "2026-11-01"
    project.save()
    assert dialog("pat").status_code == 409
    assert may_upload(page_of(browser_of, "pat", key_visual)) == (False, False)


def test_its_address_leads_to_the_page_with_the_dialog_open(browser_of, key_visual):
    answer = browser_of("art").get(f"/deliverables/{key_visual.pk}/rounds/new")
    assert (answer.status_code, answer["Location"]) == (302, f"/deliverables/{key_visual.pk}#new-round")


def test_the_first_round_is_the_one_thing_to_do_until_it_is_there(browser_of, cast, key_visual):
    assert primary_of(page_of(browser_of, "art", key_visual)) == ["Round 1"]
    add_round(cast.actor("art"), key_visual)
    assert primary_of(page_of(browser_of, "art", key_visual)) == ["Start"]


def primary_of(page: str) -> list[str]:
    """The words of the buttons that stand out; not of those in what is folded."""
    page = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    found = re.findall(r'class="btn[^"]* btn-primary[^"]*"[^>]*>(?:<svg.*?</svg>)?([^<]+)', page)
    return [words.strip() for words in found]


def test_a_first_round_asks_for_files_and_a_note_alone(dialog):
    page = dialog("art").content.decode()
    assert "Round 1 of Key visual" in page
    assert [word for word in ('name="as"', 'name="reason"', "This round answers", "is_handed_in") if word in page] == []


def test_it_says_what_it_answers(cast, dialog, key_visual):
    ask_for_changes(cast, key_visual, "Internal review", "Bigger <logo>.")
    page = dialog("art").content.decode()
    assert "This round answers" in page
    assert "<q>Bigger &lt;logo&gt;.</q>" in page


def test_beyond_the_agreed_rounds_it_warns_and_asks_why(cast, dialog, key_visual):
    Deliverable.objects.filter(pk=key_visual.pk).update(rounds_included=1)
    assert 'name="reason"' not in dialog("art").content.decode()
    add_round(cast.actor("art"), Deliverable.objects.get(pk=key_visual.pk))
    page = dialog("art").content.decode()
    assert "One round was agreed; this is number 2." in page
    assert 'name="is_chargeable" checked' in page


def test_the_round_before_can_be_replaced_until_somebody_spoke(cast, dialog, key_visual):
    revision = add_round(cast.actor("art"), key_visual)
    page = dialog("art").content.decode()
    assert "Replace the files of round 1 instead" in page
    assert f'data-before="{revision.pk}"' in page
    settle(key_visual.pk)
    assert "Replace the files" not in dialog("art").content.decode()


def test_the_stage_can_be_sent_to_review_with_it(dialog, key_visual):
    Stage.objects.filter(pk=factories.stage(key_visual, "Design").pk).update(status="skipped")
    assert "Send to review: Internal review" in dialog("art").content.decode()


def test_it_asks_a_fixed_number_of_queries(browser_of, cast, key_visual, django_assert_num_queries):
    add_round(cast.actor("art"), key_visual)
    for name in ("Internal review", "Client approval"):
        ask_for_changes(cast, key_visual, name, "Bigger logo.")
    client = browser_of("art")
    address = f"/deliverables/{key_visual.pk}/rounds/new"
    client.get(address, headers=HTMX)
    with django_assert_num_queries(8):
        client.get(address, headers=HTMX)
