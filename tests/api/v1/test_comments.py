"""Comments over the API: said, drawn, read."""

import pytest

from tests.files import add_round

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
