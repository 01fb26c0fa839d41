import gzip
import json
from datetime import date

import pytest

from signoff.accounts.models import User
from signoff.deliverables.actions import change_deliverable
from signoff.pipelines.models import StageDefinition
from tests import factories


def test_the_grid_names_columns_once_and_rows_are_lists(caller, cast, first_light, key_visual):
    change_deliverable(
        actor=cast.actor("pat"), deliverable=key_visual, changes={"assignee": cast.art, "due_on": date(2026, 3, 1)}
    )
    status, grid = caller("mia").get(f"/projects/{first_light.pk}/grid")

    assert status == 200
    assert grid["project"] == str(first_light.pk)
    assert [one[1:] for one in grid["stages"]] == [
        ["Design", "none", False],
        ["Internal review", "simple", False],
        ["Client approval", "simple", False],
    ]
    assert [one[1] for one in grid["people"]] == [
        "Ada Admin",
        "Art Maker",
        "Mia Client",
        "Pat Producer",
        "Rev Reviewer",
    ]
    row = dict(zip(grid["columns"], grid["rows"][0], strict=True))
    design = key_visual.stages.get(position=1)
    assert row.pop("stages")[0] == [str(design.pk), 0, 0, 0, None, None, 1]
    assert row == {
        "id": str(key_visual.pk),
        "name": "Key visual",
        "slug": "key-visual",
        "kind": "",
        "specification": "",
        "language": "",
        "market": "",
        "status": "not_started",
        "priority": "normal",
        "due_on": "2026-03-01",
        "round": 0,
        "rounds_included": None,
        "assignee": 1,
        "notes": "",
        "custom": {},
        "version": 2,
        "cover": None,
    }


def test_one_row_has_the_shape_of_the_whole_grid(caller, first_light, key_visual):
    factories.deliverable(first_light, "Banner")
    other = factories.deliverable(factories.project(first_light.organization, "Other"), "Poster")
    pat, path = caller("pat"), f"/projects/{first_light.pk}/grid"
    whole = pat.get(path)[1]

    assert pat.get(f"{path}?deliverable={key_visual.pk}")[1] == {**whole, "rows": whole["rows"][:1]}
    assert pat.get(f"{path}?deliverable={other.pk}")[1]["rows"] == []


@pytest.mark.parametrize("name", ["stranger", "nils"])
def test_a_grid_that_one_may_not_see_is_not_there_even_with_its_tag(caller, first_light, key_visual, name):
    tag = caller("pat").call("get", f"/projects/{first_light.pk}/grid")["ETag"]
    response = caller(name).call("get", f"/projects/{first_light.pk}/grid", **{"If-None-Match": tag})

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_an_unchanged_grid_is_304_and_any_change_shows(caller, cast, first_light, key_visual):
    pat, path = caller("pat"), f"/projects/{first_light.pk}/grid"
    tags = [pat.call("get", path)["ETag"]]
    unchanged = pat.call("get", path, **{"If-None-Match": tags[0]})
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", tags[0])

    def next_tag():
        answer = pat.call("get", path, **{"If-None-Match": tags[-1]})
        assert answer.status_code == 200
        tags.append(answer["ETag"])

    pat.patch(f"/deliverables/{key_visual.pk}", {"kind": "Film"})
    next_tag()
    User.objects.filter(pk=cast.art.pk).update(name="Art Other")
    next_tag()
    caller("pat").patch(f"/projects/{first_light.pk}", {"client_team": str(cast.norra.pk)})
    next_tag()
    assert len(set(tags)) == 4


def test_the_grid_is_packed_only_for_who_asks_and_where_it_pays(caller, first_light, key_visual):
    pat, path = caller("pat"), f"/projects/{first_light.pk}/grid"
    small = pat.call("get", path, **{"Accept-Encoding": "gzip"})
    for number in range(20):
        factories.deliverable(first_light, f"Banner {number}")
    packed = pat.call("get", path, **{"Accept-Encoding": "gzip, br"})
    plain = pat.call("get", path)

    assert ("Content-Encoding" in small, "Content-Encoding" in plain) == (False, False)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(json.loads(plain.content)["rows"]) == 21


def test_a_grid_without_deliverables_is_empty(caller, first_light):
    status, grid = caller("pat").get(f"/projects/{first_light.pk}/grid")

    assert (status, grid["rows"], grid["stages"]) == (200, [], [])


def test_a_stage_definition_of_no_use_here_is_no_column(caller, cast, first_light, key_visual):
    StageDefinition.objects.create(organization=cast.organization, name="Sound")

    assert len(caller("pat").get(f"/projects/{first_light.pk}/grid")[1]["stages"]) == 3
