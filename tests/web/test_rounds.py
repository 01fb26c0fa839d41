"""Rounds on the page of their deliverable: who sees which, who may do what, how files that fail are taken up again."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from signoff.audit.models import Event
from signoff.deliverables.models import Deliverable, Stage
from signoff.feedback import actions as feedback
from signoff.notifications.models import Notification
from signoff.pipelines.models import StageDefinition
from signoff.revisions import actions
from signoff.revisions.models import MediaFile, Rendition, RenditionKind, Revision
from signoff.revisions.settle import settle
from tests import factories
from tests.files import add_round, picture, send

BANNERS = [("#aa0000", "spring_banner_970x250_r1.png"), ("#0000aa", "spring_banner_300x600_r1.png")]
HTMX = {"HX-Request": "true"}
BROKEN_PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + b"0" * 600


@pytest.fixture
def address(key_visual):
    return f"/deliverables/{key_visual.pk}"


@pytest.fixture
def art(cast):
    return cast.actor("art")


@pytest.fixture
def two_rounds(cast, art, key_visual):
    """Round 1 was shown to the client, round 2 is internal."""
    first = add_round(art, key_visual, note="First layout")
    actions.release_round(actor=cast.actor("pat"), revision=first)
    key_visual.refresh_from_db()
    return first, add_round(art, key_visual, note="Bigger can")


def page_of(browser, address):
    return browser.get(address).content.decode()


def part(page, name):
    """The markup of one part, roughly: up to the next part."""
    start = page.index(f'id="{name}"')
    return page[
        start : page.find('id="round-', start + 20 + len(name)) if name != "round-rail" else page.index("</nav>", start)
    ]


def rendition(revision, kind):
    file = revision.files.get()
    return Rendition.objects.create(
        file=file, kind=kind, key=f"renditions/{file.pk}/{kind}", size=1, media_type="image/webp", width=480, height=48
    )


def test_a_sound_has_its_waveform_on_its_tile_until_there_is_a_picture(browser_of, art, key_visual, address):
    revision = add_round(art, key_visual, b"RIFF0000WAVE", name="radio.wav")
    browser, seen = browser_of("art"), []
    for kind in (None, RenditionKind.WAVEFORM, RenditionKind.THUMBNAIL):
        if kind:
            rendition(revision, kind)
        seen.append("thumb-wave" in page_of(browser, address))
    assert seen == [False, True, False]


def test_files_of_a_round_are_told_apart_by_what_they_do_not_share(browser_of, art, key_visual, address):
    uploads = [send(art, key_visual, picture(colour=colour), name).pk for colour, name in BANNERS]
    feedback.submit_round(actor=art, deliverable=key_visual, uploads=uploads)
    page = page_of(browser_of("art"), address)
    assert re.findall(r'<span class="truncate" aria-hidden="true">([^<]*)</span>', page) == ["970x250", "300x600"]


def tiles(page):
    """Of each tile its round and its badge."""
    text = re.findall(r"<strong>Round (\d+)</strong>(?:<span class=\"chip chip-\w+\">([^<]*)</span>)?", page)
    return [(int(number), badge) for number, badge in text]


def test_the_page_shows_the_newest_round_and_a_tile_for_each(browser_of, address, two_rounds):
    page = page_of(browser_of("pat"), address)

    assert '<h2 id="h-round">Round 2</h2>' in page
    assert tiles(page) == [(2, "Internal"), (1, "Shown")]
    assert "Bigger can" in part(page, "round-note")
    assert "You are viewing" not in page


def test_an_old_round_is_shown_with_a_banner_and_cannot_be_changed(browser_of, address, two_rounds):
    page = page_of(browser_of("pat"), f"{address}?round=1")

    assert "You are viewing round 1 of 2" in page
    assert "First layout" in part(page, "round-note")
    assert "round-note-edit" not in page
    assert "round-withdrawal" not in page


@pytest.mark.parametrize("asked", ["7", "0", "-1", "one", "²", "1" * 40, "2&file=9", "2&file=-3&page=44"])
def test_a_round_that_is_not_there_is_the_newest(browser_of, address, two_rounds, asked):
    answer = browser_of("pat").get(f"{address}?round={asked}")
    assert answer.status_code == 200
    assert '<h2 id="h-round">Round 2</h2>' in answer.content.decode()


def test_clients_see_the_rounds_that_were_shown_to_them_and_nothing_of_others(browser_of, address, two_rounds):
    mia = browser_of("mia")
    page = page_of(mia, f"{address}?round=2")

    assert tiles(page) == [(1, "")]
    assert '<h2 id="h-round">Round 1</h2>' in page
    assert "Bigger can" not in page
    assert ">R1<" in page
    assert ">R2<" not in page
    assert "round-release" not in page
    assert "data-new-round" not in page


def test_a_client_without_a_round_is_told_calmly(browser_of, address, art, key_visual):
    add_round(art, key_visual)
    page = page_of(browser_of("mia"), address)
    assert "Nothing to look at yet" in page
    assert "hero.png" not in page


@pytest.mark.parametrize(
    ("who", "words"),
    [("pat", "Put the first files here"), ("art", "Put the first files here"), ("rev", "No round yet")],
)
def test_before_the_first_round_there_is_an_invitation(browser_of, address, who, words):
    page = page_of(browser_of(who), address)
    assert words in page
    assert ("data-new-round" in page[page.index('id="rounds"') :]) == (who != "rev")


def test_rounds_of_a_spreadsheet_are_not_invented(browser_of, address, art, key_visual):
    Deliverable.objects.filter(pk=key_visual.pk).update(round=3)
    assert "Rounds 1 to 3 were made before files were kept here." in page_of(browser_of("art"), address)
    key_visual.refresh_from_db()
    add_round(art, key_visual)
    page = page_of(browser_of("art"), address)
    assert tiles(page) == [(4, "Internal")]
    assert "Rounds 1 to 3 were made before files were kept here." in page


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("ada", {"round-release", "round-withdrawal", "round-note-open", "round-add"}),
        ("pat", {"round-release", "round-withdrawal", "round-note-open", "round-add"}),
        ("art", {"round-withdrawal", "round-note-open", "round-add"}),
        ("rev", set()),
    ],
)
def test_what_is_offered_follows_the_role(browser_of, address, two_rounds, who, offered):
    assert offers(page_of(browser_of(who), address)) == offered


def offers(page):
    possible = ("round-release", "round-withdrawal", "round-note-open", "round-add", "round-retry")
    return {one for one in possible if f'id="{one}"' in page}


def test_what_is_offered_follows_the_state(browser_of, address, cast, two_rounds, key_visual):
    pat = browser_of("pat")
    actions.release_round(actor=cast.actor("pat"), revision=two_rounds[1])
    assert offers(page_of(pat, address)) == {"round-release", "round-note-open", "round-add"}
    settle(key_visual.pk)
    assert offers(page_of(pat, address)) == {"round-release", "round-add"}
    Deliverable.objects.update(held="on_hold")
    assert offers(page_of(pat, address)) == set()


@pytest.mark.parametrize("act", ["release", "withdrawal", "note"])
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("nils", 404), ("mia", 404), ("rev", 403)])
def test_who_may_not_act_on_a_round_is_refused(browser_of, two_rounds, act, who, status):
    newest = two_rounds[1]
    assert browser_of(who).post(f"/rounds/{newest.pk}/{act}", {"note": "Mine"}).status_code == status
    newest.refresh_from_db()
    assert (newest.note, newest.deliverable.round, newest.deliverable.released_rounds) == ("Bigger can", 2, [1])


def test_a_client_may_not_act_on_a_round_they_see(browser_of, two_rounds):
    first, mia = two_rounds[0], browser_of("mia")
    said = [
        mia.post(f"/rounds/{first.pk}/{act}", {"note": "Mine"}).status_code for act in ("release", "note", "withdrawal")
    ]
    assert said == [403, 403, 403]


def test_showing_a_round_to_the_client_can_be_undone(browser_of, two_rounds, key_visual):
    pat, newest = browser_of("pat"), two_rounds[1]
    said = json.loads(pat.post(f"/rounds/{newest.pk}/release", headers=HTMX).headers["HX-Trigger"])

    assert said["toast"]["title"] == "The client sees round 2 now"
    assert {"round.released", "acted", f"changed.{key_visual.pk}"} <= said.keys()
    assert Deliverable.objects.get().released_rounds == [1, 2]
    assert pat.post(said["toast"]["undo"], headers=HTMX).status_code == 200
    assert Deliverable.objects.get().released_rounds == [1]
    assert pat.post(f"/rounds/{newest.pk}/release").headers["Location"] == f"/deliverables/{key_visual.pk}"
    assert pat.delete(f"/rounds/{newest.pk}/release", headers=HTMX).status_code == 200
    assert Deliverable.objects.get().released_rounds == [1]


def test_taking_a_round_back_asks_first_and_names_what_goes(browser_of, two_rounds):
    art, newest = browser_of("art"), two_rounds[1]
    asked = page_of(art, f"/rounds/{newest.pk}/withdrawal")
    assert "Take back round 2 of Key visual?" in asked
    assert "hero.png" in asked
    assert Revision.objects.count() == 2

    art.post(f"/rounds/{newest.pk}/withdrawal", headers=HTMX)

    assert list(Revision.objects.values_list("round", flat=True)) == [1]
    assert art.post(f"/rounds/{newest.pk}/withdrawal", headers=HTMX).status_code == 404


def test_an_old_and_a_settled_round_stay_as_they_are(browser_of, two_rounds, key_visual):
    art, (first, newest) = browser_of("art"), two_rounds
    assert art.post(f"/rounds/{first.pk}/note", {"note": "No"}, headers=HTMX).status_code == 409
    settle(key_visual.pk)
    assert art.post(f"/rounds/{newest.pk}/note", {"note": "No"}, headers=HTMX).status_code == 409
    assert art.post(f"/rounds/{newest.pk}/withdrawal", headers=HTMX).status_code == 409
    assert sorted(Revision.objects.values_list("note", flat=True)) == ["Bigger can", "First layout"]


def test_a_note_is_said_anew_and_a_bad_one_keeps_what_was_typed(browser_of, two_rounds):
    art, newest = browser_of("art"), two_rounds[1]
    assert art.post(f"/rounds/{newest.pk}/note", {"note": "Can +8 %\n日本語"}, headers=HTMX).status_code == 200
    assert Revision.objects.get(round=2).note == "Can +8 %\n日本語"

    refused = art.post(f"/rounds/{newest.pk}/note", {"note": "x" * 4001}, headers=HTMX)

    assert refused.status_code == 422
    assert "x" * 4001 in refused.content.decode()
    assert "What you wrote is kept here." in refused.content.decode()
    assert Revision.objects.get(round=2).note == "Can +8 %\n日本語"


def test_what_was_written_is_only_text(browser_of, address, art, key_visual):
    upload = send(art, key_visual, picture(), "<img src=x onerror=alert(1)>.png")
    feedback.submit_round(actor=art, deliverable=key_visual, uploads=[upload.pk], note="<script>alert(2)</script>")
    page = page_of(browser_of("pat"), address)
    assert "<script>alert(2)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in page


def test_badges_say_where_each_round_stands(browser_of, address, cast, art, key_visual):
    for number in range(1, 4):
        key_visual.refresh_from_db()
        revision = add_round(art, key_visual, note=f"Number {number}")
        Revision.objects.filter(pk=revision.pk).update(added_at=now() - timedelta(days=10 - number))
    Deliverable.objects.update(released_rounds=[2, 3])
    stage = factories.stage(key_visual, "Client approval")
    StageDefinition.objects.filter(pk=stage.definition_id).update(is_with_client=True)
    Stage.objects.filter(pk=stage.pk).update(status="in_review", assignee=cast.mia)
    pat, mia = browser_of("pat"), browser_of("mia")
    assert tiles(page_of(pat, address)) == [(3, "With client"), (2, "Shown"), (1, "Internal")]
    assert tiles(page_of(mia, address)) == [(3, "Your review"), (2, "")]

    mia.post(f"/stages/{stage.pk}/changes-requested", {"note": "Bluer"})
    assert tiles(page_of(pat, address)) == [(3, "Changes"), (2, "Shown"), (1, "Internal")]
    assert tiles(page_of(mia, address)) == [(3, "Changes"), (2, "")]

    Deliverable.objects.update(status="approved")
    assert tiles(page_of(pat, address))[0] == (3, "Approved")


def test_a_chargeable_round_says_why(browser_of, address, art, key_visual):
    Deliverable.objects.update(rounds_included=0)
    key_visual.refresh_from_db()
    upload = send(art, key_visual, picture())
    feedback.submit_round(actor=art, deliverable=key_visual, uploads=[upload.pk], reason="New sun position")
    page = page_of(browser_of("pat"), address)
    assert 'title="Chargeable: New sun position"' in page
    assert "added round 1 (chargeable: New sun position)" in page


def test_parts_come_for_their_own_places_and_the_rest_when_the_first_round_comes(browser_of, address, art, key_visual):
    pat = browser_of("pat")
    ear = f"{address}/rounds"
    assert 'id="rounds-empty"' in pat.get(f"{ear}?at=", headers=HTMX).content.decode()
    revision = add_round(art, key_visual)
    whole = pat.get(f"{ear}?at=", headers=HTMX).content.decode()
    assert re.search(r'id="rounds"[^>]*hx-swap-oob="true"', whole)

    parts = pat.get(f"{ear}?at={revision.pk}", headers=HTMX).content.decode()

    own = re.findall(r'id="([\w-]+)"[^>]*hx-swap-oob="true"', parts)
    assert own == [
        "rounds-ear",
        "round-banner",
        "round-viewer",
        "round-files",
        "round-bar",
        "round-note",
        "round-receipt-line",
        "round-receipt-body",
        "round-rail",
    ]


def test_more_rounds_and_files_are_not_more_queries(browser_of, address, cast, art, key_visual, run_jobs):
    pat = browser_of("pat")
    add_round(art, key_visual)
    run_jobs()
    page_of(pat, address)
    with_one = queries(pat, f"{address}/rounds")
    for number in range(2):
        key_visual.refresh_from_db()
        add_round(art, key_visual, *(picture(colour=f"#00{number}{n}ff") for n in range(3)))
    run_jobs()

    assert (with_one, queries(pat, f"{address}/rounds")) == (11, 11)


def queries(browser, address):
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address, headers=HTMX).status_code == 200
    return len(captured)


def test_a_picture_is_shown_when_its_preview_is_made(browser_of, address, art, key_visual, run_jobs):
    add_round(art, key_visual)
    pat = browser_of("pat")
    before = page_of(pat, address)
    assert "Checking the file …" in before
    assert "viewer-media" not in before

    run_jobs()
    page = page_of(pat, address)

    assert re.search(r'<img class="viewer-media" src="/media/[^"]+" alt="hero.png" width="64" height="48">', page)
    assert "64 × 48" in page
    assert "received whole, checked and shown" in page
    assert MediaFile.objects.get().sha256 in page
    assert sign_of(before) != sign_of(page)
    assert sign_of(page) == sign_of(page_of(pat, address))


def sign_of(page):
    return re.search(r'data-sign="(\w*)"', page)[1]


def test_a_broken_file_says_why_and_is_tried_again(browser_of, address, cast, art, key_visual, run_jobs):
    upload = send(art, key_visual, BROKEN_PDF, "layout.pdf")
    feedback.submit_round(actor=art, deliverable=key_visual, uploads=[upload.pk])
    run_jobs()
    file = MediaFile.objects.get()
    page = page_of(browser_of("art"), address)
    assert "No preview of layout.pdf" in page
    assert f"/files/{file.pk}/renditions" in page
    assert f"/files/{file.pk}/original" in page
    assert offers(page) >= {"round-retry"}
    assert "round-retry" not in page_of(browser_of("rev"), address)

    said = browser_of("art").post(f"/files/{file.pk}/renditions", headers=HTMX)

    assert json.loads(said.headers["HX-Trigger"])["toast"]["title"] == "Trying layout.pdf again"
    assert MediaFile.objects.get().failure == ""
    assert browser_of("art").post(f"/files/{file.pk}/renditions", headers=HTMX).status_code == 409
    run_jobs()
    assert MediaFile.objects.get().failure == file.failure
    assert Event.objects.filter(verb="file.failed").count() == 2


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 404), ("nils", 404), ("mia", 404), ("rev", 403), ("art", 409)]
)
def test_who_may_try_a_file_again(browser_of, two_rounds, who, status):
    file = two_rounds[1].files.get()
    assert browser_of(who).post(f"/files/{file.pk}/renditions", headers=HTMX).status_code == status


def test_what_the_tool_said_is_for_the_house(browser_of, address, cast, two_rounds):
    file = two_rounds[0].files.get()
    MediaFile.objects.filter(pk=file.pk).update(failure="It is damaged.", failure_tail="libpng error: /srv/media/x")
    assert "libpng error" in page_of(browser_of("rev"), f"{address}?round=1")
    page = page_of(browser_of("mia"), address)
    assert "It is damaged." in page
    assert "libpng error" not in page


def test_files_of_a_round_are_gone_through_one_by_one(browser_of, address, art, key_visual):
    uploads = [send(art, key_visual, picture(colour=c), f"{c}.png").pk for c in ("red", "green", "blue")]
    feedback.submit_round(actor=art, deliverable=key_visual, uploads=uploads)
    page = page_of(browser_of("pat"), f"{address}?round=1&file=2")
    bar = part(page, "round-bar")
    assert "green.png" in bar
    assert "Download all 3 files" in bar
    assert re.findall(r'data-step="(\w+)"', page) == ["prev", "next"]
    assert "added round 1 with 3 files" in page


def test_a_message_about_a_round_leads_to_it(browser_of, cast, two_rounds, key_visual):
    told = Notification.objects.filter(recipient=cast.pat, event__verb="round.added").order_by("pk")
    places = [browser_of("pat").get(f"/inbox/{one.pk}").headers["Location"] for one in told]
    assert places == [f"/deliverables/{key_visual.pk}?round={number}" for number in (1, 2)]


def test_the_number_that_clients_read_is_of_the_newest_round_shown_to_them(browser_of, cast, two_rounds, key_visual):
    numbers = {}
    for who in ("pat", "mia"):
        browser = browser_of(who)
        grid = browser.get(f"/api/v1/projects/{key_visual.project_id}/grid").json()
        cards = page_of(browser, f"/projects/{key_visual.project_id}/board")
        numbers[who] = (
            grid["rows"][0][grid["columns"].index("round")],
            browser.get(f"/api/v1/deliverables/{key_visual.pk}").json()["round"],
            re.findall(r'class="round"[^>]*>R(\d)', cards),
            re.findall(r'class="round"[^>]*>R(\d)', page_of(browser, f"/deliverables/{key_visual.pk}/stages")),
        )
    assert numbers == {"pat": (2, 2, ["2"], ["2"]), "mia": (1, 1, ["1"], ["1"])}
