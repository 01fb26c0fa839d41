"""The doors as they are written: they look through visible_to, and there is one table of roles."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "signoff"
DOORS = sorted(path for door in ("api", "web") for path in (HOUSE / door).rglob("*.py"))
# Not what somebody looks at, but who looks, or what a form is filled with after it was looked up: module -> models.
FREE = {
    "api/v1/me.py": {"User"},
    "web/project_list.py": {"User"},
    "web/project_settings.py": {"User"},
    "web/settings/people.py": {"ClientTeam"},
    "web/settings/stages.py": {"StageTemplate"},
}


def queries(tree):
    """(model, the method called on its manager) for every `Model.objects.method`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "objects":
            yield ast.unparse(node.value.value), node.attr


@pytest.mark.parametrize("path", DOORS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_door_looks_through_visible_to(path):
    free = FREE.get(str(path.relative_to(HOUSE)), set())
    found = {(model, method) for model, method in queries(ast.parse(path.read_text()))}

    assert {pair for pair in found if pair[1] not in ("visible_to", "none") and pair[0] not in free} == set()


def test_nothing_is_free_that_needs_not_be():
    used = {
        name: {model for model, method in queries(ast.parse((HOUSE / name).read_text())) if method != "visible_to"}
        & models
        for name, models in FREE.items()
    }

    assert used == FREE


def test_there_is_one_table_of_what_roles_may():
    """A table is a mapping from roles to anything with permissions in it."""
    tables = {
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Dict)
        and any(key is not None and ast.unparse(key).startswith("Role.") for key in node.keys)
        and any("Permission" in ast.unparse(value) or ast.unparse(value).startswith("LOOK") for value in node.values)
    }

    assert tables == {"accounts/policy.py"}


def test_views_hold_no_transactions_and_no_saving():
    """What changes something is an action; a door that saves has a rule of its own."""
    saving = {"save", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "select_for_update", "atomic"}
    found = {
        (str(path.relative_to(HOUSE)), node.func.attr)
        for path in DOORS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in saving
    }

    assert found == set()


def test_no_action_is_content_with_the_right_to_look():
    """Who looks as somebody else has that right alone; what asks for more further on begins with require_hands."""
    actions = [path for path in HOUSE.rglob("*.py") if "actions" in path.parts or path.name == "actions.py"]
    found = {
        (str(path.relative_to(HOUSE)), ast.unparse(node))
        for path in actions
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("require", "require_held", "holds")
        if "VIEW" in {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    }

    assert (len(actions) > 10, found) == (True, set())
