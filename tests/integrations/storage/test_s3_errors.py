"""A bucket that misbehaves: a server of ours answers what real ones answer on bad days."""

import socket
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from signoff.core.errors import Unavailable
from signoff.integrations.storage.port import NotStored, StorageFull, StorageUnavailable
from signoff.integrations.storage.s3 import MIB, S3Storage
from signoff.integrations.storage.s3_errors import NO_ROOM_HERE, REFUSED, translated

BUCKET, SECRET = "the-name-of-the-bucket", "the-secret-of-the-bucket"
KEY = "files/0198/round-1.original.mp4"
AGAIN = StorageUnavailable.message


class Bucket(ThreadingHTTPServer):
    """Answers with `answer(handler)`, which writes to the connection itself; remembers what it was asked."""

    daemon_threads = True
    answer: Callable[[BaseHTTPRequestHandler], None]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.asked: list[str] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some of these tests are about."""


class _Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _take(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(f"{self.command} {self.path.split('?')[-1] if '?' in self.path else ''}".strip())
        self.server.answer(self)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _take

    def log_message(self, *_: object) -> None:
        """Silence."""


def say(status: int, body: str = "", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body.encode())

    return answer


def refuse(status: int, code: str) -> Callable[[BaseHTTPRequestHandler], None]:
    return say(status, f"<Error><Code>{code}</Code><Message>{BUCKET} at 10.0.0.7 says no</Message></Error>")


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def break_off(handler: BaseHTTPRequestHandler) -> None:
    """Half of what was promised."""
    say(200, "half", Content_Length="8")(handler)
    handler.close_connection = True


def in_turn(*answers: Callable[[BaseHTTPRequestHandler], None]) -> Callable[[BaseHTTPRequestHandler], None]:
    left = list(answers)
    return lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


@pytest.fixture(scope="module")
def server() -> Iterator[Bucket]:
    made = Bucket()
    thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture(scope="module")
def s3(server: Bucket) -> S3Storage:
    return _storage(f"http://127.0.0.1:{server.server_port}", read_timeout=5)


@pytest.fixture
def bad(server: Bucket, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """The server. It is asked as often as in operation, but without a wait in between."""
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    server.asked.clear()
    return server


def _storage(endpoint_url: str, **differing: float) -> S3Storage:
    return S3Storage(
        BUCKET, endpoint_url=endpoint_url, region="eu-central-1", access_key="AKID", secret_key=SECRET, **differing
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(b"film")
    return path


def refusal(work: Callable[[], object]) -> tuple[type[Unavailable], str]:
    with pytest.raises(Unavailable) as refused:
        work()
    assert refused.value.detail == {}
    return type(refused.value), refused.value.message


@pytest.mark.parametrize(
    ("answer", "refused", "message", "tries"),
    [
        (refuse(500, "InternalError"), StorageUnavailable, AGAIN, 3),
        (refuse(503, "SlowDown"), StorageUnavailable, AGAIN, 3),
        (say(502, "<html>Bad gateway</html>"), StorageUnavailable, AGAIN, 3),
        (refuse(400, "EntityTooSmall"), StorageUnavailable, AGAIN, 1),
        (refuse(507, "XMinioStorageFull"), StorageFull, StorageFull.message, 1),
        (say(507), StorageFull, StorageFull.message, 1),
        (refuse(403, "QuotaExceeded"), StorageFull, StorageFull.message, 1),
        (refuse(403, "AccessDenied"), StorageUnavailable, REFUSED, 1),
        (refuse(403, "SignatureDoesNotMatch"), StorageUnavailable, REFUSED, 1),
        (refuse(404, "NoSuchBucket"), StorageUnavailable, REFUSED, 1),
        (refuse(400, "ExpiredToken"), StorageUnavailable, REFUSED, 1),
        (hang_up, StorageUnavailable, AGAIN, 3),
    ],
)
def test_a_bad_answer_to_a_file_is_said_in_our_words(bad, s3, source, answer, refused, message, tries):
    bad.answer = answer
    assert refusal(lambda: s3.put(KEY, source, "video/mp4")) == (refused, message)
    assert len(bad.asked) == tries


@pytest.mark.parametrize(
    "work",
    [
        lambda s3, scratch: s3.put(KEY, scratch / "source", "video/mp4"),
        lambda s3, scratch: s3.local(KEY, scratch),
        lambda s3, scratch: s3.read(KEY),
        lambda s3, scratch: s3.size(KEY),
        lambda s3, scratch: s3.remove([KEY]),
        lambda s3, scratch: list(s3.listed("")),
        lambda s3, scratch: s3.begin_parts(KEY, "video/mp4"),
        lambda s3, scratch: s3.parts_there(KEY, "upload-1"),
        lambda s3, scratch: s3.finish_parts(KEY, "upload-1"),
        lambda s3, scratch: s3.drop_parts(KEY, "upload-1"),
        lambda s3, scratch: list(s3.listed_parts("")),
    ],
)
def test_every_method_says_that_it_is_refused_and_leaves_nothing_behind(bad, s3, source, work):
    bad.answer = refuse(403, "AccessDenied")
    assert refusal(lambda: work(s3, source.parent)) == (StorageUnavailable, REFUSED)
    assert list(source.parent.iterdir()) == [source]


def test_a_storage_that_comes_back_at_the_third_try_is_not_noticed(bad, s3):
    bad.answer = in_turn(refuse(503, "SlowDown"), hang_up, say(200, Content_Length="7"))
    assert (s3.size(KEY), len(bad.asked)) == (7, 3)


def test_a_storage_that_is_slow_is_waited_for_three_times_and_no_longer(bad, s3):
    bad.answer = lambda handler: time.sleep(0.5)
    slow = _storage(f"http://127.0.0.1:{bad.server_port}", read_timeout=0.1)
    began = time.monotonic()
    assert refusal(lambda: slow.size(KEY)) == (StorageUnavailable, AGAIN)
    assert (len(bad.asked), time.monotonic() - began < 2) == (3, True)


def test_a_storage_where_nobody_listens_is_unavailable(bad):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = _storage(f"http://127.0.0.1:{free.getsockname()[1]}")
    assert refusal(lambda: nobody.size(KEY)) == (StorageUnavailable, AGAIN)


def test_an_address_that_leads_to_some_web_page_is_unavailable(bad, s3):
    bad.answer = say(200, "<html><p>Welcome to nginx!</html>", Content_Type="text/html")
    assert refusal(lambda: list(s3.listed(""))) == (StorageUnavailable, AGAIN)


def test_a_file_that_breaks_off_while_it_is_read_is_unavailable(bad, s3):
    bad.answer = break_off
    pieces = s3.read(KEY)
    assert refusal(lambda: list(pieces)) == (StorageUnavailable, AGAIN)


def test_a_file_that_breaks_off_on_its_way_to_scratch_leaves_nothing_there(bad, s3, tmp_path):
    bad.answer = lambda handler: (say(200, Content_Length="8") if handler.command == "HEAD" else break_off)(handler)
    assert refusal(lambda: s3.local(KEY, tmp_path)) == (StorageUnavailable, AGAIN)
    assert list(tmp_path.iterdir()) == []


def test_a_scratch_that_is_full_is_said():
    def write_to_a_full_disk() -> None:
        with translated(), open("/dev/full", "wb", buffering=0) as full:
            full.write(b"film")

    assert refusal(write_to_a_full_disk) == (StorageFull, NO_ROOM_HERE)


def test_what_could_not_be_removed_is_said(bad, s3):
    bad.answer = say(200, "<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code></Error></DeleteResult>")
    assert refusal(lambda: s3.remove(["a", "b"])) == (StorageUnavailable, AGAIN)


def test_what_is_gone_already_counts_as_removed(bad, s3):
    bad.answer = say(200, "<DeleteResult><Error><Key>a</Key><Code>NoSuchKey</Code></Error></DeleteResult>")
    s3.remove(["a", "b"])
    assert bad.asked == ["POST delete"]


def test_a_big_file_that_does_not_fit_leaves_no_parts(bad, s3, source):
    begun = say(200, "<InitiateMultipartUploadResult><UploadId>up1</UploadId></InitiateMultipartUploadResult>")
    answers = {
        "POST uploads": begun,
        "PUT uploadId=up1&partNumber=1": say(200, ETag='"1"'),
        "DELETE uploadId=up1": say(204),
    }
    bad.answer = lambda handler: answers.get(bad.asked[-1], refuse(507, "XMinioStorageFull"))(handler)
    with source.open("wb") as growing:
        growing.truncate(17 * MIB)
    assert refusal(lambda: s3.put(KEY, source, "video/mp4")) == (StorageFull, StorageFull.message)
    assert bad.asked[-1] == "DELETE uploadId=up1"


PARTS = """<ListPartsResult><IsTruncated>false</IsTruncated>
<Part><PartNumber>1</PartNumber><ETag>"1"</ETag><Size>4</Size></Part></ListPartsResult>"""


def test_finishing_whose_answer_was_lost_is_finished(bad, s3):
    bad.answer = in_turn(say(200, PARTS), hang_up, refuse(404, "NoSuchUpload"), say(200, Content_Length="4"))
    s3.finish_parts(KEY, "up1")
    assert [asked.split()[0] for asked in bad.asked] == ["GET", "POST", "POST", "HEAD"]


def test_finishing_that_fails_late_in_its_answer_is_unavailable(bad, s3):
    """The status is sent before the parts are joined, so a failure comes with 200."""
    bad.answer = in_turn(say(200, PARTS), say(200, "<Error><Code>InternalError</Code></Error>"))
    assert refusal(lambda: s3.finish_parts(KEY, "up1")) == (StorageUnavailable, AGAIN)


def test_a_missing_file_is_not_stored_whoever_asks(bad, s3, tmp_path):
    bad.answer = refuse(404, "NoSuchKey")
    assert refusal(lambda: s3.read(KEY)) == refusal(lambda: s3.local(KEY, tmp_path)) == (NotStored, NotStored.message)


def test_no_refusal_names_the_secret_the_bucket_or_its_address(bad, s3, source, caplog):
    bad.answer = refuse(403, "AccessDenied")
    with pytest.raises(StorageUnavailable) as refused:
        s3.put(KEY, source, "video/mp4")
    said = f"{refused.value} {refused.value.detail} {[record.getMessage() for record in caplog.records]}"
    assert [word in said for word in (SECRET, BUCKET, "127.0.0.1", "10.0.0.7")] == [False] * 4
    assert [record.getMessage() for record in caplog.records if record.name.startswith("signoff")] == [
        "The file storage answered 403 (AccessDenied) to PutObject"
    ]
