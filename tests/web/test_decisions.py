import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signoff.access.models import Tries
from signoff.accounts.models import Membership
from signoff.deliverables.models import Stage
from signoff.insight.waiting import waiting_for
from signoff.reviews.models import Decision, Delegation, Panel
from tests import factories
from tests.cast import PASSWORD
from tests.reviews.conftest import formal, named, round_one, says

__all__ = ["formal", "named", "round_one", "says"]
HTMX = {"HX-Request": "true"}


def text_of(response):
    return response.content.decode()


def panel_of(browser, row, **query):
    return browser.get(f"/deliverables/{row.pk}/decision", query, headers=HTMX | {"HX-Target": "decision-panel"})


def test_the_panel_shows_groups_people_and_how_they_stand(browser_of, key_visual, named, says):
    named(["rev", "mia"], ["pat"], is_serial=True)
    says("rev", "approve_with_changes")
    page = text_of(panel_of(browser_of("mia"), key_visual, round=1))
    for words in ("Group 1, all of 2", "Rev Reviewer", "With changes", "Pat Producer", "waits for the group before"):
        assert words in page
    assert page.count("decision-button") - page.count("decision-buttons") == 4
    assert "Your turn comes after Group 1." in text_of(panel_of(browser_of("pat"), key_visual))
    assert "decision-buttons" not in text_of(panel_of(browser_of("art"), key_visual))


def test_the_panel_brings_the_dialog_along_once(browser_of, key_visual, formal):
    rev = browser_of("rev")
    assert 'id="dialog"' in text_of(rev.get(f"/deliverables/{key_visual.pk}/decision", headers=HTMX))
    assert 'id="dialog"' not in text_of(panel_of(rev, key_visual))


def test_an_older_round_has_no_buttons(browser_of, key_visual, named, says):
    named(["rev"])
    factories.media_file(factories.revision(key_visual), sha256="ab" * 32)
    page = text_of(panel_of(browser_of("rev"), key_visual, round=1))
    assert "decision-buttons" not in page
    assert "decision-buttons" in text_of(panel_of(browser_of("rev"), key_visual, round=2))


def test_a_must_fix_note_shuts_approving_and_says_so(cast, browser_of, key_visual, round_one, named):
    named(["rev", "mia"])
    factories.note(factories.comment(round_one, cast.rev), is_must_fix=True)
    page = text_of(panel_of(browser_of("rev"), key_visual))
    assert "1 must-fix note is open: approving is closed until it is verified." in page
    assert "must-fix" not in text_of(panel_of(browser_of("mia"), key_visual))
    assert "disabled" in page


def test_clients_see_nothing_of_a_panel_of_the_house(browser_of, key_visual, named, says):
    named(["rev"])
    says("rev", "not_my_call", reason="Mia is difficult")
    page = text_of(panel_of(browser_of("mia"), key_visual))
    assert [word for word in ("Rev", "difficult", "Group 1") if word in page] == []
    assert "The studio decides this." in page
    page = text_of(browser_of("mia").get(f"/deliverables/{key_visual.pk}"))
    assert [word for word in ("difficult", "Group 1") if word in page] == []


def test_deciding_in_the_dialog(browser_of, key_visual, formal, named):
    named(["rev"], statement="This may go to print.")
    rev = browser_of("rev")
    form = text_of(rev.get(f"/stages/{formal.pk}/decision?choice=approve", headers=HTMX))
    assert "This may go to print." in form
    assert "<html" not in form
    response = rev.post(f"/stages/{formal.pk}/decision", {"choice": "approve", "round": "1"}, headers=HTMX)
    said = json.loads(response.headers["HX-Trigger"])
    assert (response.status_code, response.content) == (200, b"")
    assert set(said) == {"decision.given", "acted", "toast", f"changed.{key_visual.pk}"}
    assert said["toast"]["text"] == "The stage is approved."
    page = text_of(rev.get(f"/deliverables/{key_visual.pk}"))
    assert f"/decisions/{Decision.objects.get().pk}/certificate" in page


@pytest.mark.parametrize(("body", "code", "words"), [
    ({"choice": "request_changes", "reason": "  "}, 422, "Say why"),
    ({"choice": "approve", "round": "9"}, 409, "There is a newer round"),
    ({"choice": "request_changes", "reason": "x" * 5000}, 422, "At most 4000 characters"),
    ({"choice": "request_changes", "reason": "nul \x00"}, 422, "Control characters"),
])  # fmt: skip
def test_what_is_refused_comes_back_with_what_was_typed(browser_of, formal, named, body, code, words):
    named(["rev"])
    response = browser_of("rev").post(f"/stages/{formal.pk}/decision", body, headers=HTMX)
    assert (response.status_code, response.headers["HX-Retarget"]) == (code, "#dialog")
    assert words in text_of(response)
    assert body.get("reason", "").strip() in text_of(response)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("choice", ["", "maybe", "approve'"])
def test_a_choice_that_is_none_is_refused(browser_of, formal, named, choice):
    named(["rev"])
    body = {"choice": choice, "reason": "Because"}
    assert browser_of("rev").post(f"/stages/{formal.pk}/decision", body, headers=HTMX).status_code == 422
    assert not Decision.objects.exists()


def test_a_password_is_asked_for_in_the_dialog(browser_of, formal, named):
    named(["rev"], identity="password")
    rev, path = browser_of("rev"), f"/stages/{formal.pk}/decision"
    assert 'autocomplete="current-password"' in text_of(rev.get(path, headers=HTMX))
    assert rev.post(path, {"choice": "approve", "password": "wrong"}, headers=HTMX).status_code == 422
    assert Tries.objects.exists()
    assert rev.post(path, {"choice": "approve", "password": PASSWORD}, headers=HTMX).status_code == 200


def test_a_code_is_mailed_from_the_dialog(browser_of, formal, named, mail_server):
    named(["rev"], identity="code")
    rev, path = browser_of("rev"), f"/stages/{formal.pk}/decision"
    assert 'autocomplete="one-time-code"' in text_of(rev.get(path, headers=HTMX))
    assert rev.post(f"{path}/code", headers=HTMX).status_code == 204
    code = str(mail_server.letters[-1]["Subject"]).split()[0]
    assert rev.post(path, {"choice": "approve", "code": code}, headers=HTMX).status_code == 200
    assert browser_of("pat").post(f"{path}/code", headers=HTMX).status_code == 403


def test_a_certificate_is_a_pdf_for_those_who_see_the_decision(browser_of, named, says):
    named(["rev"])
    address = f"/decisions/{says('rev', 'approve').pk}/certificate"
    response = browser_of("art").get(address)
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    assert [browser_of(who).get(address).status_code for who in ("mia", "nils", "stranger")] == [404, 404, 404]


def test_an_admin_unlocks_with_a_reason(browser_of, key_visual, round_one, named, says):
    named(["rev"])
    says("rev", "approve")
    ada, path = browser_of("ada"), f"/rounds/{round_one.pk}/unlocking"
    assert "Unlock round 1" in text_of(ada.get(f"/deliverables/{key_visual.pk}"))
    assert "Unlock round 1" not in text_of(browser_of("pat").get(f"/deliverables/{key_visual.pk}"))
    assert "Unlock round 1" in text_of(ada.get(path, headers=HTMX))
    assert ada.post(path, {"reason": ""}, headers=HTMX).status_code == 422
    assert ada.post(path, {"reason": "The wrong file"}, headers=HTMX).status_code == 200
    assert factories.stage(key_visual, "Internal review").status == "in_review"


def test_approvers_are_named_in_the_dialog_group_by_group(cast, browser_of, formal):
    pat, path = browser_of("pat"), f"/stages/{formal.pk}/approvers"
    form = text_of(pat.get(path, headers=HTMX))
    assert ["Mia Client" in form, "Nils Client" in form, "Art Maker" in form] == [True, False, False]
    first = {"group": ["1"], "name-1": "Brand", "people-1": [str(cast.rev.pk)], "version": "0"}
    form = text_of(pat.post(path, first | {"add": "1"}, headers=HTMX))
    assert ('value="Brand"' in form, 'name="name-2"' in form) == (True, True)
    form = text_of(pat.post(path, first | {"group": ["1", "2"], "name-2": "Legal", "remove": "1"}, headers=HTMX))
    assert ('value="Brand"' in form, 'value="Legal"' in form, 'name="name-2"' in form) == (False, True, False)
    assert not Panel.objects.exists()

    both = first | {"group": ["1", "2"], "name-2": "Legal", "rule-2": "quorum", "quorum-2": "1"}
    both |= {"people-2": [str(cast.mia.pk), str(cast.ada.pk)], "is_serial": "1", "remind_days": "3"}
    assert pat.post(path, both, headers=HTMX).status_code == 200
    panel = Panel.objects.get()
    assert [(one.name, one.rule, one.quorum) for one in panel.groups.all()] == [
        ("Brand", "all", None),
        ("Legal", "quorum", 1),
    ]
    assert (panel.is_serial, panel.remind_days) == (True, 3)
    form = text_of(pat.get(path, headers=HTMX))
    assert form.count(" checked>") == 4
    assert pat.post(path, first, headers=HTMX).status_code == 409


@pytest.mark.parametrize("body", [
    {"group": ["1"], "name-1": "Brand"},
    {"group": ["1"], "name-1": "Brand", "people-1": ["nobody"]},
    {"group": ["1"], "name-1": "x" * 500, "people-1": ["rev"]},
    {"group": [str(n) for n in range(1, 30)]} | {f"name-{n}": "A" for n in range(1, 30)},
    {"group": ["1"], "name-1": "Brand", "people-1": ["rev"], "remind_days": "many"},
    {"group": ["1"], "name-1": "Brand", "people-1": ["rev"], "identity": "blood"},
    {"group": ["1"], "name-1": "Brand", "people-1": ["rev"], "rule-1": "quorum", "quorum-1": "9" * 40},
])  # fmt: skip
def test_bad_approvers_come_back_with_what_was_typed(cast, browser_of, formal, body):
    if body.get("people-1") == ["rev"]:
        body = body | {"people-1": [str(cast.rev.pk)]}
    response = browser_of("pat").post(f"/stages/{formal.pk}/approvers", body, headers=HTMX)
    assert (response.status_code, response.headers["HX-Retarget"]) == (422, "#dialog")
    assert body["name-1"] in text_of(response)
    assert not Panel.objects.exists()


def test_a_producer_reminds_from_the_page(browser_of, formal, named):
    named(["rev"])
    pat = browser_of("pat")
    assert pat.post(f"/stages/{formal.pk}/approvers/reminder", headers=HTMX).status_code == 200
    assert pat.post(f"/stages/{formal.pk}/approvers/reminder", headers=HTMX).status_code == 409


def test_approvers_find_what_waits_for_them_until_they_have_answered(cast, formal, named, says):
    named(["rev", "mia"])

    def waits(who):
        found = waiting_for(cast.actor(who), formal.created_at.date(), formal.created_at)
        return [row.kind for row in found.rows if row.stage and row.stage.pk == formal.pk]

    Stage.objects.filter(pk=formal.pk).update(status_since=formal.created_at)
    assert [waits(who) for who in ("rev", "mia", "ada")] == [["decide"], ["decide"], []]
    says("rev", "approve")
    assert [waits(who) for who in ("rev", "mia")] == [[], ["decide"]]


def test_deputies_are_named_on_the_account(cast, browser_of):
    rev = browser_of("rev")
    assert "Nobody stands in for you" in text_of(rev.get("/account"))
    assert "Deputies" not in text_of(browser_of("art").get("/account"))
    body = {"deputy": str(cast.pat.pk), "begins_on": "2999-01-01", "ends_on": "2999-01-05"}
    rev.post("/account/deputies", body)
    assert "Pat Producer decides for you" in text_of(rev.get("/account"))
    assert "You decide for Rev Reviewer" in text_of(browser_of("pat").get("/account"))
    row = Delegation.objects.get()
    assert browser_of("art").post(f"/account/deputies/{row.pk}/removal").status_code == 403
    rev.post(f"/account/deputies/{row.pk}/removal")
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("change", [
    {"deputy": ""},
    {"deputy": "nobody"},
    {"begins_on": "tomorrow"},
    {"ends_on": ""},
    {"ends_on": "1999-01-01"},
    {"ends_on": "9999-12-31"},
])  # fmt: skip
def test_a_deputy_that_makes_no_sense_is_refused_in_words(cast, browser_of, change):
    rev = browser_of("rev")
    body = {"deputy": str(cast.pat.pk), "begins_on": "2999-01-01", "ends_on": "2999-01-05"} | change
    assert rev.post("/account/deputies", body).status_code == 302
    assert 'role="alert"' in text_of(rev.get("/account"))
    assert not Delegation.objects.exists()


def test_clients_choose_deputies_among_their_own(cast, browser_of):
    other = factories.member(cast.organization, "Max Client", "client_viewer", teams=[cast.kolibri])
    page = text_of(browser_of("mia").get("/account"))
    assert [str(one.pk) in page for one in (other, cast.nils, cast.rev)] == [True, False, False]
    assert Membership.objects.filter(user=other).exists()


def test_a_panel_costs_the_same_with_one_approver_and_with_many(browser_of, key_visual, named, says):
    named(["rev"])
    rev = browser_of("rev")
    panel_of(rev, key_visual)
    with CaptureQueriesContext(connection) as one:
        panel_of(rev, key_visual)
    named(["rev", "pat", "ada"], ["mia"])
    says("pat", "approve")
    with CaptureQueriesContext(connection) as many:
        panel_of(rev, key_visual)
    assert len(many.captured_queries) == len(one.captured_queries)


@pytest.mark.parametrize("name", ["approvers", "decision"])
def test_enter_in_a_field_sends_the_form_and_presses_no_other_button(browser_of, named, mail_server, name):
    stage = named(["rev"], identity="code")
    form = text_of(browser_of("ada" if name == "approvers" else "rev").get(f"/stages/{stage.pk}/{name}", headers=HTMX))
    assert [button for button in re.findall(r'<button[^>]*type="submit"[^>]*>', form) if "formnovalidate" in button]
    assert "formnovalidate" not in re.findall(r'<button[^>]*type="submit"[^>]*>', form)[0]


@pytest.fixture
def simple(cast, key_visual, round_one):
    """The client approval, in review and mia's: one click decides it."""
    stage = factories.stage(key_visual, "Client approval")
    stage.status, stage.assignee = "in_review", cast.mia
    stage.save()
    return stage


def test_the_panel_approves_a_simple_stage_on_the_spot(browser_of, key_visual, simple):
    mia = browser_of("mia")
    page = text_of(panel_of(mia, key_visual, round=1))
    for words in ("Client approval", "decision-buttons", f"/stages/{simple.pk}/approval", "/changes-requested"):
        assert words in page
    assert mia.post(f"/stages/{simple.pk}/approval", {"version": simple.version}, headers=HTMX).status_code == 204
    page = text_of(panel_of(mia, key_visual, round=1))
    assert f"/stages/{simple.pk}/approval/withdrawal" in page
    assert "decision-buttons" not in page


def test_the_panel_says_for_whom_a_simple_stage_waits(browser_of, key_visual, simple):
    page = text_of(panel_of(browser_of("art"), key_visual, round=1))
    assert "Waits for Mia" in page
    assert "decision-buttons" not in page


def test_a_simple_stage_is_not_approved_beside_an_older_round(browser_of, key_visual, simple):
    factories.media_file(factories.revision(key_visual, is_released=True), sha256="ab" * 32)
    page = text_of(panel_of(browser_of("mia"), key_visual, round=1))
    assert "There is a newer round, and only that is decided." in page
    assert "decision-buttons" not in page
    assert "decision-buttons" in text_of(panel_of(browser_of("mia"), key_visual, round=2))


def test_the_panel_says_when_nothing_waits(browser_of, key_visual, round_one):
    assert "Nothing waits for a decision." in text_of(panel_of(browser_of("rev"), key_visual, round=1))
