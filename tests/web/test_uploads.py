"""The tus door: by the whole application, and by the real server on a wire that breaks."""

import base64
import hashlib
import socket
import subprocess
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils.timezone import now

from signoff.core.seals import seal
from signoff.feedback import actions as feedback
from signoff.revisions import actions
from signoff.revisions.models import Upload
from signoff.revisions.storage import storage
from signoff.revisions.uploads import PURPOSE, address_of_upload, receiving
from tests.browser.real_server import SECRET, site, site_media, site_process
from tests.files import keep_files_in, noise
from tests.web.asgi import ask

__all__ = ["site", "site_media", "site_process"]
pytestmark = pytest.mark.django_db(transaction=True)

DATA = noise(300_000)
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def upload(cast, key_visual):
    """Announced, nothing sent."""
    return actions.begin_upload(actor=cast.actor("art"), deliverable=key_visual, name="hero.png", size=len(DATA))


@pytest.fixture
def there(upload):
    return address_of_upload(upload)


@pytest.fixture
def tiny_disk(media):
    """The storage on a disk of a million bytes. Only root can make one."""
    media.mkdir(parents=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(media)], capture_output=True)
    if made.returncode:
        pytest.skip("only root can mount a tiny disk")
    yield
    subprocess.run(["umount", "-l", str(media)], check=True)


def patch(there, data, offset=0, leaves=False, **more):
    pieces = [data[start : start + 65_536] for start in range(0, len(data), 65_536)] or [b""]
    said = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset), **more}
    return ask("PATCH", there, said, parts=pieces, leaves=leaves)


def offset_of(there):
    return int(ask("HEAD", there, TUS).headers["upload-offset"])


def told(answer):
    return answer.status, answer.headers.get("upload-offset")


def content(upload):
    return b"".join(storage().read(upload.key))


def digest(data, name="sha256"):
    return f"{name} {base64.b64encode(hashlib.new(name, data).digest()).decode()}"


def test_a_file_comes_in_one_stretch_and_is_hashed_on_the_way(upload, there):
    answer = patch(there, DATA)

    assert told(answer) == (204, "300000")
    assert (answer.headers["tus-resumable"], answer.headers["cache-control"]) == ("1.0.0", "no-store")
    assert "upload-expires" in answer.headers
    upload.refresh_from_db()
    assert (upload.is_finished, upload.received, upload.sha256) == (True, 300_000, hashlib.sha256(DATA).hexdigest())
    assert content(upload) == DATA


def test_a_file_comes_in_stretches(upload, there):
    assert [told(patch(there, DATA[at : at + 100_000], at)) for at in (0, 100_000, 200_000)] == [
        (204, "100000"),
        (204, "200000"),
        (204, "300000"),
    ]
    upload.refresh_from_db()
    assert (upload.is_finished, content(upload)) == (True, DATA)


def test_head_says_how_far_it_came(there):
    before = ask("HEAD", there, TUS)
    patch(there, DATA[:7])
    after = ask("HEAD", there, TUS)

    assert (told(before), before.headers["upload-length"], before.body) == ((200, "0"), "300000", b"")
    assert told(after) == (200, "7")


def test_what_came_before_the_sender_left_is_kept(upload, there):
    patch(there, DATA[:150_000], leaves=True)

    assert offset_of(there) == 150_000
    assert told(patch(there, DATA[150_000:], 150_000)) == (204, "300000")
    assert content(upload) == DATA


@pytest.mark.parametrize("offset", [0, 99, 101, 300_000, 300_001, 2**62])
def test_a_part_for_another_place_is_refused_with_the_right_one(upload, there, offset):
    patch(there, DATA[:100])

    assert told(patch(there, DATA[100:], offset)) == (409, "100")
    assert content(upload) == DATA[:100]


@pytest.mark.parametrize("offset", ["", "-1", "1.5", "x", "٣", "9" * 20, "0x1", "1 ", "+1"])
def test_a_place_that_is_no_number_is_malformed(there, offset):
    assert patch(there, DATA, offset).status == 400


def test_a_second_writer_waits(upload, there):
    with receiving(upload, 0) as stretch:
        stretch.write(DATA[:10])
        assert patch(there, DATA, 10).status == 423
        assert offset_of(there) == 10


def test_more_than_was_announced_keeps_nothing_of_the_stretch(upload, there):
    patch(there, DATA[:100])

    assert patch(there, DATA, 100).status == 413
    assert (offset_of(there), content(upload)) == (100, DATA[:100])
    assert patch(there, DATA[100:] + b"1", 100).status == 413
    assert told(patch(there, DATA[100:], 100)) == (204, "300000")
    assert content(upload) == DATA


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_a_stretch_with_the_right_checksum_is_kept(upload, there, name):
    assert told(patch(there, DATA[:9], 0, **{"Upload-Checksum": digest(DATA[:9], name)})) == (204, "9")


def test_a_stretch_with_the_wrong_checksum_is_forgotten(upload, there):
    patch(there, DATA[:100])
    wrong = patch(there, DATA[100:], 100, **{"Upload-Checksum": digest(DATA)})

    assert (wrong.status, offset_of(there)) == (460, 100)
    upload.refresh_from_db()
    assert upload.is_finished is False
    assert told(patch(there, DATA[100:], 100, **{"Upload-Checksum": digest(DATA[100:])})) == (204, "300000")


def test_a_stretch_with_a_checksum_that_broke_off_is_forgotten(there):
    patch(there, DATA[:100], leaves=True, **{"Upload-Checksum": digest(DATA)})

    assert offset_of(there) == 0


@pytest.mark.parametrize("said", ["md5 abc=", "sha256 not-base64!", "sha256", "crc32 AAAA", "SHA-512 AA=="])
def test_a_checksum_that_nobody_can_check_is_malformed(there, said):
    answer = patch(there, DATA, **{"Upload-Checksum": said})

    assert (answer.status, offset_of(there)) == (460 if said == "sha256" else 400, 0)


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "text/plain"])
def test_another_type_of_body_is_refused(there, kind):
    assert (patch(there, DATA, **{"Content-Type": kind}).status, offset_of(there)) == (415, 0)


def test_another_version_of_the_protocol_is_refused(there):
    answers = [ask(method, there, {"Tus-Resumable": "0.2.2"}) for method in ("HEAD", "PATCH", "DELETE")]

    assert [(one.status, one.headers["tus-version"]) for one in answers] == [(412, "1.0.0")] * 3
    assert offset_of(there) == 0


def ways_that_are_over(upload):
    good = address_of_upload(upload)
    content, _, signature = good.removeprefix("/uploads/").partition(":")
    return {
        "changed": f"/uploads/{content[:-1]}A:{signature}",
        "signed otherwise": good[:-3] + "AAA",
        "nothing": "/uploads/",
        "noise": "/uploads/x",
        "of a file": f"/uploads/{seal('file', [str(upload.pk)], 3600)}",
        "of nobody": f"/uploads/{seal(PURPOSE, ['01890000-0000-7000-8000-000000000000'], 3600)}",
        "of no id": f"/uploads/{seal(PURPOSE, ['../../x'], 3600)}",
        "of two": f"/uploads/{seal(PURPOSE, [str(upload.pk), 'x'], 3600)}",
        "longer": good + "/more",
    }


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_an_address_that_is_not_ours_is_gone(upload, there, method):
    said = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}

    found = {name: ask(method, one, said).status for name, one in ways_that_are_over(upload).items()}
    assert found == dict.fromkeys(found, 410)
    assert Upload.objects.count() == 1


def end_of_time(upload):
    Upload.objects.update(expires_at=now() - timedelta(seconds=1))


def end_of_account(upload):
    type(upload.owner).objects.filter(pk=upload.owner_id).update(is_active=False)


@pytest.mark.parametrize("end", [end_of_time, end_of_account])
def test_an_upload_that_is_over_is_gone(upload, there, end):
    end(upload)

    assert [ask("HEAD", there, TUS).status, patch(there, DATA).status] == [410, 410]


def test_an_upload_that_a_round_has_is_gone(cast, upload, there):
    patch(there, DATA)
    feedback.submit_round(actor=cast.actor("art"), deliverable=upload.deliverable, uploads=[upload.pk])

    assert [ask("HEAD", there, TUS).status, patch(there, b"x", 300_000).status] == [410, 410]
    assert content(upload) == DATA


def test_an_upload_is_taken_away_with_its_bytes(upload, there, run_jobs):
    patch(there, DATA)
    assert ask("DELETE", there, TUS).status == 204
    run_jobs()

    assert [ask("DELETE", there, TUS).status, Upload.objects.count(), storage().size(upload.key)] == [410, 0, None]


def test_options_say_what_the_door_can(there):
    answer = ask("OPTIONS", there)

    assert answer.status == 204
    assert {name: value for name, value in answer.headers.items() if name.startswith("tus-")} == {
        "tus-resumable": "1.0.0",
        "tus-version": "1.0.0",
        "tus-extension": "creation,termination,checksum,expiration",
        "tus-checksum-algorithm": "sha256,sha1",
    }


def test_other_methods_are_not_allowed(there):
    answers = [ask(method, there, TUS) for method in ("GET", "POST", "PUT")]

    assert [(one.status, one.headers["allow"]) for one in answers] == [(405, "HEAD, PATCH, DELETE, OPTIONS")] * 3


def test_a_post_may_stand_for_a_patch(there):
    said = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}

    assert told(ask("POST", there, {**said, "X-HTTP-Method-Override": "PATCH"}, parts=[DATA])) == (204, "300000")


def test_an_empty_part_changes_nothing(upload, there):
    assert told(patch(there, b"")) == (204, "0")
    patch(there, DATA)
    assert told(patch(there, b"", 300_000)) == (204, "300000")
    upload.refresh_from_db()
    assert (upload.sha256, content(upload)) == (hashlib.sha256(DATA).hexdigest(), DATA)


def test_a_storage_that_cannot_be_written_is_not_there(media, there):
    media.rmdir()
    media.write_bytes(b"a file where the directory should be")

    answer = patch(there, DATA)
    assert (answer.status, answer.body) == (
        503,
        b"The file storage does not answer. Nothing was lost; try again in a moment.",
    )


def test_a_storage_that_is_full_keeps_what_fitted(cast, key_visual, media, tiny_disk, settings):
    settings.STORAGE_RESERVE_BYTES = 0
    size = 900_000
    upload = actions.begin_upload(actor=cast.actor("art"), deliverable=key_visual, name="hero.png", size=size)
    (media / "other").write_bytes(b"x" * 600_000)
    there, data = address_of_upload(upload), noise(size)

    answer = patch(there, data)
    assert (answer.status, answer.headers["content-type"]) == (507, "text/plain; charset=utf-8")
    kept = offset_of(there)
    assert 0 < kept < size
    (media / "other").unlink()
    assert told(patch(there, data[kept:], kept)) == (204, str(size))
    assert content(upload) == data


class Wire:
    """A connection to the real server, on which bytes are counted one by one."""

    def __init__(self, site):
        host, port = site.removeprefix("http://").split(":")
        self.host, self.socket = host, socket.create_connection((host, int(port)), timeout=20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def begin(self, there, offset, length):
        lines = [
            f"PATCH {there} HTTP/1.1",
            f"Host: {self.host}",
            "Tus-Resumable: 1.0.0",
            "Content-Type: application/offset+octet-stream",
            f"Upload-Offset: {offset}",
            f"Content-Length: {length}",
        ]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())

    def send(self, data):
        self.socket.sendall(data)

    def answer(self):
        """Status and Upload-Offset."""
        head = b""
        while b"\r\n\r\n" not in head:
            more = self.socket.recv(4096)
            assert more, head
            head += more
        first, *lines = head.decode().split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return int(first.split()[1]), headers.get("upload-offset")


@pytest.fixture
def real(site, site_media, settings, upload):
    """The upload's address at the real server; this process keeps files where the server does."""
    settings.SECRET_KEY = SECRET
    keep_files_in(settings, site_media)
    return address_of_upload(upload)


def eventually(look, wanted):
    until = time.monotonic() + 5
    while (found := look()) != wanted and time.monotonic() < until:
        time.sleep(0.05)
    return found


def test_over_a_wire_that_breaks_it_goes_on_where_it_was(site, real, upload):
    with Wire(site) as wire:
        wire.begin(real, 0, len(DATA))
        wire.send(DATA[:123_456])
        time.sleep(0.3)
    assert eventually(lambda: patch(real, b"", 123_456).status, 204) == 204
    with Wire(site) as wire:
        wire.begin(real, 123_456, len(DATA) - 123_456)
        wire.send(DATA[123_456:])
        assert wire.answer() == (204, "300000")
    upload.refresh_from_db()
    assert (upload.is_finished, content(upload)) == (True, DATA)


def test_two_writers_at_once_are_one_and_a_refusal(site, real, upload):
    with Wire(site) as first, Wire(site) as second:
        first.begin(real, 0, len(DATA))
        first.send(DATA[:1000])
        time.sleep(0.3)
        second.begin(real, 0, 10)
        second.send(DATA[:10])
        assert second.answer()[0] == 423
        first.send(DATA[1000:])
        assert first.answer() == (204, "300000")
    assert content(upload) == DATA


@pytest.mark.parametrize(("offset", "found"), [(7, (409, "0")), (0, (413, None))])
def test_a_refusal_arrives_though_much_is_still_to_be_sent(site, real, offset, found):
    """A sender that hears nothing but a broken wire would only try the same again."""
    length = 60_000_000
    with Wire(site) as wire:
        wire.begin(real, offset, length)
        with suppress(OSError):
            wire.send(bytes(length))
        assert wire.answer() == found
    assert offset_of(real) == 0


def test_a_big_file_takes_no_more_memory_than_a_small_one(site, site_media, settings, cast, key_visual):
    settings.SECRET_KEY = SECRET
    keep_files_in(settings, site_media)
    size, piece = 400_000_000, bytes(1_000_000)
    upload = actions.begin_upload(actor=cast.actor("art"), deliverable=key_visual, name="plate.raw", size=size)
    before = memory_of(site)
    with Wire(site) as wire:
        wire.begin(address_of_upload(upload), 0, size)
        for _ in range(size // len(piece)):
            wire.send(piece)
        assert wire.answer() == (204, str(size))

    assert memory_of(site) - before < 60
    assert storage().size(upload.key) == size
    storage().remove([upload.key])


def memory_of(site):
    """MiB of the server's processes at their peaks."""
    found = subprocess.run(["pgrep", "-f", "signoff.ops.command web"], capture_output=True, text=True).stdout.split()
    peaks = 0
    for pid in found:
        with open(f"/proc/{pid}/status") as status:
            peaks += sum(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return peaks / 1024
