"""Somebody is invited: the story that most tests of this package begin with."""

from collections.abc import Callable
from typing import Any

import pytest

from signoff.access import actions
from signoff.access.links import link_of
from signoff.access.models import Invitation
from tests.cast import Cast

Invite = Callable[..., Invitation]
NEW = "zoe@kolibri.example"


@pytest.fixture
def invite(cast: Cast) -> Invite:
    """`invite(email=..., role=..., teams=[...])`, by ada; without words a maker."""

    def by_ada(**values: Any) -> Invitation:
        asked = {"email": NEW, "name": "Zoë Holm", "role": "maker"} | values
        return actions.invite(actor=cast.actor("ada"), organization=cast.organization, **asked)

    return by_ada


def token_of(invitation: Invitation) -> str:
    return link_of(invitation).rsplit("/", 1)[1]
