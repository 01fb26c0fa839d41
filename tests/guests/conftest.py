"""A link to Key visual, and who comes by it."""

from collections.abc import Callable
from typing import Any

import pytest

from signoff.core.actor import Actor
from signoff.core.origin import Origin
from signoff.deliverables.models import Deliverable
from signoff.guests.actions import LinkDraft, ask_code, make_link, open_link, prove_address
from signoff.guests.models import GuestDevice
from signoff.guests.sight import actor_of_guest
from tests.cast import Cast
from tests.mail_server import MailServer

HERE = Origin("192.0.2.7", "Firefox")
Link = Callable[..., str]


def token_of(address: str) -> str:
    return address.rsplit("/", 1)[1]


def code_in(server: MailServer) -> str:
    return str(server.letters[-1]["Subject"]).split()[0]


@pytest.fixture
def link(cast: Cast, key_visual: Deliverable) -> Link:
    """`link(right="decide", password="…")`: the token of a new link of pat's to Key visual, or to `project`."""

    def make(deliverable: Deliverable | None = None, project: Any = None, **values: Any) -> str:
        row = None if project else deliverable or key_visual
        draft = LinkDraft(**values)
        return token_of(make_link(actor=cast.actor("pat"), draft=draft, deliverable=row, project=project)[1])

    return make


@pytest.fixture
def enters() -> Callable[..., GuestDevice]:
    """`enters(token)`: a browser that came by it; nobody knows whose."""
    return lambda token, password="": open_link(token=token, password=password, origin=HERE)[0]


@pytest.fixture
def known(enters: Callable[..., GuestDevice], mail_server: MailServer) -> Callable[..., GuestDevice]:
    """`known(token)`: a browser in which Zoe has proved her address."""

    def prove(token: str, email: str = "zoe@kolibri.example") -> GuestDevice:
        device = enters(token)
        ask_code(device=device, email=email, name="Zoe Guest", origin=HERE)
        prove_address(device=device, code=code_in(mail_server), origin=HERE)
        return GuestDevice.objects.select_related("guest__user", "link__organization", "link__deliverable").get(
            pk=device.pk
        )

    return prove


@pytest.fixture
def acting() -> Callable[[GuestDevice], Actor]:
    return actor_of_guest
