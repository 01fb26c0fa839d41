from tests import factories


def add(one, **values):
    return one.post("/views", {"name": "Late", "page": "projects", "query": "late=1", **values})


def test_a_view_is_kept_replaced_and_forgotten(caller):
    pat = caller("pat")
    status, view = add(pat)
    assert (status, view["query"], view["is_mine"]) == (201, "late=1", True)

    again = add(pat, query="?late=1&x=2")[1]
    assert (again["id"], again["query"]) == (view["id"], "late=1&x=2")
    assert pat.get("/views") == (200, [again])
    assert (pat.delete(f"/views/{view['id']}"), pat.get("/views")[1]) == ((204, None), [])


def test_others_see_only_shared_ones_and_only_who_may_shares(caller):
    add(caller("pat"), name="Mine")
    shared = add(caller("pat"), name="Ours", is_shared=True)[1]
    art = caller("art")

    assert [(one["name"], one["is_mine"]) for one in art.get("/views")[1]] == [("Ours", False)]
    assert add(art, is_shared=True)[1]["code"] == "not_allowed"
    assert art.delete(f"/views/{shared['id']}")[0] == 403
    assert caller("stranger").get("/views")[1] == []
    assert caller("stranger").delete(f"/views/{shared['id']}")[0] == 404


def test_a_view_of_a_project_that_one_may_not_see_is_refused(caller, first_light):
    assert add(caller("nils"), page="grid", project=str(first_light.pk))[0] == 404
    assert add(caller("mia"), page="grid", project=str(first_light.pk))[0] == 201


def test_a_page_that_is_none_is_refused_at_its_field(caller):
    status, problem = add(caller("pat"), page="nowhere")

    assert (status, problem["field"]) == (422, "page")


def test_a_page_asks_for_its_own_views_and_those_of_its_project(caller, cast, first_light):
    pat, other = caller("pat"), factories.project(cast.organization, "Other")
    add(pat, name="Everywhere", page="grid")
    add(pat, name="Here", page="grid", project=str(first_light.pk))
    add(pat, name="There", page="grid", project=str(other.pk))
    add(pat, name="Jobs")

    shown = pat.get(f"/views?page=grid&project={first_light.pk}")[1]
    assert [view["name"] for view in shown] == ["Everywhere", "Here"]
