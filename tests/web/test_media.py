"""Files going out, by the whole application and by the real server."""

import os
import socket
import time
import urllib.request
from email.utils import formatdate
from urllib.parse import quote

import pytest
from django.core.signing import Signer

from config import asgi
from config.env import sendfile_from_env
from signoff.core.seals import seal
from signoff.revisions.addresses import address_of, inline_address_of, rendition_address
from signoff.revisions.models import MediaFile, Rendition
from signoff.web import media as door
from tests.browser.real_server import SECRET, site, site_media, site_process
from tests.cast import Cast
from tests.files import add_round, noise, picture
from tests.web.asgi import ask

__all__ = ["site", "site_media", "site_process"]

DATA = noise(1_000_000)
KEY = "originals/ab/one"


@pytest.fixture
def kept(media):
    """A file of a million bytes in the storage; where it lies."""
    path = media / KEY
    path.parent.mkdir(parents=True)
    path.write_bytes(DATA)
    return path


def address(key=KEY, media_type="video/mp4", name="spot.mp4", is_attachment=False, seconds=3600, purpose="file"):
    return f"/media/{seal(purpose, [key, media_type, name, is_attachment], seconds)}/{quote(name)}"


def test_a_file_goes_out_whole_with_what_browsers_need_to_keep_it(kept):
    answer = ask("GET", address())

    assert (answer.status, answer.body) == (200, DATA)
    headers = answer.headers
    seconds = int(headers.pop("cache-control").removeprefix("private, max-age=").removesuffix(", immutable"))
    assert 3600 <= seconds <= 5400
    assert headers == {
        "accept-ranges": "bytes",
        "content-type": "video/mp4",
        "content-length": "1000000",
        "content-disposition": 'inline; filename="spot.mp4"',
        "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "etag": f'"{len(DATA):x}-{kept.stat().st_mtime_ns:x}"',
        "last-modified": formatdate(int(kept.stat().st_mtime), usegmt=True),
        "x-content-type-options": "nosniff",
    }


def test_a_download_is_named_as_its_owner_named_it(kept):
    answer = ask("GET", address(name='Größe "1".mp4', is_attachment=True))

    said = "attachment; filename=\"Groe _1_.mp4\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.mp4"
    assert answer.headers["content-disposition"] == said


def test_the_name_in_the_address_counts_for_nothing(kept):
    there = address().rsplit("/", 1)[0]

    assert [ask("HEAD", there + end).status for end in ("", "/", "/other.html", "/../../x", "/a/b")] == [200] * 5


def test_head_says_the_same_without_the_bytes(kept):
    got, head = ask("GET", address()), ask("HEAD", address(), {"Range": "bytes=0-9"})

    assert (head.status, head.body, head.headers) == (200, b"", got.headers)


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("bytes=0-", 0, 1_000_000),
        ("bytes=0-0", 0, 1),
        ("bytes=999999-", 999_999, 1_000_000),
        ("bytes=500000-899999", 500_000, 900_000),
        ("bytes=-5", 999_995, 1_000_000),
        (f"bytes=10-{'9' * 100}", 10, 1_000_000),
    ],
)
def test_a_range_is_answered_with_exactly_that(kept, said, start, end):
    answer = ask("GET", address(), {"Range": said})

    assert (answer.status, answer.body) == (206, DATA[start:end])
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/1000000"
    assert answer.headers["content-length"] == str(end - start)


@pytest.mark.parametrize("said", ["bytes=1000000-", "bytes=-0", f"bytes={'9' * 100}-"])
def test_a_range_behind_the_end_is_refused_with_the_size(kept, said):
    answer = ask("GET", address(), {"Range": said})

    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */1000000")


@pytest.mark.parametrize("said", ["bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=" + "0-0," * 10_000])
def test_what_is_no_single_range_gets_the_whole_file(kept, said):
    answer = ask("GET", address(), {"Range": said})

    assert (answer.status, answer.body == DATA) == (200, True)


def test_who_has_the_file_gets_no_bytes(kept):
    first = ask("GET", address())
    tag, date = first.headers["etag"], first.headers["last-modified"]

    answers = [ask("GET", address(), said) for said in ({"If-None-Match": tag}, {"If-Modified-Since": date})]
    assert [(answer.status, answer.body, answer.headers["etag"]) for answer in answers] == [(304, b"", tag)] * 2


def test_a_broken_off_download_goes_on_only_with_the_same_file(kept):
    tag = ask("HEAD", address()).headers["etag"]
    os.utime(kept, (1, 1))

    assert ask("GET", address(), {"Range": "bytes=5-", "If-Range": tag}).status == 200
    tag = ask("HEAD", address()).headers["etag"]
    assert ask("GET", address(), {"Range": "bytes=5-", "If-Range": tag}).status == 206


def test_the_server_sends_a_whole_file_by_itself_when_it_can(kept):
    offered = ["http.response.pathsend"]
    answer, part = (ask("GET", address(), said, extensions=offered) for said in ({}, {"Range": "bytes=1-2"}))

    assert answer.sent[1:] == [{"type": "http.response.pathsend", "path": str(kept)}]
    assert part.body == DATA[1:3]


def test_a_missing_file_is_said_in_words(media):
    answer = ask("GET", address())

    assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert answer.body == b"The file is missing from the storage. Tell whoever runs this server."


@pytest.mark.parametrize("key", ["", ".", "..", "../../etc/passwd", "/etc/passwd", "originals", "a/../../.."])
def test_a_key_that_leads_out_or_to_a_folder_is_no_file(kept, key):
    assert ask("GET", address(key=key)).status == 404


def broken_seals():
    good = address().split("/")[2]
    content, _, signature = good.partition(":")
    return {
        "nothing": "",
        "noise": "x" * 50,
        "changed content": f"{content[:-1]}A:{signature}",
        "changed signature": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "no signature": content,
        "more behind": good + "x",
        "of an upload": address(purpose="upload").split("/")[2],
        "of an archive": address(purpose="archive").split("/")[2],
        "over": Signer(salt="signoff.file").sign_object([int(time.time()) - 1, KEY, "video/mp4", "spot.mp4", False]),
        "not ours at all": "\u2603\x00",
    }


@pytest.mark.parametrize("kind", broken_seals())
def test_a_seal_that_is_not_right_opens_nothing(kept, kind):
    answer = ask("GET", f"/media/{quote(broken_seals()[kind])}/spot.mp4")

    assert (answer.status, answer.body.decode()) == (403, door.OVER)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_only_reading_is_allowed(kept, method):
    answer = ask(method, address())

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_the_address_lasts_as_long_as_its_seal(kept):
    there = address(seconds=2)
    assert ask("HEAD", there).status == 200
    time.sleep(3.1)
    assert ask("HEAD", there).status == 403


@pytest.mark.parametrize("stays", ["/studio", ""])
def test_files_are_there_below_a_base_path(kept, monkeypatch, stays):
    monkeypatch.setattr(asgi, "BASE_PATH", "/studio")

    assert ask("HEAD", stays + address()).status == 200


def test_the_server_in_front_may_send_the_file(kept, settings):
    settings.SENDFILE = ("x-accel-redirect", "/internal/")
    accel = ask("GET", address(), {"Range": "bytes=1-2"})
    settings.SENDFILE = ("x-sendfile", "")
    sendfile = ask("GET", address())

    assert (accel.status, accel.body, accel.headers["x-accel-redirect"]) == (200, b"", f"/internal/{KEY}")
    assert (sendfile.status, sendfile.body, sendfile.headers["x-sendfile"]) == (200, b"", str(kept))
    assert "content-length" not in accel.headers


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", ("", "")),
        ("accel:/internal", ("x-accel-redirect", "/internal/")),
        ("accel:/internal/", ("x-accel-redirect", "/internal/")),
        ("sendfile", ("x-sendfile", "")),
    ],
)
def test_who_sends_is_a_setting(monkeypatch, said, found):
    monkeypatch.setenv("SIGNOFF_SENDFILE", said)

    assert sendfile_from_env() == found


@pytest.mark.parametrize("said", ["accel", "accel:", "accel:internal", "sendfile:/x", "yes"])
def test_a_wrong_setting_stops_the_start(monkeypatch, said):
    monkeypatch.setenv("SIGNOFF_SENDFILE", said)

    with pytest.raises(Exception, match=r"SIGNOFF_SENDFILE must be accel:/a-location/ or sendfile\."):
        sendfile_from_env()


def test_a_file_that_shrinks_on_the_way_breaks_the_answer_off(kept, caplog):
    answer = ask("GET", address(), at_start=lambda _: os.truncate(kept, 300_000))

    assert answer.body == DATA[:300_000]
    assert answer.sent[-1]["more_body"] is True
    assert "An answer broke off" in caplog.text


def test_a_reader_that_leaves_frees_the_file_at_once(kept):
    answer = ask("GET", address(), leaves=True)

    assert len(answer.body) < len(DATA)
    assert [link for link in open_files() if link == str(kept)] == []


def open_files(pid="self"):
    found = []
    for one in os.listdir(f"/proc/{pid}/fd"):
        try:
            found.append(os.readlink(f"/proc/{pid}/fd/{one}"))
        except OSError:
            continue
    return found


@pytest.mark.django_db(transaction=True)
def test_the_addresses_of_a_round_work(cast: Cast, key_visual, run_jobs):
    content = picture(640, 480)
    add_round(cast.actor("art"), key_visual, content)
    run_jobs()
    file, thumbnail = MediaFile.objects.get(), Rendition.objects.get(kind="thumbnail")

    original, inline, small = (
        ask("GET", one) for one in (address_of(file), inline_address_of(file), rendition_address(thumbnail))
    )
    assert (original.status, original.body == content) == (200, True)
    assert original.headers["content-disposition"] == 'attachment; filename="hero.png"'
    assert inline.headers["content-disposition"] == 'inline; filename="hero.png"'
    assert (small.status, small.headers["content-type"], len(small.body)) == (200, "image/webp", thumbnail.size)


def who_has_open(path):
    return [pid for pid in os.listdir("/proc") if pid.isdigit() and str(path) in open_files(pid)]


@pytest.mark.django_db(transaction=True)
def test_the_real_server_sends_files_and_forgets_readers_that_leave(site, site_media, settings):
    settings.SECRET_KEY = SECRET
    path = site_media / "originals" / "real"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(DATA * 40)
    there = address(key="originals/real")

    with urllib.request.urlopen(site + there) as whole:
        assert (whole.status, whole.read() == DATA * 40) == (200, True)
    part = urllib.request.Request(site + there, headers={"Range": "bytes=1000001-30000000"})
    with urllib.request.urlopen(part) as answer:
        assert (answer.status, answer.read() == (DATA * 40)[1000001:30000001]) == (206, True)
    host, port = site.removeprefix("http://").split(":")
    asking = f"GET {there} HTTP/1.1\r\nHost: {host}\r\nRange: bytes=0-\r\n\r\n".encode()
    with socket.create_connection((host, int(port))) as reader:
        reader.sendall(asking)
        assert reader.recv(20).startswith(b"HTTP/1.1 206")
        assert len(who_has_open(path)) == 1
    wait_for(lambda: not who_has_open(path))


def wait_for(is_so, seconds=5.0):
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)
