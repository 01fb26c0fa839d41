"""What only a bucket does, against a real S3 server: signed addresses and uploads in parts."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest
import time_machine
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from signoff.core.disposition import disposition
from signoff.integrations.storage.port import NotStored, StorageUnavailable
from signoff.integrations.storage.s3 import MIB
from signoff.integrations.storage.s3_client import SteadyQueryAuth
from tests.integrations.storage.conftest import A_PAGE, BUCKET, KEYS

KEY = "files/0198/round-1.original.mp4"
SHOWN = {"media_type": "video/mp4", "disposition": "inline", "seconds": 600}


def fetch(address: str, headers: Mapping[str, str] = {}, method: str = "GET", data: bytes | None = None):
    """As a browser does, without any key."""
    sent = {"Content-Type": "application/octet-stream"} if data is not None else {}
    with urlopen(Request(address, data=data, headers={**sent, **headers}, method=method), timeout=10) as answer:
        return answer.status, answer.headers, answer.read()


@pytest.fixture
def put(s3, tmp_path):
    def put(key: str, content: bytes, media_type: str = "video/mp4") -> None:
        (tmp_path / "source").write_bytes(content)
        s3.put(key, tmp_path / "source", media_type)

    return put


@pytest.fixture
def send_parts(s3):
    """A function that opens an upload and sends the parts as a browser does; its id."""

    def send(contents: Mapping[int, bytes]) -> str:
        parts_id = s3.begin_parts(KEY, "video/mp4")
        for number, address in s3.part_addresses(KEY, parts_id, list(contents), 600).items():
            fetch(address, method="PUT", data=contents[number])
        return parts_id

    return send


# --- signed addresses ----------------------------------------------------------------------------


def test_an_address_gives_the_file_with_the_type_and_disposition_asked_for(s3, put):
    put(KEY, b"film", media_type="application/octet-stream")
    given = disposition('Kino "最終"\r\n.mp4', is_attachment=True)
    status, headers, content = fetch(s3.address(KEY, media_type="video/mp4", disposition=given, seconds=60))
    assert (status, content) == (200, b"film")
    assert (headers["Content-Type"], headers["Content-Disposition"]) == ("video/mp4", given)


def test_an_address_lets_browsers_keep_the_file_as_long_as_it_stays_the_same(s3, put):
    put(KEY, b"film")
    assert fetch(s3.address(KEY, **SHOWN))[1]["Cache-Control"] == "private, max-age=300"


@pytest.mark.parametrize(
    ("asked", "said", "piece"),
    [("bytes=2-4", "bytes 2-4/10", b"234"), ("bytes=7-", "bytes 7-9/10", b"789"), ("bytes=-2", "bytes 8-9/10", b"89")],
)
def test_an_address_answers_ranges(s3, put, asked, said, piece):
    put(KEY, b"0123456789")
    status, headers, content = fetch(s3.address(KEY, **SHOWN), {"Range": asked})
    assert (status, headers["Content-Range"], content) == (206, said, piece)


def test_an_address_stays_the_same_for_half_of_its_life(s3):
    with time_machine.travel(datetime(2026, 3, 1, 12, 0, tzinfo=UTC), tick=False) as now:
        first = s3.address(KEY, **SHOWN)
        now.shift(299)
        assert s3.address(KEY, **SHOWN) == first
        now.shift(1)
        assert s3.address(KEY, **SHOWN) != first


def test_an_address_is_the_same_in_another_process_and_differs_with_what_is_asked(s3, make_s3):
    other = make_s3(prefix="below/this")
    with time_machine.travel(datetime(2026, 3, 1, 12, 4, tzinfo=UTC), tick=False):
        assert other.address(KEY, **SHOWN) == s3.address(KEY, **SHOWN)
        assert len({s3.address(KEY, **SHOWN | {"disposition": said}) for said in ("inline", "attachment")}) == 2


@pytest.mark.parametrize("late", [0, 1, 150, 299])
def test_an_address_still_lives_for_half_of_the_time_asked_for_and_never_for_more(s3, late):
    now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC) + timedelta(seconds=late)
    with time_machine.travel(now, tick=False):
        said = parse_qs(urlsplit(s3.address(KEY, **SHOWN)).query)
    signed = datetime.strptime(said["X-Amz-Date"][0], "%Y%m%dT%H%M%S%z")
    left = signed + timedelta(seconds=int(said["X-Amz-Expires"][0])) - now
    assert left == timedelta(seconds=600 - late)


def test_an_address_of_one_second_is_signed_now(s3):
    with time_machine.travel(datetime(2026, 3, 1, 12, 0, 7, tzinfo=UTC), tick=False):
        said = parse_qs(urlsplit(s3.address(KEY, **SHOWN | {"seconds": 1})).query)
    assert (said["X-Amz-Date"], said["X-Amz-Expires"]) == (["20260301T120007Z"], ["1"])


def test_browsers_get_the_public_address_below_the_bucket_and_the_prefix(make_s3):
    s3 = make_s3(prefix="/studio/", public_endpoint_url="https://files.example.com")
    there = urlsplit(s3.address(KEY, **SHOWN))
    part = urlsplit(s3.part_addresses(KEY, "upload-1", [1], 600)[1])
    path = f"/{BUCKET}/studio/{KEY}"
    assert (there.scheme, there.netloc, there.path) == ("https", "files.example.com", path)
    assert (part.scheme, part.netloc, part.path) == ("https", "files.example.com", path)


def test_without_an_endpoint_the_address_is_amazons(make_s3):
    there = urlsplit(make_s3(endpoint_url="").address(KEY, **SHOWN))
    assert (there.netloc, there.path) == ("s3.eu-central-1.amazonaws.com", f"/{BUCKET}/{KEY}")


def test_no_address_holds_the_secret(s3):
    addresses = [s3.address(KEY, **SHOWN), s3.part_addresses(KEY, "upload-1", [1], 600)[1]]
    assert [KEYS["secret_key"] in address for address in addresses] == [False, False]


def test_an_address_is_signed_as_amazon_publishes_it():
    """The worked example of its documentation of signatures in the query, which falls on the full half of its life."""
    known = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    request = AWSRequest("GET", "https://examplebucket.s3.amazonaws.com/test.txt")
    with time_machine.travel(datetime(2013, 5, 24, 11, 59, tzinfo=UTC), tick=False):
        SteadyQueryAuth(known, "s3", "us-east-1", expires=86400).add_auth(request)
    said = parse_qs(urlsplit(request.url).query)
    assert said["X-Amz-Date"] == ["20130524T000000Z"]
    assert said["X-Amz-Signature"] == ["aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"]


# --- uploads in parts ------------------------------------------------------------------------------


def test_parts_sent_in_any_order_become_the_file(s3, send_parts):
    first, second, last = b"a" * 5 * MIB, b"b" * 5 * MIB, b"the end"
    parts_id = send_parts({3: last, 1: first, 2: second})
    assert s3.parts_there(KEY, parts_id) == {1: 5 * MIB, 2: 5 * MIB, 3: 7}
    s3.finish_parts(KEY, parts_id)
    assert b"".join(s3.read(KEY)) == first + second + last


def test_a_finished_file_keeps_the_type_it_was_begun_with(s3, send_parts, make_s3):
    s3.finish_parts(KEY, send_parts({1: b"film"}))
    plain = s3._client.head_object(Bucket=BUCKET, Key=f"below/this/{KEY}")
    assert plain["ContentType"] == "video/mp4"


def test_a_part_sent_again_replaces_itself(s3, send_parts):
    parts_id = send_parts({1: b"broken off"})
    fetch(s3.part_addresses(KEY, parts_id, [1], 600)[1], method="PUT", data=b"whole")
    s3.finish_parts(KEY, parts_id)
    assert b"".join(s3.read(KEY)) == b"whole"


def test_nothing_is_there_before_it_is_finished(s3, send_parts):
    send_parts({1: b"film"})
    assert (s3.size(KEY), list(s3.listed(""))) == (None, [])


def test_finishing_twice_is_finishing_once(s3, send_parts):
    parts_id = send_parts({1: b"film"})
    s3.finish_parts(KEY, parts_id)
    s3.finish_parts(KEY, parts_id)
    assert b"".join(s3.read(KEY)) == b"film"


def test_finishing_an_upload_that_is_not_known_is_refused(s3):
    with pytest.raises(NotStored):
        s3.finish_parts(KEY, "no-such-upload")


def test_finishing_without_a_part_is_refused_and_the_upload_goes_on(s3):
    parts_id = s3.begin_parts(KEY, "video/mp4")
    with pytest.raises(NotStored):
        s3.finish_parts(KEY, parts_id)
    assert s3.parts_there(KEY, parts_id) == {}


def test_the_parts_of_an_upload_that_is_not_known_are_refused(s3, send_parts):
    parts_id = send_parts({1: b"film"})
    s3.drop_parts(KEY, parts_id)
    with pytest.raises(NotStored):
        s3.parts_there(KEY, parts_id)


def test_dropping_forgets_the_upload_and_twice_is_once(s3, send_parts):
    parts_id = send_parts({1: b"film"})
    s3.drop_parts(KEY, parts_id)
    s3.drop_parts(KEY, parts_id)
    assert list(s3.listed_parts("")) == []


def test_dropping_a_finished_upload_leaves_the_file(s3, send_parts):
    parts_id = send_parts({1: b"film"})
    s3.finish_parts(KEY, parts_id)
    s3.drop_parts(KEY, parts_id)
    assert s3.size(KEY) == 4


def test_uploads_that_are_not_finished_are_listed_with_their_begin(s3, send_parts):
    s3.finish_parts(KEY, send_parts({1: b"finished"}))
    one, two = s3.begin_parts("files/a", "image/png"), s3.begin_parts("files/b", "image/png")
    s3.begin_parts("elsewhere/c", "image/png")
    found = sorted(s3.listed_parts("files/"))
    assert [(key, parts_id) for key, parts_id, _ in found] == [("files/a", one), ("files/b", two)]
    assert [begun.utcoffset() for _, _, begun in found] == [timedelta(0)] * 2  # this server always says the same day


@pytest.mark.parametrize(
    ("size", "part"),
    [
        (0, 16),
        (1, 16),
        (160_000 * MIB, 16),
        (160_000 * MIB + 1, 17),
        (500 * 1024 * MIB, 52),
        (5 * 1024 * 1024 * MIB, 525),
    ],
)
def test_parts_grow_so_that_ten_thousand_are_enough(make_s3, size, part):
    s3 = make_s3(part_size=16 * MIB)
    assert s3.part_size_for(size) == part * MIB
    assert -(-size // s3.part_size_for(size)) <= 10_000


# --- what is put and removed by us ------------------------------------------------------------------


def test_a_big_file_goes_in_parts_and_comes_whole(s3, put, tmp_path):
    content = b"0123456789abcdef" * (11 * MIB // 16)
    put(KEY, content)
    assert s3._client.head_object(Bucket=BUCKET, Key=f"below/this/{KEY}")["ETag"].endswith('-3"')
    assert s3.local(KEY, tmp_path).read_bytes() == content
    assert list(s3.listed_parts("")) == []


def test_two_local_copies_have_names_of_their_own(s3, put, tmp_path):
    put(KEY, b"film")
    assert s3.local(KEY, tmp_path) != s3.local(KEY, tmp_path)


def test_more_than_fits_one_request_is_removed_in_batches(s3, put):
    names = [f"many/{number:04}" for number in range(1_005)]
    for key in (names[0], names[-1], KEY):
        put(key, b"film")
    s3.remove(iter(names))
    assert [stored.key for stored in s3.listed("")] == [KEY]


def test_more_than_fits_one_answer_is_listed_whole(s3, put):
    names = [f"many/{number:04}" for number in range(A_PAGE + 5)]
    for key in names:
        put(key, b"")
    assert [stored.key for stored in s3.listed("many/")] == names


def test_what_lies_outside_the_prefix_is_not_seen(s3, make_s3, tmp_path):
    whole = make_s3()
    (tmp_path / "other").write_bytes(b"not ours")
    whole.put("below/thistle", tmp_path / "other", "text/plain")
    assert (list(s3.listed("")), s3.size("thistle")) == ([], None)
    whole.remove(["below/thistle"])


def test_keys_from_the_environment_are_found_when_none_are_given(make_s3, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDFROMOUTSIDE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret-from-outside")
    s3 = make_s3(access_key="", secret_key="")
    said = parse_qs(urlsplit(s3.address(KEY, **SHOWN)).query)
    assert said["X-Amz-Credential"][0].split("/")[0] == "AKIDFROMOUTSIDE"


def test_without_any_keys_the_refusal_says_whom_to_tell(make_s3, monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(StorageUnavailable, match="tell whoever runs it"):
        make_s3(access_key="", secret_key="").size(KEY)
