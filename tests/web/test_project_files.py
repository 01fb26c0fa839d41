"""A project's files: who sees which, what the address filters, what a tile says, and what is drawn anew."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from signoff.accounts.models import User
from signoff.deliverables.models import Deliverable, DeliverableStatus
from signoff.projects.models import Project
from signoff.revisions import actions
from signoff.revisions.models import FileKind, MediaFile, Revision, Step
from signoff.web import project_files
from tests import factories
from tests.cast import Cast
from tests.files import add_round, picture
from tests.revisions.test_listing import rendered

Browsers = Callable[[str], Client]
HTMX = {"HX-Request": "true"}


def address(project: Project, query: str = "") -> str:
    return f"/projects/{project.pk}/files{query}"


def html(client: Client, project: Project, query: str = "", **headers: str) -> str:
    answer = client.get(address(project, query), headers=headers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def tiles(page: str) -> list[tuple[str, str]]:
    """Each file as (deliverable, name), in the order of the page."""
    of = re.findall(r'<div class="file-of"><a[^>]*>(.*?)</a>', page)
    return list(zip(of, re.findall(r'<div class="file-name"><a[^>]*>(.*?)</a>', page), strict=True))


def tile_of(page: str, file: MediaFile) -> str:
    found = re.search(rf'<article class="file-tile" id="file-{file.pk}".*?</article>', page, re.S)
    assert found
    return found[0]


@pytest.fixture
def project(cast: Cast, key_visual: Deliverable) -> Project:
    """Key visual in two rounds, the first of them released; Banner with two files."""
    first = add_round(cast.actor("art"), key_visual, picture(10, 10), name="hero 1.png")
    actions.release_round(actor=cast.actor("pat"), revision=first)
    add_round(cast.actor("art"), key_visual, picture(11, 11), name="hero 2.png")
    banner = factories.deliverable(key_visual.project, "Banner", position=9)
    add_round(cast.actor("art"), banner, picture(12, 12), picture(13, 13), name="banner.png")
    return key_visual.project


HOUSE = [("Key visual", "hero 2.png"), ("Banner", "banner.png"), ("Banner", "banner.png")]


@pytest.mark.parametrize(
    ("who", "found"), [("pat", HOUSE), ("art", HOUSE), ("rev", HOUSE), ("mia", [("Key visual", "hero 1.png")])]
)
def test_the_house_sees_all_and_clients_what_was_released(
    browser_of: Browsers, project: Project, who: str, found: list[tuple[str, str]]
) -> None:
    assert tiles(html(browser_of(who), project)) == found


@pytest.mark.parametrize("who", ["stranger", "nils"])
def test_a_project_one_does_not_see_is_not_there(browser_of: Browsers, project: Project, who: str) -> None:
    assert browser_of(who).get(address(project)).status_code == 404


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?rounds=all", ["hero 2.png", "hero 1.png", "banner.png", "banner.png"]),
        ("?q=hero", ["hero 2.png"]),
        ("?q=hero&rounds=all&released=yes", ["hero 1.png"]),
        ("?released=no&kind=image", ["hero 2.png", "banner.png", "banner.png"]),
        ("?kind=video", []),
        ("?state=failed", []),
        ("?state=working", ["hero 2.png", "banner.png", "banner.png"]),
        ("?kind=nonsense&state=nonsense&released=maybe&rounds=7&view=wall&groups=x&after=1.2.3", None),
        ("?q=%00&groups=-4", None),
    ],
)
def test_the_address_filters_and_nonsense_filters_nothing(
    browser_of: Browsers, project: Project, query: str, names: list[str] | None
) -> None:
    expected = [name for _, name in HOUSE] if names is None else names
    assert [name for _, name in tiles(html(browser_of("pat"), project, query))] == expected


def test_what_is_not_released_is_no_filter_of_a_client(browser_of: Browsers, project: Project) -> None:
    page = html(browser_of("mia"), project, "?released=no&rounds=all")
    assert tiles(page) == [("Key visual", "hero 1.png")]
    assert ("Not released" in page, 'class="file-released"' in page) == (False, False)


def test_a_tile_says_how_far_its_file_is(browser_of: Browsers, project: Project) -> None:
    files = MediaFile.objects.exclude(name="hero 1.png")
    hero, one, other = sorted(files, key=lambda file: (file.name[0] == "b", file.position))
    said = {"step": Step.PROBED, "percent": 40, "kind": FileKind.VIDEO, "duration_ms": 62_000}
    MediaFile.objects.filter(pk=hero.pk).update(**said)
    MediaFile.objects.filter(pk=one.pk).update(failure="The file is <damaged>.")
    [*_, thumbnail] = rendered(Revision.objects.get(deliverable__name="Banner"))
    page = html(browser_of("pat"), project)
    opened = f"/deliverables/{hero.revision.deliverable_id}?round=2"
    working, failed, ready = (tile_of(page, file) for file in (hero, one, other))
    assert [part in working for part in ('data-state="working"', "Making previews 40 %", "1:02", opened)] == [True] * 4
    assert [part in failed for part in ('data-state="failed"', "The file is <damaged>.")] == [True, True]
    assert [part in ready for part in ('data-state="ready"', f"/thumbnails/{thumbnail.pk}", "R1")] == [True] * 3
    assert "<damaged>" not in browser_of("pat").get(address(project)).content.decode()  # it is escaped


def test_where_a_file_was_before_is_not_said_to_clients(browser_of: Browsers, project: Project) -> None:
    file = MediaFile.objects.get(name="hero 1.png")
    notice = "The same file as secret.png of round 1, byte for byte."
    MediaFile.objects.filter(pk=file.pk).update(notice=notice, step=Step.RENDERED)
    said = [tile_of(html(browser_of(who), project, "?rounds=all"), file) for who in ("pat", "mia")]
    assert [notice in one for one in said] == [True, False]


def test_the_foot_counts_and_offers_what_is_approved(browser_of: Browsers, project: Project) -> None:
    assert "Download all approved" not in html(browser_of("pat"), project)
    Deliverable.objects.filter(name="Banner").update(status=DeliverableStatus.APPROVED)
    page = html(browser_of("pat"), project)
    assert re.search(r'href="/projects/[^"]+/approved-files".*?2 files, \d+ B', page, re.S)
    assert "<strong>3</strong> files" in page
    assert "approved-files" not in html(browser_of("mia"), project)


def test_the_tabs_count_kinds_under_the_other_filters(browser_of: Browsers, project: Project) -> None:
    MediaFile.objects.filter(name="hero 2.png").update(kind=FileKind.VIDEO)
    page = html(browser_of("pat"), project, "?kind=video&rounds=all")
    tabs = re.findall(r'href="([^"]*/files[^"]*)" hx-get[^>]*?(aria-current="page")?>([^<]+)<span[^>]*>(\d+)', page)
    assert [(query.partition("?")[2], bool(now), word, int(n)) for query, now, word, n in tabs] == [
        ("rounds=all", False, "All", 4),
        ("kind=image&rounds=all", False, "Pictures", 3),
        ("kind=video&rounds=all", True, "Videos", 1),
    ]


def test_an_empty_project_says_how_files_come(browser_of: Browsers, key_visual: Deliverable) -> None:
    pat, mia = (html(browser_of(who), key_visual.project) for who in ("pat", "mia"))
    assert ("Where is the work?" in pat, "Choose a deliverable" in pat) == (True, True)
    assert ("Nothing has been shown to you here yet" in mia, "Choose a deliverable" in mia) == (True, False)
    assert "No file matches these filters" in html(browser_of("pat"), key_visual.project, "?kind=pdf")


def test_show_more_brings_the_next_groups(
    browser_of: Browsers, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_files, "A_PAGE", 1)
    pat = browser_of("pat")
    page = html(pat, project, "?rounds=all")
    found = tiles(page)
    while more := re.search(r'files-more"[^>]*hx-get="([^"]+)"', page):
        page = html(pat, project, more[1].partition("/files")[2], **HTMX)
        assert 'id="files"' not in page
        found += tiles(page)
    assert [name for _, name in found] == ["hero 2.png", "hero 1.png", "banner.png", "banner.png"]
    assert len(tiles(html(pat, project, "?rounds=all&groups=3", **HTMX))) == 4


def test_a_fragment_brings_the_list_and_the_tabs_only(browser_of: Browsers, project: Project) -> None:
    page = html(browser_of("pat"), project, **HTMX)
    assert ('id="files"' in page, 'hx-swap-oob="true"' in page, "<html" in page, "<form" in page) == (
        True,
        True,
        False,
        False,
    )


def test_how_they_are_shown_is_remembered(cast: Cast, browser_of: Browsers, project: Project) -> None:
    pat = browser_of("pat")
    assert 'id="files" data-view="gallery"' in html(pat, project)
    assert pat.post("/preferences", {"files": "list"}).status_code == 204
    assert User.objects.get(pk=cast.pat.pk).preferences == {"files": "list"}
    assert 'id="files" data-view="list"' in html(pat, project)
    assert 'id="files" data-view="gallery"' in html(pat, project, "?view=gallery")
    assert pat.post("/preferences", {"files": "wall"}).status_code == 422


@pytest.mark.parametrize("page", ["", "/board", "/files", "/activity", "/settings"])
def test_every_page_of_the_project_leads_here(browser_of: Browsers, project: Project, page: str) -> None:
    head = browser_of("pat").get(f"/projects/{project.pk}{page}").content.decode()
    current = ' aria-current="page"' if page == "/files" else ""
    assert re.search(rf'<a href="{address(project)}"{current}[^>]*>', head)


def test_more_rounds_are_not_more_queries(cast: Cast, browser_of: Browsers, key_visual: Deliverable) -> None:
    art, pat = cast.actor("art"), browser_of("pat")
    rendered(add_round(art, key_visual))

    def count(**headers: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert tiles(html(pat, key_visual.project, "?rounds=all", **headers))
        return len(captured)

    with_one = (count(), count(**HTMX))
    for name in ("Poster", "Banner"):
        rendered(add_round(art, factories.deliverable(key_visual.project, name), picture(10, 10), picture(12, 12)))
    assert (count(), count(**HTMX)) == with_one
