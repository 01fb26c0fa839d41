"""A list of people, as offices write them, and as strangers would."""

import time
from typing import Any

import pytest

from signoff.access import actions
from signoff.access.errors import AlreadyInvited, RowsAreWrong, TeamIsArchived, UnreadableRows
from signoff.access.models import Invitation
from signoff.accounts.actions import archive_client_team
from signoff.audit.models import Event
from signoff.core.csvfile import UnreadableSheet
from signoff.core.errors import NotAllowed
from tests.access.conftest import Invite
from tests.cast import Cast

HEAD = "email,name,role,teams\n"
GOOD = HEAD + "zoe@x.example,Zoë Holm,Maker,\nsofie@k.example,Sofie,client viewer,Kolibri Drinks; norra rail\n"


def read(cast: Cast, content: str | bytes, who: str = "ada") -> actions.Plan:
    data = content.encode() if isinstance(content, str) else content
    return actions.read_many(actor=cast.actor(who), organization=cast.organization, content=data)


def send(cast: Cast, content: str, **values: Any) -> list[str]:
    rows = actions.invite_many(
        actor=cast.actor("ada"), organization=cast.organization, content=content.encode(), **values
    )
    return [row.email for row in rows]


def understood(plan: actions.Plan) -> list[tuple[str, str, str, list[str]]]:
    return [(one.email, one.name, one.role, [team.name for team in one.teams]) for one in plan.drafts]


BOTH = [
    ("zoe@x.example", "Zoë Holm", "maker", []),
    ("sofie@k.example", "Sofie", "client_viewer", ["Kolibri Drinks", "Norra Rail"]),
]


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        GOOD.encode("cp1252"),
        GOOD.replace("; ", "|").replace(",", ";"),
        GOOD.replace(",", "\t"),
        "sep=,\r\n" + GOOD.replace("\n", "\r\n"),
        "People of spring,,,\n,,,\n" + GOOD,
        GOOD.replace(HEAD, "E-Mail Address,Full name,Type,Client teams\n"),
        GOOD.replace("Maker", "designer").replace("client viewer", "Guest"),
        GOOD.upper().replace("ZOË HOLM", "Zoë Holm").replace("SOFIE,", "Sofie,"),
    ],
)
def test_lists_are_read_as_people_write_them(cast: Cast, content: str | bytes) -> None:
    plan = read(cast, content)
    assert (understood(plan), plan.wrong) == (BOTH, [])


def test_columns_may_stand_in_any_order_and_names_may_be_missing(cast: Cast) -> None:
    assert understood(read(cast, "role,mail\nmaker,zoe@x.example\n")) == [("zoe@x.example", "", "maker", [])]


def test_a_team_with_a_comma_in_its_name_is_one_team(cast: Cast) -> None:
    cast.kolibri.name = "Kolibri, Drinks"
    cast.kolibri.save()
    plan = read(cast, HEAD + 'a@x.example,A,client,"Kolibri, Drinks"\n')
    assert understood(plan) == [("a@x.example", "A", "client_viewer", ["Kolibri, Drinks"])]


def test_every_wrong_row_is_named_with_column_value_and_reason(cast: Cast, invite: Invite) -> None:
    invite(email="invited@x.example")
    archive_client_team(actor=cast.actor("ada"), team=cast.norra)
    plan = read(
        cast,
        HEAD
        + "nobody,A,maker,\n"
        + "mia@fieldhouse.example,A,maker,\n"
        + "invited@x.example,A,maker,\n"
        + "a@x.example,A,king,\n"
        + "b@x.example,A,integration,\n"
        + "c@x.example,A,,\n"
        + "d@x.example,A,client,\n"
        + "e@x.example,A,client,Nobodys\n"
        + "f@x.example,A,client,Norra Rail\n"
        + "g@x.example,=cmd|' /C calc'!A0,maker,\n"
        + f"h@x.example,{'x' * 201},maker,\n"
        + "good@x.example,A,maker,\n"
        + "GOOD@x.example,A,maker,\n",
    )
    found = {row.number: [(one.column, one.value[:20], one.reason) for one in row.problems] for row in plan.wrong}
    assert found == {
        2: [("email", "nobody", "This is not an e-mail address.")],
        3: [("email", "mia@fieldhouse.examp", "This person is a member here already.")],
        4: [("email", "invited@x.example", AlreadyInvited.message)],
        5: [("role", "king", "There is no such role for people.")],
        6: [("role", "integration", "There is no such role for people.")],
        7: [("role", "", "Say which role: admin, producer, maker, reviewer or client viewer.")],
        8: [("teams", "", "Choose at least one client team: a client viewer sees only what belongs to theirs.")],
        9: [("teams", "Nobodys", "There is no client team “Nobodys”.")],
        10: [("teams", "Norra Rail", TeamIsArchived.message)],
        11: [("name", "=cmd|' /C calc'!A0", "This looks like a formula, not like a name.")],
        12: [("name", "x" * 20, "At most 200 characters, this has 201.")],
        14: [("email", "GOOD@x.example", "Row 13 has the same address.")],
    }  # fmt: skip
    assert [one[0] for one in understood(plan)] == ["good@x.example"]
    assert Invitation.objects.count() == 1


def test_nothing_is_sent_while_a_row_is_wrong_unless_somebody_says_so(cast: Cast) -> None:
    content = GOOD + "nobody,A,maker,\n"
    with pytest.raises(RowsAreWrong):
        send(cast, content)
    assert Invitation.objects.count() == 0
    assert send(cast, content, only_good=True) == ["zoe@x.example", "sofie@k.example"]


def test_all_of_them_are_one_act(cast: Cast) -> None:
    send(cast, GOOD)
    events = list(Event.objects.all())
    assert ([event.verb for event in events], len({event.act for event in events})) == (["invitation.sent"] * 2, 1)
    sofie = Invitation.objects.get(email="sofie@k.example")
    assert set(sofie.client_teams.all()) == {cast.kolibri, cast.norra}


def test_sent_twice_the_second_says_that_they_are_invited(cast: Cast) -> None:
    send(cast, GOOD)
    with pytest.raises(RowsAreWrong):
        send(cast, GOOD, only_good=True)


def test_others_may_not(cast: Cast) -> None:
    for who in ("pat", "mia", "stranger"):
        with pytest.raises(NotAllowed):
            read(cast, GOOD, who)


@pytest.mark.parametrize(
    ("content", "refusal", "words"),
    [
        (b"", UnreadableRows, "The file is empty."),
        (b"\xef\xbb\xbf \n", UnreadableRows, "No header was found."),
        (HEAD.encode(), UnreadableRows, "nobody below it"),
        (b"a,b\n1,2\n", UnreadableRows, "No header was found."),
        (b"email,name\nz@x.example,Z\n", UnreadableRows, "No header was found."),
        (b"PK\x03\x04\x00" + b"x" * 800, UnreadableSheet, "not a text file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, UnreadableSheet, "not a text file"),
        (HEAD.encode() + b"x" * 1_000_001, UnreadableRows, "larger than 1 MB"),
        (HEAD.encode() + b"a@x.example,A,maker,\n" * 501, UnreadableRows, "At most 500"),
        (HEAD.encode() + b"a@x.example,A,maker,\n" * 9000, UnreadableSheet, "More than 511 rows"),
        (b"," * 900_000, UnreadableSheet, "columns"),
        (
            HEAD.encode() + b"a@x.example,A,maker,\n" * 60 + b"b\x00c@x.example,B,pm,\n",
            UnreadableRows,
            "no text has",
        ),
    ],
)
def test_files_that_are_no_lists_are_refused_in_words(
    cast: Cast, content: bytes, refusal: type[Exception], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        read(cast, content)


def test_five_hundred_are_read_and_invited_in_few_statements(
    cast: Cast, django_assert_max_num_queries: Any, no_mail: None
) -> None:
    content = HEAD + "".join(f"p{n}@x.example,P {n},client,Kolibri Drinks\n" for n in range(500))
    begun = time.monotonic()
    with django_assert_max_num_queries(25):
        assert len(send(cast, content)) == 500
    assert time.monotonic() - begun < 10
