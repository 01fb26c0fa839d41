"""What pages link to for files: thumbnails, originals, zips. For whom, and how often the database is asked."""

import uuid

import pytest

from signoff.deliverables.models import Deliverable
from signoff.revisions.models import MediaFile, Rendition
from tests.api.conftest import caller, keyed
from tests.files import add_round, picture
from tests.web.asgi import ask

__all__ = ["caller", "keyed"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def revision(cast, key_visual, run_jobs):
    """A round with its thumbnail."""
    made = add_round(cast.actor("art"), key_visual, picture(640, 480))
    run_jobs()
    return made


@pytest.fixture
def addresses(revision):
    file, thumbnail = MediaFile.objects.get(), Rendition.objects.get(kind="thumbnail")
    return {
        "thumbnail": f"/thumbnails/{thumbnail.pk}",
        "original": f"/files/{file.pk}/original",
        "round": f"/rounds/{revision.pk}/archive",
        "approved": f"/projects/{revision.deliverable.project_id}/approved-files",
    }


def statuses(browser, addresses):
    return {name: browser.get(address).status_code for name, address in addresses.items()}


SEEN = {"thumbnail": 200, "original": 302, "round": 302, "approved": 302}
UNSEEN = dict.fromkeys(SEEN, 404)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("pat", SEEN, SEEN),
        ("art", SEEN, SEEN),
        ("rev", SEEN, SEEN),
        ("mia", UNSEEN, SEEN),
        ("nils", UNSEEN, UNSEEN),
        ("stranger", UNSEEN, UNSEEN),
    ],
)
def test_clients_get_what_was_released_and_strangers_nothing(browser_of, addresses, name, before, after):
    browser = browser_of(name)
    Deliverable.objects.update(status="approved")
    assert statuses(browser, addresses) == before
    Deliverable.objects.update(released_rounds=[1])
    assert statuses(browser, addresses) == after


def test_nobody_is_asked_to_sign_in(client, addresses):
    assert statuses(client, addresses) == dict.fromkeys(SEEN, 302)
    assert all(client.get(one).headers["location"].startswith("/sign-in") for one in addresses.values())


def test_only_reading_is_allowed(browser_of, addresses):
    assert {browser_of("pat").post(one).status_code for one in addresses.values()} == {405}


def test_ids_of_nothing_are_not_found(browser_of, addresses):
    browser, preview = browser_of("pat"), Rendition.objects.get(kind="preview")
    nothing = {name: address.replace(address.split("/")[2], str(uuid.uuid4())) for name, address in addresses.items()}

    assert statuses(browser, nothing) == UNSEEN
    assert browser.get(f"/thumbnails/{preview.pk}").status_code == 404  # only what is small goes through here


def test_a_thumbnail_is_kept_by_browsers(browser_of, addresses, media):
    browser, thumbnail = browser_of("pat"), Rendition.objects.get(kind="thumbnail")
    answer = browser.get(addresses["thumbnail"])

    assert (answer.content, answer.headers["content-type"]) == ((media / thumbnail.key).read_bytes(), "image/webp")
    assert answer.headers["cache-control"] == "private, max-age=86400, immutable"
    again = browser.get(addresses["thumbnail"], headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == answer.headers["cache-control"]


def test_a_thumbnail_costs_the_same_few_statements_always(browser_of, addresses, django_assert_num_queries):
    for name in ("pat", "mia"):
        Deliverable.objects.update(released_rounds=[1])
        browser = browser_of(name)
        browser.get(addresses["thumbnail"])
        with django_assert_num_queries(5 if name == "mia" else 4):
            browser.get(addresses["thumbnail"])


def test_the_links_lead_to_the_bytes(browser_of, addresses):
    Deliverable.objects.update(status="approved")
    browser = browser_of("pat")
    led = {name: browser.get(addresses[name]).headers for name in ("original", "round", "approved")}

    assert {headers["cache-control"] for headers in led.values()} == {"private, no-store"}
    answers = {name: ask("GET", headers["location"]) for name, headers in led.items()}
    assert answers["original"].body == picture(640, 480)
    assert [answers[name].headers["content-disposition"] for name in led] == [
        'attachment; filename="hero.png"',
        'attachment; filename="key-visual_v1.zip"',
        f'attachment; filename="{Deliverable.objects.get().project.slug}_approved.zip"',
    ]


def test_a_project_without_approved_files_says_so(browser_of, addresses):
    page = browser_of("pat").get(addresses["approved"])
    toast = browser_of("pat").get(addresses["approved"], headers={"HX-Request": "true"})

    words = "No deliverable of this project is approved and has files yet, so there is nothing to download."
    assert (page.status_code, words in page.content.decode()) == (404, True)
    assert (toast.status_code, words in toast.content.decode()) == (404, True)
    assert toast.headers["hx-retarget"] == "#toasts"


def test_the_api_leads_to_the_same(keyed, revision):
    key = keyed("read")
    approved = f"/projects/{revision.deliverable.project_id}/approved-files"
    status, problem = key.get(approved)
    assert (status, problem["code"]) == (404, "nothing_approved")
    Deliverable.objects.update(status="approved")

    led = [key.call("get", path) for path in (approved, f"/rounds/{revision.pk}/archive")]
    assert [one.status_code for one in led] == [302, 302]
    assert [ask("HEAD", one.headers["location"]).status for one in led] == [200, 200]
