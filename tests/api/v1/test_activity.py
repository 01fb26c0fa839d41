def test_what_happened_is_read_newest_first_page_by_page(caller, first_light, key_visual):
    pat, path = caller("pat"), f"/projects/{first_light.pk}/activity"
    for kind in ("Film", "Poster", "Banner"):
        pat.patch(f"/deliverables/{key_visual.pk}", {"kind": kind})
    status, page = pat.get(f"{path}?limit=2")

    assert status == 200
    assert [line["text"] for line in page["results"]] == [
        "changed the type from Poster to Banner",
        "changed the type from Film to Poster",
    ]
    _, rest = pat.get(f"{path}?limit=2&cursor={page['next']}")
    assert ([line["text"] for line in rest["results"]], rest["next"]) == (["set the type to Film"], None)
    assert len(pat.get(f"{path}?deliverable={key_visual.pk}")[1]["results"]) == 3


def test_clients_read_progress_but_no_planning(caller, first_light, key_visual):
    pat, path = caller("pat"), f"/projects/{first_light.pk}/activity"
    pat.patch(f"/deliverables/{key_visual.pk}", {"due_on": "2026-04-01"})
    pat.patch(f"/stages/{key_visual.stages.get(position=2).pk}", {"status": "in_review"})

    assert [line["verb"] for line in caller("mia").get(path)[1]["results"]] == ["stage.submitted"]
    assert [caller(name).get(path)[0] for name in ("nils", "stranger")] == [404, 404]


def test_another_organisations_act_is_not_undone(caller, key_visual):
    act = caller("pat").patch(f"/deliverables/{key_visual.pk}", {"kind": "Film"})[1]["act"]

    status, problem = caller("stranger").post("/undo", {"act": act})
    assert (status, problem["code"]) == (409, "nothing_to_undo")
