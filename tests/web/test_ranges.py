"""Which bytes are wanted, and whether they are known already."""

import pytest

from signoff.web.ranges import Unsatisfiable, http_date, is_known, wanted

TAG, AT = '"a-1"', 1_700_000_000


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("bytes=0-", (0, 100)),
        ("bytes=0-0", (0, 1)),
        ("bytes=10-19", (10, 20)),
        ("Bytes=10-19", (10, 20)),
        ("bytes=99-", (99, 100)),
        ("bytes=90-100000", (90, 100)),
        ("bytes=-1", (99, 100)),
        ("bytes=-100", (0, 100)),
        ("bytes=-5000", (0, 100)),
        (f"bytes=5-{'9' * 5000}", (5, 100)),
        (f"bytes=-{'9' * 5000}", (0, 100)),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("bytes=a-b", None),
        ("bytes=1.5-3", None),
        ("bytes=+1-3", None),
        ("bytes=--3", None),
        ("bytes=٣-٥", None),
        ("lines=1-3", None),
        ("bytes=0-1,5-6", None),
        ("bytes=" + ",".join(f"{n}-{n}" for n in range(10_000)), None),
        ("", None),
    ],
)
def test_one_range_is_read_and_all_else_is_none(said, found):
    assert wanted({"range": said}, 100, TAG, AT) == found


@pytest.mark.parametrize("said", ["bytes=100-", "bytes=100-200", "bytes=-0", f"bytes={'9' * 5000}-"])
def test_a_range_behind_the_end_cannot_be_had(said):
    with pytest.raises(Unsatisfiable):
        wanted({"range": said}, 100, TAG, AT)


@pytest.mark.parametrize("said", ["bytes=0-", "bytes=-5", "bytes=-0"])
def test_an_empty_file_has_no_range(said):
    with pytest.raises(Unsatisfiable):
        wanted({"range": said}, 0, TAG, AT)


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (TAG, (0, 2)),
        (http_date(AT), (0, 2)),
        (f"W/{TAG}", None),
        ('"other"', None),
        (http_date(AT - 1), None),
        (http_date(AT + 1), None),
        ("nonsense", None),
    ],
)
def test_a_condition_gives_the_range_of_the_very_same_content_only(condition, found):
    assert wanted({"range": "bytes=0-1", "if-range": condition}, 100, TAG, AT) == found


@pytest.mark.parametrize(
    ("headers", "known"),
    [
        ({}, False),
        ({"if-none-match": TAG}, True),
        ({"if-none-match": f"W/{TAG}"}, True),
        ({"if-none-match": f'"b", {TAG}'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"b"'}, False),
        ({"if-none-match": ""}, False),
        ({"if-modified-since": http_date(AT)}, True),
        ({"if-modified-since": http_date(AT + 1)}, True),
        ({"if-modified-since": http_date(AT - 1)}, False),
        ({"if-modified-since": "yesterday"}, False),
        ({"if-modified-since": "Mon, 99 Xxx 0000 00:00:00 GMT"}, False),
        ({"if-none-match": '"b"', "if-modified-since": http_date(AT)}, False),
    ],
)
def test_who_has_it_already_is_known_by_tag_before_date(headers, known):
    assert is_known(headers, TAG, AT) is known
