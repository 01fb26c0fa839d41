import pytest

from signoff.accounts.models import Role
from signoff.accounts.policy import ALLOWED, SCOPES, Permission, can, require
from signoff.core.actor import Actor, ActorKind
from signoff.core.errors import NotAllowed
from signoff.core.ids import new_id

HERE, ELSEWHERE = new_id(), new_id()


def actor(role, scopes=None):
    return Actor(ActorKind.USER, "x", organization_id=HERE, user_id=new_id(), role=role, scopes=scopes)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_the_table_is_the_law(role, permission):
    assert can(actor(role), permission, HERE) is (permission in ALLOWED[role])


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_may_anything_elsewhere(permission):
    assert not can(actor(Role.ADMIN), permission, ELSEWHERE)
    assert not can(Actor(ActorKind.USER, "nobody"), permission)
    with pytest.raises(NotAllowed):
        require(actor(Role.ADMIN), permission, ELSEWHERE)


def test_the_system_may_everything():
    assert all(can(Actor.system("worker"), permission, HERE) for permission in Permission)


@pytest.mark.parametrize("scope", list(SCOPES))
def test_a_key_may_what_both_its_role_and_its_scopes_allow(scope):
    held = actor(Role.INTEGRATION, frozenset({scope}))
    assert {p for p in Permission if can(held, p)} == SCOPES[scope] & ALLOWED[Role.INTEGRATION]


def test_a_key_without_a_known_scope_may_nothing():
    held = actor(Role.INTEGRATION, frozenset({"everything"}))
    assert {p for p in Permission if can(held, p)} == set()
