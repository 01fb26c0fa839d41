"""The review page: which round it opens for whom, what it hands to the island, and what that costs."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signoff.deliverables.actions import change_stage
from signoff.feedback.actions import add_comment, keep_draft, submit_round
from signoff.feedback.models import Audience
from signoff.feedback.said import Said
from signoff.notifications.models import Notification
from signoff.revisions import actions
from signoff.revisions.models import MediaFile, Rendition, RenditionKind, Revision
from signoff.revisions.process import process_file
from tests import factories
from tests.files import add_round, picture, send
from tests.web.test_looking import look

HTMX = {"HX-Request": "true"}
STATEMENTS = 20


@pytest.fixture
def address(key_visual):
    return f"/deliverables/{key_visual.pk}/review"


@pytest.fixture
def two_rounds(cast, key_visual):
    """Round 1 was shown to the client, round 2 is internal."""
    first = add_round(cast.actor("art"), key_visual, note="First layout")
    actions.release_round(actor=cast.actor("pat"), revision=first)
    key_visual.refresh_from_db()
    second = add_round(cast.actor("art"), key_visual, note="Bigger can")
    return [Revision.objects.select_related("deliverable__project").get(pk=one.pk) for one in (first, second)]


def props_of(browser, address):
    page = browser.get(address).content.decode()
    return json.loads(re.search(r'<script id="room-props" type="application/json">(.*?)</script>', page)[1])


def round_of(browser, address):
    said = props_of(browser, address)["round"]
    return said["round"], said["newest"], said["is_latest"]


def test_the_house_gets_the_newest_round_and_clients_the_newest_that_they_were_shown(browser_of, two_rounds, address):
    assert [round_of(browser_of(who), address) for who in ("art", "rev", "mia")] == [
        (2, 2, True),
        (2, 2, True),
        (1, 1, True),
    ]


def test_an_address_with_a_round_opens_that_one_where_it_is_visible(browser_of, two_rounds, address):
    asked = f"{address}?round=1"
    assert round_of(browser_of("art"), asked) == (1, 2, False)
    assert round_of(browser_of("mia"), f"{address}?round=2") == (1, 1, True)
    assert round_of(browser_of("art"), f"{address}?round=99999999&file=-1&frame=NaN") == (2, 2, True)


def test_nobody_else_finds_the_page(browser_of, two_rounds, address):
    assert [browser_of(who).get(address).status_code for who in ("nils", "stranger")] == [404, 404]


def test_without_rounds_it_leads_to_the_deliverable(browser_of, key_visual, address):
    answer = browser_of("art").get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/deliverables/{key_visual.pk}")


def test_clients_read_of_a_round_that_was_not_shown_to_them_nothing_at_all(browser_of, cast, two_rounds, address):
    first, second = two_rounds
    said = Said(text="Legal says no")
    for revision in (second,):
        add_comment(actor=cast.actor("rev"), revision=revision, said=said)
    page = browser_of("mia").get(f"{address}?round=2").content.decode()
    anew = browser_of("mia").get(f"{address}?round=2", headers=HTMX).content.decode()
    hidden = ("Bigger can", "Round 2", "Legal says no", str(second.pk))
    assert [word for word in hidden if word in page or word in anew] == []


def test_comments_are_those_of_the_round_that_who_looks_may_read(browser_of, cast, two_rounds, address):
    first, second = two_rounds
    for text, audience in (("Sun too low", Audience.INTERNAL), ("Can you warm it", Audience.CLIENT)):
        add_comment(actor=cast.actor("pat"), revision=second, said=Said(text=text, audience=audience))
    actions.release_round(actor=cast.actor("pat"), revision=second)

    def texts(who):
        return [one["text"] for one in props_of(browser_of(who), address)["comments"]]

    assert (texts("art"), texts("mia")) == (["Sun too low", "Can you warm it"], ["Can you warm it"])


def test_ones_own_draft_and_nobody_elses_is_there(browser_of, cast, two_rounds, address):
    keep_draft(actor=cast.actor("art"), revision=two_rounds[1], content={"text": "Half a thought"})
    drafts = [props_of(browser_of(who), address)["draft"] for who in ("art", "pat")]
    assert drafts == [{"text": "Half a thought"}, None]


def test_a_file_is_handed_over_with_all_that_is_known_of_it(browser_of, cast, key_visual, address):
    revision = add_round(cast.actor("art"), key_visual, picture(640, 480), name="hero.png")
    process_file(revision.files.get().pk)
    [file] = props_of(browser_of("art"), address)["files"]
    shown = {name: file[name] for name in ("position", "name", "kind", "state", "width", "height", "strip", "pages")}
    assert shown == {
        **{"position": 1, "name": "hero.png", "kind": "image", "state": "ready", "width": 640, "height": 480},
        **{"strip": None, "pages": []},
    }
    assert [file[name].split("/")[1] for name in ("picture", "full")] == ["media", "media"]
    assert (file["media"], file["wave"], file["original"]) == ("", "", f"/files/{file['id']}/original")


def test_a_pdf_brings_its_pages_and_the_document_for_its_text(browser_of, cast, key_visual, address):
    revision = add_round(cast.actor("art"), key_visual, name="proof.pdf")
    file = revision.files.get()
    MediaFile.objects.filter(pk=file.pk).update(kind="pdf", media_type="application/pdf", step="rendered")
    for number in (2, 1):
        Rendition.objects.create(
            file=file, kind=RenditionKind.PAGE, number=number, key=f"p{number}", size=1, width=9, height=16
        )
    [said] = props_of(browser_of("art"), address)["files"]
    pages = [(one["number"], one["width"], one["height"]) for one in said["pages"]]
    assert (pages, said["media"].startswith("/media/"), said["full"]) == ([(1, 9, 16), (2, 9, 16)], True, "")


def test_for_live_pages_there_are_only_the_parts_that_change(browser_of, two_rounds, address):
    answer = browser_of("art").get(f"{address}?round=2&file=1", headers=HTMX).content.decode()
    parts = re.findall(r'id="(room-[a-z-]+)"[^>]*hx-swap-oob="true"', answer)
    assert (parts, "room-props" in answer) == (
        ["room-round-menu", "room-status", "room-banner", "room-rounds", "room-files", "room-data"],
        False,
    )


def test_an_old_round_says_so(browser_of, two_rounds, address):
    said = "You are viewing round 1 of 2"
    browser = browser_of("art")
    assert [said in browser.get(one).content.decode() for one in (f"{address}?round=1", address)] == [True, False]


def test_who_looks_as_somebody_else_sees_what_they_see_and_may_do_nothing(browser_of, cast, two_rounds, address):
    ada = browser_of("ada")
    keep_draft(actor=cast.actor("mia"), revision=two_rounds[0], content={"text": "Not meant for anybody yet"})
    look(cast, ada, "mia")
    said = props_of(ada, address)
    assert (said["round"]["round"], set(said["may"].values()), said["draft"]) == (1, {False}, None)


def test_a_message_about_a_comment_leads_to_the_comment(browser_of, cast, two_rounds, address):
    said = add_comment(
        actor=cast.actor("rev"), revision=two_rounds[1], said=Said(text="Warm it", mentions=[cast.art.pk])
    )
    message = Notification.objects.filter(recipient=cast.art).latest("id")
    answer = browser_of("art").get(f"/inbox/{message.pk}")
    assert answer["Location"] == f"{address}?round=2&c={said.comment.pk}"


def test_what_waits_for_a_review_leads_there(browser_of, cast, key_visual, two_rounds, address):
    stage = factories.stage(key_visual, "Internal review")
    change_stage(actor=cast.actor("ada"), stage=stage, changes={"status": "in_progress", "assignee": cast.pat})
    change_stage(actor=cast.actor("art"), stage=stage, changes={"status": "in_review"})
    pat = browser_of("pat")
    row = f'<a class="todo-main" href="{address}"'
    assert [row in pat.get(page).content.decode() for page in ("/dashboard", "/my-work")] == [True, True]
    message = Notification.objects.filter(recipient=cast.pat, reason="waiting").latest("id")
    assert pat.get(f"/inbox/{message.pk}")["Location"] == address


def count(browser, address, **headers):
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address, **headers).status_code == 200
    return len(captured)


def test_statements_do_not_grow_with_rounds_files_and_comments(browser_of, cast, key_visual, address):
    art, browser = cast.actor("art"), browser_of("art")

    def one_more(files):
        key_visual.refresh_from_db()
        uploads = [
            send(art, key_visual, picture(colour=f"#0000{n}{key_visual.round}"), f"{n}.png").pk for n in range(files)
        ]
        made = submit_round(actor=art, deliverable=key_visual, uploads=uploads, same_is_meant=True)
        revision = Revision.objects.select_related("deliverable__project").get(pk=made.pk)
        for number in range(files):
            add_comment(actor=cast.actor("rev"), revision=revision, said=Said(text=f"Note {number}"))

    one_more(1)
    browser.get(address)
    with_one = count(browser, address)
    one_more(3)
    one_more(4)
    assert (with_one, count(browser, address)) == (STATEMENTS, STATEMENTS)
