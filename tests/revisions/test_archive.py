"""What is in a zip, for whom, under which names; and that it is a zip that programs read."""

import io
import zipfile

import pytest

from signoff.deliverables.models import Deliverable
from signoff.revisions.archive import (
    APPROVED,
    MISSING,
    ROUND,
    Entry,
    NothingApproved,
    approved_archive,
    archive_of,
    entries_of,
)
from signoff.revisions.models import MediaFile
from signoff.revisions.storage import storage
from tests import factories
from tests.files import add_round, picture


def paths(what, subject, is_client=False):
    return [entry.path for entry in entries_of(what, subject, is_client=is_client)]


def change(deliverable, **fields):
    Deliverable.objects.filter(pk=deliverable.pk).update(**fields)


def test_a_round_is_its_files_in_order_in_a_folder_of_its_own(cast, key_visual):
    add_round(cast.actor("art"), key_visual)
    second = add_round(cast.actor("art"), key_visual, picture(8, 8), picture(9, 9))

    keys = [file.key for file in MediaFile.objects.filter(revision=second).order_by("position")]
    assert entries_of(ROUND, second.pk, is_client=False) == [
        Entry("key-visual_v2/hero.png", keys[0]),
        Entry("key-visual_v2/hero (2).png", keys[1]),
    ]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["a.png", "A.PNG", "a.png"], ["a.png", "A (2).PNG", "a (3).png"]),
        (["a (2).png", "a.png", "a.png"], ["a (2).png", "a.png", "a (3).png"]),
        (["straße", "STRASSE"], ["straße", "STRASSE (2)"]),
        ([".hidden", ".hidden"], [".hidden", ".hidden (2)"]),
    ],
)
def test_names_are_told_apart_also_where_case_says_nothing(cast, key_visual, names, found):
    revision = add_round(cast.actor("art"), key_visual, *[picture(n + 1, 9) for n in range(len(names))])
    for file, name in zip(MediaFile.objects.order_by("position"), names, strict=True):
        MediaFile.objects.filter(pk=file.pk).update(name=name)

    assert paths(ROUND, revision.pk) == [f"key-visual_v1/{name}" for name in found]


def test_a_client_gets_a_round_only_while_it_is_released(cast, key_visual):
    revision = add_round(cast.actor("art"), key_visual)
    assert paths(ROUND, revision.pk, is_client=True) == []
    change(key_visual, released_rounds=[1])
    assert paths(ROUND, revision.pk, is_client=True) == ["key-visual_v1/hero.png"]


def test_approved_is_the_newest_round_of_what_is_approved_or_delivered(cast, first_light, key_visual):
    art = cast.actor("art")
    others = {name: factories.deliverable(first_light, name) for name in ("Banner", "Poster", "Spot", "Empty")}
    elsewhere = factories.deliverable(factories.project(cast.organization, "Other", job_number="9"), "Film")
    for one in (key_visual, key_visual, others["Banner"], others["Poster"], others["Spot"], elsewhere):
        add_round(art, one)
    for one, status in ((key_visual, "approved"), (others["Banner"], "delivered"), (others["Empty"], "approved")):
        change(one, status=status)
    change(others["Poster"], status="in_review")
    change(elsewhere, status="approved")

    assert paths(APPROVED, first_light.pk) == ["key-visual_v2/hero.png", "banner_v1/hero.png"]


def test_approved_is_for_clients_the_newest_round_that_they_see(cast, first_light, key_visual):
    for _ in range(3):
        add_round(cast.actor("art"), key_visual)
    unseen = factories.deliverable(first_light, "Banner")
    add_round(cast.actor("art"), unseen)
    for one in (key_visual, unseen):
        change(one, status="approved")
    change(key_visual, released_rounds=[1, 2])

    assert paths(APPROVED, first_light.pk, is_client=True) == ["key-visual_v2/hero.png"]
    assert paths(APPROVED, first_light.pk) == ["key-visual_v3/hero.png", "banner_v1/hero.png"]


def test_the_statements_do_not_grow_with_the_files(cast, first_light, key_visual, django_assert_num_queries):
    for number in range(3):
        one = factories.deliverable(first_light, f"Banner {number}")
        add_round(cast.actor("art"), one)
        change(one, status="approved")

    with django_assert_num_queries(1):
        assert len(entries_of(APPROVED, first_light.pk, is_client=True)) == 0
    with django_assert_num_queries(1):
        assert len(entries_of(APPROVED, first_light.pk, is_client=False)) == 3


def test_nothing_approved_is_said_and_no_empty_zip(cast, first_light, key_visual):
    add_round(cast.actor("art"), key_visual)
    change(key_visual, released_rounds=[1])
    with pytest.raises(NothingApproved):
        approved_archive(cast.actor("pat"), first_light)
    change(key_visual, status="approved", released_rounds=[])
    with pytest.raises(NothingApproved):
        approved_archive(cast.actor("mia"), first_light)
    assert approved_archive(cast.actor("pat"), first_light).endswith(f"/{first_light.slug}_approved.zip")


def whole(entries):
    archive = archive_of(entries, storage())
    data = b"".join(archive.pieces)
    assert archive.size == len(data)
    read = zipfile.ZipFile(io.BytesIO(data))
    assert read.testzip() is None
    return {info.filename: read.read(info) for info in read.infolist()}


def keep(media, **files):
    for key, content in files.items():
        media.mkdir(parents=True, exist_ok=True)
        (media / key).write_bytes(content)


def test_the_zip_has_the_files_as_they_are_and_the_length_that_was_said(media):
    keep(media, one=b"1" * 3_000_000, two=b"2", none=b"")

    entries = [Entry("ä_v1/Größe ☃.png", "one"), Entry("b_v2/two", "two"), Entry("b_v2/none", "none")]
    assert whole(entries) == {"ä_v1/Größe ☃.png": b"1" * 3_000_000, "b_v2/two": b"2", "b_v2/none": b""}


def test_missing_files_become_lines(media):
    keep(media, one=b"1")

    found = whole([Entry("a/lost.png", "lost"), Entry("a/one", "one"), Entry("a/gone.png", "gone")])
    assert found["a/one"] == b"1"
    assert found[MISSING].decode().splitlines()[1:] == ["a/lost.png", "a/gone.png"]


def test_a_file_that_vanishes_on_the_way_breaks_the_zip_rather_than_lie(media):
    keep(media, one=b"1" * 10, two=b"2" * 10)
    archive = archive_of([Entry("one", "one"), Entry("two", "two")], storage())
    (media / "two").write_bytes(b"2")

    with pytest.raises(RuntimeError):
        list(archive.pieces)


@pytest.mark.slow
def test_a_zip_of_more_than_four_gigabytes_is_one(media, tmp_path):
    media.mkdir()
    with (media / "big").open("wb") as big:
        big.truncate(4 * 1024**3 + 10)
    keep(media, small=b"small")
    archive = archive_of([Entry("big", "big"), Entry("small", "small")], storage())
    made = tmp_path / "made.zip"
    with made.open("wb") as file:
        for piece in archive.pieces:
            file.seek(len(piece), 1) if not any(piece[:64]) and len(piece) == 1 << 20 else file.write(piece)

    assert made.stat().st_size == archive.size
    with zipfile.ZipFile(made) as read:
        assert [info.file_size for info in read.infolist()] == [4 * 1024**3 + 10, 5]
        assert read.read("small") == b"small"
