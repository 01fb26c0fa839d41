"""Which files a project's list has, in what order, and what it counts, by a fixed number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signoff.core.ids import new_id
from signoff.deliverables.models import Deliverable, DeliverableStatus
from signoff.projects.models import Project
from signoff.revisions import actions, listing
from signoff.revisions.covers import refresh_covers
from signoff.revisions.listing import (
    FileFilter,
    Place,
    approved_files,
    figures_of,
    files_of_project,
    groups_of,
    total_of,
)
from signoff.revisions.models import FileKind, MediaFile, Rendition, Revision, Step
from tests import factories
from tests.cast import Cast
from tests.files import add_round, picture

ALL = FileFilter(is_every_round=True)


def rendered(revision: Revision) -> list[Rendition]:
    """Its files, as the worker leaves them, each with a thumbnail."""
    made = []
    for file in revision.files.all():
        MediaFile.objects.filter(pk=file.pk).update(step=Step.RENDERED)
        made.append(
            Rendition.objects.create(file=file, kind="thumbnail", key=f"r/{new_id()}", media_type="image/webp", size=9)
        )
    refresh_covers(revision.deliverable_id)
    return made


EVERYTHING = FileFilter()
SOME_ID = "01a221cd-d4e5-713d-b1f2-dfeef1cd9afd"


def shown(cast: Cast, who: str, project: Project, wanted: FileFilter = EVERYTHING, **page: Any) -> list[Any]:
    """Each group as (deliverable, round, names of its files)."""
    groups, _ = groups_of(cast.actor(who), project.pk, wanted, **page)
    return [(g.revision.deliverable.name, g.revision.round, [one.file.name for one in g.files]) for g in groups]


@pytest.fixture
def two_rounds(cast: Cast, key_visual: Deliverable) -> Project:
    """Key visual in two rounds, the first of them released; Banner in one round of two files."""
    art, pat = cast.actor("art"), cast.actor("pat")
    first = add_round(art, key_visual, picture(10, 10), name="hero_1.png")
    actions.release_round(actor=pat, revision=first)
    add_round(art, key_visual, picture(11, 11), name="hero_2.png")
    banner = factories.deliverable(key_visual.project, "Banner", position=9)
    add_round(art, banner, picture(12, 12), picture(13, 13), name="banner.png")
    return key_visual.project


def test_the_newest_rounds_come_in_the_order_of_the_grid(cast: Cast, two_rounds: Project) -> None:
    assert shown(cast, "art", two_rounds) == [
        ("Key visual", 2, ["hero_2.png"]),
        ("Banner", 1, ["banner.png", "banner.png"]),
    ]


def test_all_rounds_come_newest_first_within_their_deliverable(cast: Cast, two_rounds: Project) -> None:
    assert [(name, number) for name, number, _ in shown(cast, "art", two_rounds, ALL)] == [
        ("Key visual", 2),
        ("Key visual", 1),
        ("Banner", 1),
    ]


@pytest.mark.parametrize("wanted", [FileFilter(), ALL, FileFilter(released=True)])
def test_to_clients_the_newest_round_is_the_newest_they_were_shown(
    cast: Cast, two_rounds: Project, wanted: FileFilter
) -> None:
    assert shown(cast, "mia", two_rounds, wanted) == [("Key visual", 1, ["hero_1.png"])]


@pytest.mark.parametrize("who", ["stranger", "nils"])
def test_who_does_not_see_the_project_finds_nothing(cast: Cast, two_rounds: Project, who: str) -> None:
    actor = cast.actor(who)
    figures = figures_of(actor, two_rounds.pk, ALL)
    assert (shown(cast, who, two_rounds, ALL), figures.count, figures.size) == ([], 0, 0)
    assert total_of(approved_files(actor, two_rounds.pk)) == (0, 0)


def test_another_projects_files_are_not_among_them(cast: Cast, two_rounds: Project) -> None:
    other = factories.project(cast.organization, "Other", client_team=cast.kolibri)
    add_round(cast.actor("art"), factories.deliverable(other, "Poster"))
    assert [name for name, *_ in shown(cast, "art", other)] == ["Poster"]
    assert [name for name, *_ in shown(cast, "art", two_rounds)] == ["Key visual", "Banner"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hero", ["Key visual"]),
        ("VISUAL hero_2", ["Key visual"]),
        ("banner", ["Banner"]),
        ("hero_1", []),
        ("100%", []),
        ("_", ["Key visual"]),
    ],
)
def test_words_are_looked_for_in_file_and_deliverable(
    cast: Cast, two_rounds: Project, text: str, found: list[str]
) -> None:
    assert [name for name, *_ in shown(cast, "art", two_rounds, FileFilter(text=text))] == found


def test_released_is_what_clients_see(cast: Cast, two_rounds: Project) -> None:
    found = {
        released: shown(cast, "pat", two_rounds, FileFilter(released=released, is_every_round=True))
        for released in (True, False)
    }
    assert {key: [(name, number) for name, number, _ in one] for key, one in found.items()} == {
        True: [("Key visual", 1)],
        False: [("Key visual", 2), ("Banner", 1)],
    }


def test_kinds_and_states_filter_and_are_counted(cast: Cast, two_rounds: Project) -> None:
    art = cast.actor("art")
    hero, first, second = MediaFile.objects.exclude(name="hero_1.png").order_by("name", "position").reverse()
    MediaFile.objects.filter(pk=hero.pk).update(step=Step.RENDERED)
    MediaFile.objects.filter(pk=first.pk).update(failure="It is broken.", kind=FileKind.VIDEO)
    figures = figures_of(art, two_rounds.pk, FileFilter())
    assert (figures.count, figures.size) == (3, hero.size + first.size + second.size)
    assert figures.states == {"failed": 1, "working": 1, "ready": 1}
    assert figures.kinds == {"image": 2, "video": 1, "audio": 0, "pdf": 0, "other": 0}
    found = {state: list(files_of_project(art, two_rounds.pk, FileFilter(state=state))) for state in figures.states}
    assert found == {"failed": [first], "working": [second], "ready": [hero]}
    videos = figures_of(art, two_rounds.pk, FileFilter(kind="video"))
    assert (videos.count, videos.states["failed"], videos.kinds) == (1, 1, figures.kinds)


def test_pages_meet_without_gap_or_overlap(cast: Cast, two_rounds: Project) -> None:
    art, after, found = cast.actor("art"), None, []
    while True:
        groups, after = groups_of(art, two_rounds.pk, ALL, after=after, most=1)
        found += [(group.revision.deliverable.name, group.revision.round) for group in groups]
        if after is None:
            break
        after = Place.said(str(after))  # as an address carries it
    assert found == [("Key visual", 2), ("Key visual", 1), ("Banner", 1)]


def test_deliverables_at_one_position_are_told_apart(cast: Cast, two_rounds: Project) -> None:
    Deliverable.objects.filter(project=two_rounds).update(position=3)
    groups, after = groups_of(cast.actor("art"), two_rounds.pk, FileFilter(), most=1)
    more, end = groups_of(cast.actor("art"), two_rounds.pk, FileFilter(), most=1, after=after)
    assert {one.revision.deliverable.name for one in (*groups, *more)} == {"Key visual", "Banner"}
    assert end is None


@pytest.mark.parametrize(
    "words", ["", "1", "a.b.c", "1.2.3", f"-1.{SOME_ID}.1", f"1.{SOME_ID}.99999", f"9999999999.{SOME_ID}.1", "1..2"]
)
def test_a_place_that_is_none_is_nowhere(words: str) -> None:
    assert Place.said(words) is None


def test_a_round_of_many_files_lists_the_first_and_counts_all(
    cast: Cast, key_visual: Deliverable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "A_GROUP", 2)
    datas = [picture(10 + number, 10) for number in range(5)]
    add_round(cast.actor("art"), key_visual, *datas)
    [group], _ = groups_of(cast.actor("art"), key_visual.project_id, FileFilter())
    assert [one.file.position for one in group.files] == [1, 2]
    assert (group.count, group.unlisted, group.size) == (5, 3, sum(map(len, datas)))


def test_each_file_has_its_thumbnail(cast: Cast, two_rounds: Project) -> None:
    made = rendered(Revision.objects.get(deliverable__name="Banner"))
    groups, _ = groups_of(cast.actor("art"), two_rounds.pk, FileFilter())
    assert [[one.thumbnail for one in group.files] for group in groups] == [[None], [one.pk for one in made]]


@pytest.mark.parametrize(
    ("status", "count"), [("approved", 2), ("delivered", 2), ("in_review", 0), ("on_hold", 0), ("cancelled", 0)]
)
def test_approved_are_the_newest_rounds_of_what_is_done(
    cast: Cast, two_rounds: Project, status: str, count: int
) -> None:
    Deliverable.objects.filter(name="Banner").update(status=status)
    size = sum(MediaFile.objects.filter(name="banner.png").values_list("size", flat=True))
    assert total_of(approved_files(cast.actor("pat"), two_rounds.pk)) == (count, size if count else 0)


def test_of_what_is_approved_clients_get_what_they_were_shown(cast: Cast, two_rounds: Project) -> None:
    Deliverable.objects.filter(project=two_rounds).update(status=DeliverableStatus.APPROVED)
    names = {who: {f.name for f in approved_files(cast.actor(who), two_rounds.pk)} for who in ("pat", "mia")}
    assert names == {"pat": {"hero_2.png", "banner.png"}, "mia": {"hero_1.png"}}


def queries_of(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def test_more_rounds_and_files_are_not_more_queries(cast: Cast, key_visual: Deliverable) -> None:
    art, project = cast.actor("art"), key_visual.project_id
    add_round(art, key_visual)

    def all_of_it() -> tuple[object, ...]:
        groups, _ = groups_of(art, project, ALL)
        names = [(group.revision.deliverable.name, one.file.state) for group in groups for one in group.files]
        return names, figures_of(art, project, ALL), total_of(approved_files(art, project))

    with_one = queries_of(all_of_it)
    for name in ("Banner", "Poster"):
        add_round(art, factories.deliverable(key_visual.project, name), picture(10, 10), picture(12, 12))
        add_round(art, key_visual)
    assert (with_one, queries_of(all_of_it)) == (4, 4)
