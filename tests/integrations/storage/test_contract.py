"""What the house may expect of every storage, whichever it is. A new one is one more name in `storage`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from signoff.integrations.storage.port import NotStored, Storage

KEY = "files/0198/round-1.original.tif"


@pytest.fixture(params=["directory", "s3"])
def storage(request: pytest.FixtureRequest) -> Storage:
    """Every storage in turn, empty; the names are of fixtures."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def put(storage: Storage, tmp_path: Path):
    """A function that stores bytes."""

    def put(key: str, content: bytes = b"content") -> None:
        source = tmp_path / "source"
        source.write_bytes(content)
        storage.put(key, source, "application/octet-stream")

    return put


def test_what_was_put_is_read_in_its_full_length(storage, put):
    content = bytes(range(256)) * 5_000
    put(KEY, content)
    assert (b"".join(storage.read(KEY)), storage.size(KEY)) == (content, len(content))


def test_an_empty_file_is_a_file(storage, put):
    put(KEY, b"")
    assert (b"".join(storage.read(KEY)), storage.size(KEY)) == (b"", 0)


def test_putting_leaves_the_source_alone(storage, put, tmp_path):
    put(KEY, b"mine")
    assert (tmp_path / "source").read_bytes() == b"mine"


def test_putting_again_replaces_the_whole_file(storage, put):
    put(KEY, b"a longer one")
    put(KEY, b"short")
    assert b"".join(storage.read(KEY)) == b"short"


def test_putting_what_is_not_there_leaves_what_was(storage, put, tmp_path):
    put(KEY, b"kept")
    with pytest.raises((FileNotFoundError, NotStored)):
        storage.put(KEY, tmp_path / "nowhere", "image/png")
    assert b"".join(storage.read(KEY)) == b"kept"
    assert [stored.key for stored in storage.listed("")] == [KEY]


@pytest.mark.parametrize(
    ("start", "end", "piece"),
    [
        (0, 1, b"0"),
        (0, 10, b"0123456789"),
        (3, 7, b"3456"),
        (9, 10, b"9"),
        (4, None, b"456789"),
        (8, 99, b"89"),
        (5, 5, b""),
        (7, 2, b""),
        (10, None, b""),
        (10, 12, b""),
        (99, None, b""),
    ],
)
def test_a_range_is_read_up_to_and_not_including_its_end(storage, put, start, end, piece):
    put(KEY, b"0123456789")
    assert b"".join(storage.read(KEY, start, end)) == piece


@pytest.mark.parametrize(("start", "end"), [(0, None), (5, None), (0, 0), (2, 4)])
def test_reading_what_is_not_there_is_refused(storage, start, end):
    with pytest.raises(NotStored):
        list(storage.read("files/none", start, end))


def test_what_is_not_there_has_no_size(storage):
    assert storage.size("files/none") is None


def test_reading_may_stop_in_the_middle(storage, put):
    put(KEY, b"x" * 3_000_000)
    pieces = storage.read(KEY)
    assert set(next(iter(pieces))) == {ord("x")}
    del pieces
    assert storage.size(KEY) == 3_000_000


def test_a_local_file_can_be_opened_and_keeps_the_extension(storage, put, tmp_path):
    put(KEY, b"for programs")
    path = storage.local(KEY, tmp_path)
    assert (path.read_bytes(), path.suffix) == (b"for programs", ".tif")


def test_no_local_file_of_what_is_not_there(storage, tmp_path):
    with pytest.raises(NotStored):
        storage.local("files/none.png", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_removing_takes_what_was_named_and_nothing_else(storage, put):
    for key in ("a/1", "a/2", "a/22"):
        put(key)
    storage.remove(["a/1", "a/2"])
    assert [found.key for found in storage.listed("a/")] == ["a/22"]


def test_removing_nothing_or_what_is_not_there_is_no_error(storage, put):
    put(KEY)
    storage.remove([])
    storage.remove(iter(["files/none", "none/at/all"]))
    storage.remove([KEY])
    storage.remove([KEY])
    assert storage.size(KEY) is None


def test_listing_says_key_size_and_time_of_all_below(storage, put):
    put("a/b/one.png", b"1")
    put("a/b/c/two.png", b"22")
    put("a/bb.png", b"333")
    put("c/b/one.png", b"4")
    now = datetime.now(UTC)
    found = sorted(storage.listed("a/b/"), key=lambda stored: stored.key)
    assert [(stored.key, stored.size) for stored in found] == [("a/b/c/two.png", 2), ("a/b/one.png", 1)]
    assert [abs(stored.changed_at - now) < timedelta(minutes=1) for stored in found] == [True] * 2


def test_listing_where_nothing_is_is_empty(storage, put):
    put(KEY)
    assert list(storage.listed("nothing/")) == []


def test_listing_below_nothing_is_everything(storage, put):
    put("a/1")
    put("b/2")
    assert sorted(stored.key for stored in storage.listed("")) == ["a/1", "b/2"]


def test_two_that_put_the_same_key_leave_one_of_both_whole(storage, tmp_path):
    contents = [b"a" * 2_000_000, b"b" * 1_000_000]
    threads = []
    for number, content in enumerate(contents):
        (tmp_path / str(number)).write_bytes(content)
        threads.append(Thread(target=storage.put, args=(KEY, tmp_path / str(number), "image/png")))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert b"".join(storage.read(KEY)) in contents


def test_free_space_is_a_number_or_not_known(storage):
    free = storage.free()
    assert free is None or free > 0
