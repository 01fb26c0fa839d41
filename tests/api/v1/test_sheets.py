import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from signoff.deliverables.models import Deliverable
from signoff.projects.models import Project
from signoff.sheets.models import ImportBatch
from tests.sheets.books import jobs, rows_of


@pytest.fixture
def send(caller, campaign):
    """A function: this file, sent by pat (or somebody) to the bulk import."""

    def send(content, query="", who=None, name="jobs.xlsx", **form):
        someone = who or caller("pat")
        data = {"file": SimpleUploadedFile(name, content), **form}
        response = someone.client.post(f"/api/v1/projects/bulk-import{query}", data, headers=someone.headers)
        return response.status_code, response.json()

    return send


DUE = ["Job", "Deliverable", "Due"]


def test_a_preview_is_json_and_writes_nothing(send, key_visual):
    status, body = send(jobs(["20418", "Key visual", date(2027, 1, 2)], ["20418", "", date(2027, 1, 2)], header=DUE))
    assert status == 200
    assert (body["state"], body["rows_left_off"], body["questions"], body["notes"]) == ("preview", 0, [], [])
    assert body["rows"] == [
        {
            "sheet": "Jobs", "row": 3, "kind": "error", "project": "20418 First light", "deliverable": "",
            "values": {"Job number": "20418", "Due": "2027-01-02"}, "changes": {},
            "errors": [{
                "column": "Deliverable", "key": "deliverable", "value": "", "guess": "", "asks": "",
                "reason": "“Due” is said of a deliverable, but the row names none.",
            }],
        },
        {
            "sheet": "Jobs", "row": 2, "kind": "changed", "project": "20418 First light", "deliverable": "Key visual",
            "values": {"Job number": "20418", "Deliverable": "Key visual", "Due": "2027-01-02"},
            "changes": {"Due": [None, "2027-01-02"]}, "errors": [],
        },
    ]  # fmt: skip
    key_visual.refresh_from_db()
    assert key_visual.due_on is None


def test_rows_are_capped_and_the_rest_is_counted(send, first_light):
    content = jobs(*[["20418", f"D{number}"] for number in range(5)], header=["Job", "Deliverable"])
    _, body = send(content, "?rows=2")
    assert ([row["deliverable"] for row in body["rows"]], body["rows_left_off"]) == (["D0", "D1"], 3)


def test_commit_applies_at_once(send, first_light):
    status, body = send(jobs(["20418", "First light", "Film"]), "?commit=true")
    assert (status, body["state"], body["counts"]["created"]) == (200, "applied", 1)
    assert first_light.deliverables.get().stages.count() == 3


def test_commit_with_errors_is_refused_whole_and_kept_as_a_preview(send, caller, first_light):
    content = jobs(["20418", "Film", "huh"], ["20418", "Banner", None], header=DUE)
    status, body = send(content, "?commit=true")
    assert (status, body["code"], [row["row"] for row in body["rows"]]) == (422, "import_has_errors", [2])
    assert Deliverable.objects.count() == 0
    status, body = caller("pat").post(f"/imports/{body['batch']}?skip_errors=true")
    assert (status, body["state"]) == (200, "applied")
    assert list(Deliverable.objects.values_list("name", flat=True)) == ["Banner"]


def test_commit_with_a_question_is_refused_and_answered(send, caller, key_visual):
    content = jobs(["20418", "Key visual", "03/04/2027"], header=DUE)
    status, body = send(content, "?commit=true")
    assert (status, body["code"], body["questions"][0]["kind"]) == (409, "import_needs_answers", "day_first")
    status, body = caller("pat").patch(f"/imports/{body['batch']}", {"day_first": False})
    assert (status, body["state"]) == (200, "preview")
    status, body = send(content, "?commit=true&day_first=true")
    key_visual.refresh_from_db()
    assert (status, key_visual.due_on) == (200, date(2027, 4, 3))


def test_a_mapping_comes_along_as_json(send, key_visual):
    mapping = json.dumps({"headers": {"Wann": "due"}})
    content = jobs(["20418", "Key visual", date(2027, 1, 2)], header=["Job", "Deliverable", "Wann"])
    _, body = send(content, mapping=mapping)
    assert body["rows"][0]["changes"] == {"Due": [None, "2027-01-02"]}


@pytest.mark.parametrize("mapping", ["{", "[]", '{"colour": 1}', '{"headers": 1}', '{"fixes": {"a": 1}}', '"x"'])
def test_a_mapping_of_another_shape_is_refused(send, key_visual, mapping):
    status, body = send(jobs(["20418", "First light", "x"]), mapping=mapping)
    assert (status, body["code"]) == (422, "bad_mapping")
    assert ImportBatch.objects.count() == 0


def test_an_unreadable_file_is_refused_in_words(send):
    status, body = send(b"\x89PNG....", name="jobs.xlsx")
    assert (status, body["code"]) == (422, "unreadable_sheet")
    assert body["detail"] == "This is a PNG picture, not a spreadsheet. Send an .xlsx or .csv file."


def test_imports_are_listed_read_and_undone(send, caller, first_light):
    _, sent = send(jobs(["20418", "First light", "Film"]), "?commit=true")
    pat = caller("pat")
    status, body = pat.get("/imports")
    assert (status, [(one["batch"], one["state"]) for one in body["results"]]) == (200, [(sent["batch"], "applied")])
    assert pat.get(f"/imports/{sent['batch']}?kind=created")[1]["rows"] == sent["rows"]
    status, body = pat.delete(f"/imports/{sent['batch']}")
    assert (status, body["state"], Deliverable.objects.count()) == (200, "undone", 0)


def test_an_import_that_was_not_applied_is_thrown_away(send, caller, first_light):
    _, sent = send(jobs(["20418", "First light", "Film"]))
    assert caller("pat").delete(f"/imports/{sent['batch']}") == (204, None)
    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize(("who", "status"), [("art", 403), ("rev", 403), ("mia", 403)])
def test_who_may_not_import(send, caller, first_light, who, status):
    assert send(jobs(["20418", "First light", "x"]), who=caller(who))[0] == status


def test_imports_of_another_house_are_not_there(send, caller, first_light):
    _, sent = send(jobs(["20418", "First light", "Film"]))
    stranger = caller("stranger")
    for answer in (
        stranger.get(f"/imports/{sent['batch']}"),
        stranger.post(f"/imports/{sent['batch']}"),
        stranger.patch(f"/imports/{sent['batch']}", {}),
        stranger.delete(f"/imports/{sent['batch']}"),
    ):
        assert answer[0] == 404
    assert stranger.get("/imports")[1]["results"] == []
    assert caller("mia").get(f"/imports/{sent['batch']}")[0] == 404


def test_a_key_imports_and_exports_with_its_scopes(send, keyed, key_visual):
    status, _ = send(jobs(["20418", "First light", "Film"]), "?commit=true", who=keyed("import"))
    assert status == 200
    assert keyed("import").call("get", "/export.xlsx").status_code == 403
    response = keyed("export").call("get", "/export.xlsx")
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert [row["Deliverable"] for row in rows_of(response.content)] == ["Key visual", "Film"]


def test_an_export_imports_as_it_is(send, caller, key_visual):
    content = caller("ada").call("get", "/export.xlsx").content
    _, body = send(content, "?commit=true")
    assert body["counts"] == {
        "created": 0, "changed": 0, "unchanged": 1, "error": 0, "cells": 0,
        "projects_created": 0, "deliverables_created": 0, "stages_created": 0,
    }  # fmt: skip
    assert Project.objects.count() == 1
