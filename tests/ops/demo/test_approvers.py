"""The demo's approvers: named, and one of them has decided, whatever notes are open."""

import pytest

from signoff.ops.demo.approvers import decide_one, name_approvers
from signoff.reviews.models import Decision, Panel
from tests import factories
from tests.reviews.conftest import formal, named, round_one

__all__ = ["formal", "named", "round_one"]


@pytest.fixture
def panelled(cast, first_light, formal, named):
    """As in the demo: the client's people are named."""
    users = {"sofie": cast.mia, "clara": cast.rev, "daniel": cast.pat}
    name_approvers({"20418": first_light}, users)
    return formal


def test_the_formal_stages_of_a_client_get_its_approvers(panelled):
    panel = Panel.objects.get(stage=panelled)
    assert [(one.name, one.approvers.count()) for one in panel.groups.all()] == [("Brand", 2), ("Legal", 1)]


@pytest.mark.parametrize(("is_open", "choice"), [(False, "approve"), (True, "approve_with_changes")])
def test_one_of_them_has_decided(cast, panelled, round_one, is_open, choice):
    if is_open:
        factories.note(factories.comment(round_one, cast.rev), is_must_fix=True)
    decide_one(panelled.deliverable_id)
    decide_one(panelled.deliverable_id)
    assert list(Decision.objects.values_list("choice", "result")) == [(choice, "")]


def test_what_is_not_shown_is_not_decided(panelled, key_visual):
    key_visual.refresh_from_db()
    factories.revision(key_visual)
    decide_one(key_visual.pk)
    assert not Decision.objects.exists()
