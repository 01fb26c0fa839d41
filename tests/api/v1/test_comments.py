"""Comments over the API: said, drawn, read."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signoff.feedback.models import Comment
from signoff.revisions.actions import release_round
from tests.files import add_round, picture

MARK = {
    "id": "00000000-0000-7000-8000-0000000000a1",
    "kind": "arrow",
    "geometry": {"points": [[0.1, 0.2], [0.5, 0.6]]},
    "style": {"colour": "yellow", "width": 2},
    "frame": None,
    "z": 0,
}


@pytest.fixture
def first(cast, key_visual):
    return add_round(cast.actor("art"), key_visual, note="The sun is lower")


def test_a_comment_with_a_mark_is_read_back(caller, cast, first):
    file = str(first.files.get().pk)
    region = {"x": 0.1, "y": 0.2, "w": 0.4, "h": 0.4}
    said = {"text": "The sun is too low", "file": file, "region": region, "marks": [MARK], "is_must_fix": True}
    status, made = caller("rev").post(f"/rounds/{first.pk}/comments", said)

    assert status == 201
    assert caller("rev").get(f"/rounds/{first.pk}/comments") == (200, {"comments": [made]})
    assert made == {
        "id": made["id"],
        "parent": None,
        "author": {"id": str(cast.rev.pk), "name": "Rev Reviewer", "initials": "RR", "hue": cast.rev.hue},
        "text": "The sun is too low",
        "audience": "internal",
        "client_text": "",
        "at": made["at"],
        "edited_at": None,
        "is_removed": False,
        "is_after_lock": False,
        "version": 1,
        "file": file,
        "frame_in": None,
        "frame_out": None,
        "ms_in": None,
        "ms_out": None,
        "page": None,
        "region": region,
        "quote": None,
        "marks": [MARK],
        "attachments": [],
        "note": {
            "id": made["note"]["id"],
            "number": 1,
            "client_number": None,
            "round": 1,
            "kind": "action",
            "is_must_fix": True,
            "state": "open",
            "state_by": "Rev Reviewer",
            "reason": "",
            "version": 1,
            "is_approximate": False,
            "may": ["address", "verify", "refuse", "change"],
        },
        "may": ["change", "remove", "reply"],
        "sent_as": None,
    }


@pytest.fixture
def path(cast, first):
    release_round(actor=cast.actor("pat"), revision=first)
    return f"/rounds/{first.pk}/comments"


def said(one, path, text="Too low", **more):
    status, made = one.post(path, {"text": text, **more})
    assert status == 201, made
    return made


def texts(one, path):
    return [row["text"] for row in one.get(path)[1]["comments"]]


def refusal(answer):
    status, problem = answer
    return status, problem["code"], problem.get("field")


def test_sent_again_it_is_the_same_one(caller, path):
    body = {"text": "Too low", "sent_as": "00000000-0000-7000-8000-0000000000b1"}
    (first, made), (second, again) = (caller("rev").post(path, body) for _ in range(2))

    assert (first, second, again) == (201, 200, made)
    assert caller("art").get(path)[1]["comments"][0]["sent_as"] is None


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"text": ""}, "empty_comment", "text"),
        ({"text": "x" * 10_001}, "bad_text", "text"),
        ({"text": "x" * 100_000}, "bad_text", "text"),
        ({"text": "a\x00"}, "invalid", "text"),
        ({"text": "a", "kind": "task"}, "invalid", "kind"),
        ({"text": "a", "audience": "everybody"}, "invalid", "audience"),
        ({"text": "a", "file": "00000000-0000-7000-8000-000000000000"}, "bad_place", "file"),
        ({"text": "a", "frame_in": 1}, "bad_place", "file"),
        ({"text": "a", "frame_in": -1}, "invalid", "frame_in"),
        ({"text": "a", "region": {"x": 5, "y": 0}}, "invalid", "region.x"),
        ({"text": "a", "marks": [MARK]}, "bad_mark", "file"),
        ({"text": "a", "marks": [{**MARK, "kind": "stamp"}]}, "invalid", "marks.0.kind"),
        (
            {"text": "a", "marks": [{**MARK, "id": f"00000000-0000-7000-8000-{n:012x}"} for n in range(201)]},
            "invalid",
            "marks",
        ),
        ({"text": "a", "parent": "00000000-0000-7000-8000-000000000000"}, "unknown_parent", "parent"),
        ({"text": "a", "mentions": ["00000000-0000-7000-8000-000000000000"]}, "unknown_reference", "mentions"),
        ({"text": "a", "colour": "red"}, "invalid", "colour"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(caller, path, body, code, field):
    assert refusal(caller("rev").post(path, body)) == (422, code, field)
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(caller, path, number):
    body = f'{{"text": "a", "region": {{"x": {number}, "y": 0}}}}'
    answer = caller("rev").client.post(f"/api/v1{path}", body, content_type="application/json")
    assert answer.status_code in (400, 422)


def test_a_million_points_are_refused(caller, path, first):
    file = str(first.files.get().pk)
    mark = {**MARK, "kind": "pen", "geometry": {"points": [[0.5, 0.5]] * 1_000_000}}
    assert refusal(caller("rev").post(path, {"file": file, "marks": [mark]})) == (
        422,
        "invalid",
        "marks.0.geometry.points",
    )


def test_clients_read_their_own_words_and_nothing_internal(caller, path):
    internal = said(caller("rev"), path, "Mia will hate the blue")
    said(caller("art"), path, "She will", parent=internal["id"])
    question = said(caller("mia"), path, "Is it warmer?", audience="internal")
    said(caller("rev"), path, "No", parent=question["id"])
    said(caller("pat"), path, "Next round", parent=question["id"], audience="client")
    assert texts(caller("mia"), path) == ["Is it warmer?", "Next round"]

    answer = caller("pat").post(f"/comments/{internal['id']}/release", {"client_text": "A warmer blue?"})
    assert (answer[0], answer[1]["client_text"]) == (200, "A warmer blue?")
    shown = caller("mia").get(path)[1]["comments"]
    assert [(one["text"], one["client_text"]) for one in shown] == [
        ("A warmer blue?", ""),
        ("Is it warmer?", ""),
        ("Next round", ""),
    ]
    assert [one["note"]["number"] for one in shown if one["note"]] == [2, 1]
    assert "hate" not in str(shown)


@pytest.mark.parametrize("who", ["stranger", "nils"])
def test_others_find_nothing(caller, path, who):
    made = said(caller("rev"), path, audience="client")
    one = caller(who)
    doors = [
        one.get(path),
        one.post(path, {"text": "a"}),
        one.get(f"/comments/{made['id']}"),
        one.patch(f"/comments/{made['id']}", {"text": "b"}),
        one.delete(f"/comments/{made['id']}"),
        one.post(f"/comments/{made['id']}/release", {}),
        one.get(f"/feedback/{made['note']['id']}"),
        one.patch(f"/feedback/{made['note']['id']}", {"state": "verified"}),
        one.get(path.replace("comments", "feedback")),
        one.get(path.replace("comments", "draft")),
    ]
    assert [refusal(one)[:2] for one in doors] == [(404, "not_found")] * len(doors)


def test_an_internal_comment_is_not_there_for_clients(caller, path):
    made = said(caller("rev"), path)
    one = caller("mia")
    doors = [
        one.get(f"/comments/{made['id']}"),
        one.patch(f"/comments/{made['id']}", {"text": "b"}),
        one.delete(f"/comments/{made['id']}"),
        one.get(f"/feedback/{made['note']['id']}"),
        one.patch(f"/feedback/{made['note']['id']}", {"state": "verified"}),
    ]
    assert [refusal(one)[:2] for one in doors] == [(404, "not_found")] * len(doors)
    assert refusal(one.post(path, {"text": "a", "parent": made["id"]})) == (422, "unknown_parent", "parent")


def test_said_anew_and_too_late(caller, path):
    made = said(caller("rev"), path)
    status, changed = caller("rev").patch(f"/comments/{made['id']}", {"text": "Lower", "version": 1})
    assert (status, changed["text"], changed["version"]) == (200, "Lower", 2)
    status, problem = caller("rev").patch(f"/comments/{made['id']}", {"text": "Higher", "version": 1})
    assert (status, problem["code"], problem["current"]) == (409, "changed_meanwhile", {"version": 2, "text": "Lower"})


def test_taken_back(caller, path):
    made = said(caller("rev"), path)
    assert caller("rev").delete(f"/comments/{made['id']}") == (204, None)
    assert texts(caller("rev"), path) == []


def test_a_note_moves(caller, path):
    note = said(caller("rev"), path)["note"]
    address = f"/feedback/{note['id']}"
    status, moved = caller("art").patch(address, {"state": "addressed", "version": 1})
    assert (status, moved["state"], moved["may"]) == (200, "addressed", ["reopen"])
    status, problem = caller("pat").patch(address, {"state": "open"})
    assert (status, problem["code"], problem["legal"]) == (
        409,
        "not_a_legal_move",
        ["verified", "reopened", "wont_fix", "superseded"],
    )
    assert refusal(caller("pat").patch(address, {"state": "wont_fix"})) == (422, "reason_needed", "reason")
    caller("rev").patch(address, {"state": "verified"})
    assert caller("art").get(path.replace("comments", "feedback"))[1]["progress"] == {"verified": 1, "of": 1}


def test_a_file_with_a_comment(caller, path):
    made = said(caller("pat"), path, audience="client")
    upload = SimpleUploadedFile("../../ref.png", picture())
    answer = caller("pat").client.post(f"/api/v1/comments/{made['id']}/attachments", {"file": upload})
    attached = answer.json()
    assert (answer.status_code, attached["name"], attached["size"]) == (201, "ref.png", len(picture()))
    [row] = caller("mia").get(path)[1]["comments"]
    assert row["attachments"] == [attached]
    fetched = {who: caller(who).client.get(attached["address"]) for who in ("mia", "art", "nils", "stranger")}
    statuses = {who: one.status_code for who, one in fetched.items()}
    assert statuses == {"mia": 302, "art": 302, "nils": 404, "stranger": 404}
    assert fetched["mia"]["Location"].endswith("/ref.png")


def test_a_draft_is_kept_until_it_is_sent(caller, path):
    draft = path.replace("comments", "draft")
    sent_as = "00000000-0000-7000-8000-0000000000b1"
    assert caller("rev").get(draft) == (200, {"content": None, "updated_at": None})
    content = {"sent_as": sent_as, "text": "Too l"}
    kept = caller("rev").call("put", draft, {"content": content})
    assert (kept.status_code, caller("rev").get(draft)[1]["content"]) == (200, content)
    assert caller("art").get(draft)[1]["content"] is None
    said(caller("rev"), path, sent_as=sent_as)
    assert caller("rev").get(draft)[1]["content"] is None
    assert caller("rev").delete(draft) == (204, None)


@pytest.mark.parametrize("deep", [200, 400, 700, 3_000])
def test_a_draft_of_deep_brackets_is_kept_or_refused(caller, path, deep):
    rev, address = caller("rev"), f"/api/v1{path.replace('comments', 'draft')}"
    body = '{"content": {"a": ' + "[" * deep + "]" * deep + "}}"
    assert rev.client.put(address, body, content_type="application/json").status_code in (200, 400, 422)
    assert rev.client.get(address).status_code == 200


@pytest.mark.parametrize("who", ["rev", "mia"])
def test_more_comments_are_not_more_statements(caller, path, first, who):
    file = str(first.files.get().pk)

    def say(number: int) -> None:
        mark = {**MARK, "id": f"00000000-0000-7000-8000-{number:012x}"}
        head = said(caller("pat"), path, audience="client", file=file, marks=[mark])
        said(caller("art"), path, parent=head["id"], audience="client")

    def count(address: str) -> Any:
        with CaptureQueriesContext(connection) as captured:
            assert caller(who).get(address)[0] == 200
        return len(captured)

    addresses = [path, path.replace("comments", "feedback")]
    say(1)
    with_one = [count(one) for one in addresses]
    for number in range(2, 6):
        say(number)
    assert [count(one) for one in addresses] == with_one
