"""A round's notes by the API and by the pages' link: formats, headers, refusals, promises, whose hands took them."""

import re

import pytest

from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.feedback import still
from signoff.feedback.actions import add_comment
from signoff.feedback.said import Said
from signoff.feedback.shapes import Place, Region
from signoff.notifications.models import Notification
from signoff.revisions.actions import release_round
from signoff.revisions.models import MediaFile
from signoff.revisions.process import process_file
from tests.files import add_round
from tests.web.conftest import browser_of
from tests.web.test_looking import look

__all__ = ["browser_of"]

STARTS = {"pdf": b"%PDF-", "xlsx": b"PK", "json": b"{", "edl": b"TITLE:", "csv": b"\xef\xbb\xbf#"}
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "edl": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


@pytest.fixture
def first(cast, key_visual):
    """Round 1, of one picture, about which rev has said something."""
    revision = add_round(cast.actor("art"), key_visual)
    add_comment(actor=cast.actor("rev"), revision=revision, said=Said(text="The sun is too low"))
    return revision


@pytest.fixture
def film(first):
    MediaFile.objects.update(kind="video", frames=100, fps_num=25, fps_den=1)


@pytest.mark.parametrize("kind", STARTS)
def test_each_format_is_a_download_that_nobody_keeps(caller, keyed, browser_of, first, film, kind):
    by_key = keyed("read").call("get", f"/rounds/{first.pk}/report.{kind}")
    by_page = browser_of("pat").get(f"/rounds/{first.pk}/report.{kind}")

    for response in (by_key, by_page):
        assert (response.status_code, response["Content-Type"]) == (200, TYPES[kind])
        assert response["Content-Disposition"] == f'attachment; filename="key-visual_v1_notes.{kind}"'
        assert response["Cache-Control"] == "private, no-store"
        assert response.content.startswith(STARTS[kind])
    assert [one.data["format"] for one in Event.objects.filter(verb=Verb.EXPORT_MADE)] == [kind, kind]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("report.exe", 422, "invalid"),
        ("report.edl?start=x", 422, "bad_start"),
        ("report.edl?start=01:00:00:99", 422, "bad_start"),
        ("report.edl?file=2", 404, "no_film"),
        ("report.edl?file=0", 422, "invalid"),
        ("report.json?audience=secret", 422, "invalid"),
        ("report.json?audience=client", 409, "not_released"),
    ],
)
def test_what_cannot_be_is_refused_and_not_written_down(keyed, first, film, query, status, code):
    response = keyed("read").call("get", f"/rounds/{first.pk}/{query}")

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert Event.objects.filter(verb=Verb.EXPORT_MADE).count() == 0


def test_a_page_takes_nonsense_for_nothing(browser_of, first, film):
    pat = browser_of("pat")
    got = {
        query: pat.get(f"/rounds/{first.pk}/report.{query}").status_code
        for query in ("exe", "edl?file=-1", "edl?file=٣", "edl?start=", "edl?start=%00", "json?audience=x")
    }

    assert got == {"exe": 404, "edl?file=-1": 200, "edl?file=٣": 200, "edl?start=": 200, "edl?start=%00": 422} | {
        "json?audience=x": 200
    }


def test_only_the_film_that_is_asked_for(keyed, cast, key_visual, first, film):
    assert keyed("read").call("get", f"/rounds/{first.pk}/report.edl?file=1&start=00:00:00:00").status_code == 200


def test_a_key_without_the_right_to_look_gets_nothing_it_could_not_read(keyed, first):
    """Exports are reading: a key that reads comments takes them, whatever its other scopes."""
    assert keyed("export").call("get", f"/rounds/{first.pk}/comments").status_code == 200
    assert keyed("export").call("get", f"/rounds/{first.pk}/report.json").status_code == 200


def test_who_looks_as_somebody_else_takes_what_they_see_in_their_own_name(cast, caller, first, browser_of):
    release_round(actor=cast.actor("pat"), revision=first)
    ada = browser_of("ada")
    look(cast, ada, "mia")
    for address in (f"/rounds/{first.pk}/report.json", f"/api/v1/rounds/{first.pk}/report.json"):
        response = ada.get(address)
        assert response.status_code == 200 and b"too low" not in response.content

    told = Event.objects.filter(verb=Verb.EXPORT_MADE)
    assert [(one.actor_label, one.data["audience"]) for one in told] == [("Ada Admin", "client")] * 2


@pytest.fixture
def many(cast, first):
    """More stills than are made while somebody waits."""
    file = first.files.get()
    process_file(file.pk)
    for n in range(still.QUICK_STILLS + 1):
        place = Place(file=file.pk, region=Region(x=n / 10, y=0.5))
        add_comment(actor=cast.actor("rev"), revision=first, said=Said(text=f"Here {n}", place=place))
    return first


@pytest.mark.django_db(transaction=True)
def test_a_long_one_is_promised_and_then_there(caller, browser_of, many, run_jobs):
    pat, page = caller("pat"), browser_of("pat")
    promised = pat.call("get", f"/rounds/{many.pk}/report.pdf")
    waiting = page.get(f"/rounds/{many.pk}/report.pdf")

    assert (promised.status_code, promised.json(), promised["Retry-After"]) == (202, {"state": "working"}, "5")
    assert (waiting.status_code, waiting["Refresh"]) == (202, "4")
    assert "The PDF is being made" in waiting.content.decode()
    run_jobs()
    assert pat.call("get", f"/rounds/{many.pk}/report.pdf").content.startswith(b"%PDF-")
    told = Notification.objects.get(event__verb=Verb.REPORT_READY)
    opened = page.get(f"/inbox/{told.pk}")
    assert opened["Location"] == f"/rounds/{many.pk}/report.pdf?audience=all"
    assert page.get(opened["Location"]).content.startswith(b"%PDF-")
    assert "made the PDF of the notes of round 1" in page.get("/inbox?show=all").content.decode()
    assert "made the PDF" not in page.get(f"/deliverables/{many.deliverable_id}").content.decode()


def test_other_formats_are_never_promised(caller, many):
    assert [caller("pat").call("get", f"/rounds/{many.pk}/report.{kind}").status_code for kind in ("json", "xlsx")] == [
        200,
        200,
    ]


def test_the_review_page_leads_to_them(cast, browser_of, first):
    def ways(who):
        page = browser_of(who).get(f"/deliverables/{first.deliverable_id}/review").content.decode()
        return re.findall(r'href="/rounds/[0-9a-f-]+/report\.([^"]+)"', page)

    assert ways("pat") == ["pdf", "xlsx", "json"]
    release_round(actor=cast.actor("pat"), revision=first)
    MediaFile.objects.update(kind="video", frames=100, fps_num=25, fps_den=1)
    assert ways("pat") == ["pdf", "pdf?audience=client", "xlsx", "json", "edl", "csv"]
    assert ways("mia") == ["pdf", "xlsx", "json", "edl", "csv"]
