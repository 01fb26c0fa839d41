import pytest


@pytest.fixture
def told(caller, cast, key_visual):
    """art is assigned twice."""
    for position in (1, 2):
        stage = key_visual.stages.get(position=position)
        caller("pat").patch(f"/stages/{stage.pk}", {"assignee": str(cast.art.pk)})


def test_the_inbox_is_ones_own_newest_first(caller, told):
    status, inbox = caller("art").get("/notifications?limit=1")

    assert (status, inbox["unread"], len(inbox["results"])) == (200, 2, 1)
    assert (inbox["results"][0]["reason"], inbox["results"][0]["who"]) == ("assigned", "Pat Producer")
    older = caller("art").get(f"/notifications?limit=1&cursor={inbox['next']}")[1]
    assert (older["next"], older["results"][0]["id"] < inbox["results"][0]["id"]) == (None, True)
    assert caller("pat").get("/notifications")[1] == {"results": [], "next": None, "unread": 0}


def test_read_and_unread(caller, told):
    art = caller("art")
    first = art.get("/notifications")[1]["results"][0]["id"]

    assert art.post("/notifications", {"ids": [first]}) == (200, {"unread": 1})
    assert [one["id"] for one in art.get("/notifications?unread=true")[1]["results"]] != [first]
    assert art.post("/notifications", {}) == (200, {"unread": 0})
    assert art.post("/notifications", {"is_read": False, "ids": [first]}) == (200, {"unread": 1})


def test_nobody_reads_for_others(caller, told):
    ids = [one["id"] for one in caller("art").get("/notifications")[1]["results"]]
    caller("pat").post("/notifications", {"ids": ids})
    caller("stranger").post("/notifications", {"ids": ids})

    assert caller("art").get("/notifications")[1]["unread"] == 2
