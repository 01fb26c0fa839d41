"""Who comes in, and as what: the table of it."""

import pytest

from signoff.access.admission import Admission, Facts, Standing, Why, admission
from signoff.access.claims import Identity
from signoff.accounts.providers import Provider

KEYRING = Provider("oidc", "Keyring", "https://keyring.example", "id", "secret")
OPEN = {"domains": ("fieldhouse.example",), "joins": True}
RULES = (
    {"group": "gone", "role": "client_viewer", "teams": ["archived"]},
    {"group": "clients", "role": "client_viewer", "teams": ["kolibri", "archived"]},
    {"group": "producers", "role": "producer", "teams": []},
    {"group": "chiefs", "role": "admin", "teams": []},
)
RULED = {"rules": RULES, "teams": frozenset({"kolibri", "norra"})}
MAKER, PRODUCER, REVIEWER = Standing("maker"), Standing("producer"), Standing("reviewer")
KOLIBRI = Standing("client_viewer", frozenset({"kolibri"}))


def nora(*groups: str, told: bool = True, checked: bool = True, email: str = "nora@fieldhouse.example") -> Identity:
    return Identity(KEYRING, "1", email, "Nora", frozenset(groups) if told else None, checked)


@pytest.mark.parametrize(
    ("facts", "identity", "answer"),
    [
        # who is nobody here yet
        (Facts(), nora(), Admission(Why.UNKNOWN)),
        (Facts(**OPEN), nora(), Admission(Why.JOINS, MAKER)),
        (Facts(**OPEN, joins_as="reviewer"), nora(), Admission(Why.JOINS, REVIEWER)),
        (Facts(domains=OPEN["domains"]), nora(), Admission(Why.UNKNOWN)),
        (Facts(joins=True), nora(), Admission(Why.UNKNOWN)),
        (Facts(**OPEN), nora(checked=False), Admission(Why.UNKNOWN)),
        (Facts(**OPEN), nora(email=""), Admission(Why.UNKNOWN)),
        (Facts(**OPEN), nora(email="nora@sub.fieldhouse.example"), Admission(Why.UNKNOWN)),
        (Facts(**OPEN), nora(email="nora@evilfieldhouse.example"), Admission(Why.UNKNOWN)),
        (Facts(invited=REVIEWER), nora(email="nora@x.example"), Admission(Why.INVITED, REVIEWER)),
        (Facts(invited=REVIEWER), nora(checked=False), Admission(Why.UNKNOWN)),
        # a group says more than the domain or the invitation
        (Facts(**OPEN, **RULED), nora("producers"), Admission(Why.JOINS, PRODUCER, True)),
        (Facts(**RULED, invited=REVIEWER), nora("clients"), Admission(Why.INVITED, KOLIBRI, True)),
        (Facts(**OPEN, **RULED), nora("producers", "clients"), Admission(Why.JOINS, KOLIBRI, True)),
        (Facts(**OPEN, **RULED), nora("gone"), Admission(Why.JOINS, MAKER)),
        (Facts(**OPEN, **RULED), nora("Producers"), Admission(Why.JOINS, PRODUCER, True)),
        (Facts(**OPEN, **RULED), nora(told=False), Admission(Why.JOINS, MAKER)),
        (Facts(**RULED), nora("chiefs"), Admission(Why.UNKNOWN)),
        # members
        (Facts(now=REVIEWER), nora("producers"), Admission(Why.STAYS, REVIEWER)),
        (Facts(now=REVIEWER, **RULED), nora(), Admission(Why.STAYS, REVIEWER)),
        (Facts(now=REVIEWER, **RULED), nora("producers"), Admission(Why.FOLLOWS, PRODUCER, True)),
        (Facts(now=PRODUCER, given="producer", **RULED), nora(), Admission(Why.FOLLOWS, MAKER)),
        (Facts(now=REVIEWER, given="producer", **RULED), nora(), Admission(Why.STAYS, REVIEWER)),
        (Facts(now=PRODUCER, given="producer"), nora(), Admission(Why.STAYS, PRODUCER)),
        (Facts(now=PRODUCER, given="producer", **RULED), nora(told=False), Admission(Why.UNTOLD, PRODUCER, True)),
        (Facts(now=REVIEWER, **RULED), nora(told=False), Admission(Why.UNTOLD, REVIEWER)),
        (Facts(now=REVIEWER), nora(checked=False, email=""), Admission(Why.STAYS, REVIEWER)),
        # closed stays closed
        (Facts(**OPEN, **RULED, is_closed=True, invited=MAKER), nora("chiefs"), Admission(Why.CLOSED)),
    ],
)
def test_the_answer_for(facts: Facts, identity: Identity, answer: Admission) -> None:
    assert admission(facts, identity) == answer
