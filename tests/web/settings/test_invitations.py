"""Inviting people on the settings page, and what becomes of it there."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from signoff.access.links import link_of
from signoff.access.models import Invitation
from tests import factories
from tests.cast import Cast
from tests.mail_server import MailServer

Browsers = Callable[[str], Client]
NEW = {"invite-email": "zoe@kolibri.example", "invite-name": "Zoë Holm", "invite-role": "maker"}
PAGE, PEOPLE = "/settings/people/invitations", "/settings/people"


def page(answer: Any) -> str:
    return str(answer.content.decode())


def listed(browser: Client) -> list[str]:
    """Who, in what state, with which acts."""
    said = re.findall(r'<div id="invitations".*?</div>\n', page(browser.get(PEOPLE)), re.S)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in re.findall(r"<tr>.*?</tr>", "".join(said), re.S)
    ][1:]


def invite(browser: Client, **more: Any) -> Any:
    return browser.post(PAGE, NEW | more)


def of(row: Invitation, act: str) -> str:
    return f"{PAGE}/{row.pk}/{act}"


def test_with_mail_a_letter_is_promised_and_the_list_follows_it(
    cast: Cast, browser_of: Browsers, mail_server: MailServer, run_jobs: Callable[[], None]
) -> None:
    ada = browser_of("ada")
    said = page(ada.post(PAGE, NEW, follow=True))
    row = Invitation.objects.get()
    assert "Zoë Holm is invited: the letter is on its way." in said
    assert f'hx-post="{of(row, "revocation")}"' in said
    assert (f'hx-get="{PAGE}"' in said, link_of(row) in said) == (True, False)
    assert "On its way" in listed(ada)[0]
    run_jobs()
    piece = page(ada.get(PAGE))
    assert ("Sent" in piece, "hx-get" in piece, link_of(row) in piece) == (True, False, False)
    assert listed(ada) == [
        "Zoë Holm zoe@kolibri.example Maker Sent just now · by Ada Admin · runs out in 7 d Copy link Resend Revoke"
    ]


def test_without_mail_the_link_is_shown_to_who_invites(cast: Cast, browser_of: Browsers, no_mail: None) -> None:
    ada = browser_of("ada")
    answer = invite(ada)
    row = Invitation.objects.get()
    assert (answer.status_code, link_of(row) in page(answer)) == (200, True)
    assert link_of(row) not in page(ada.get(PEOPLE))
    assert listed(ada) == [
        "Zoë Holm zoe@kolibri.example Maker Link to hand over by Ada Admin · runs out in 7 d Copy link Revoke"
    ]


def test_the_link_is_copied_by_who_invited_and_by_nobody_else(
    cast: Cast, browser_of: Browsers, mail_server: MailServer
) -> None:
    ada = browser_of("ada")
    invite(ada)
    row = Invitation.objects.get()
    assert link_of(row) in page(ada.post(of(row, "link")))
    cast.people["bea"] = factories.member(cast.organization, "Bea Admin", "admin")
    bea = browser_of("bea")
    assert ("Copy link" in listed(bea)[0], bea.post(of(row, "link")).status_code) == (False, 403)
    assert link_of(row) not in page(bea.post(of(row, "link")))


def test_what_went_wrong_is_said_in_the_list(cast: Cast, browser_of: Browsers, mail_server: MailServer) -> None:
    ada = browser_of("ada")
    invite(ada)
    Invitation.objects.update(failure="The mail server refuses this address: 550 No such user")
    assert "Not delivered" in listed(ada)[0]
    assert "550 No such user" in listed(ada)[0]
    Invitation.objects.update(failure="", expires_at=now() - timedelta(days=1))
    assert "Run out" in listed(ada)[0]


def test_sent_again_revoked_and_back(cast: Cast, browser_of: Browsers, mail_server: MailServer) -> None:
    ada = browser_of("ada")
    invite(ada)
    row = Invitation.objects.get()
    assert "less than a minute ago" in page(ada.post(of(row, "sending"), follow=True))
    Invitation.objects.update(expires_at=now() + timedelta(days=5))
    assert "the old link has ended" in page(ada.post(of(row, "sending"), follow=True))
    said = page(ada.post(of(row, "revocation"), follow=True))
    assert (f'hx-post="{of(row, "restoration")}"' in said, listed(ada)) == (True, [])
    ada.post(of(row, "restoration"))
    assert len(listed(ada)) == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"invite-email": "nobody"}, "This is not an e-mail address."),
        ({"invite-email": "ART@fieldhouse.example"}, "This person is a member here already."),
        ({"invite-email": ""}, "This field is required."),
        ({"invite-role": "integration"}, "Select a valid choice."),
        ({"invite-role": "client_viewer"}, "Choose at least one client team"),
    ],
)
def test_who_cannot_be_invited_is_said_at_the_field(
    cast: Cast, browser_of: Browsers, sent: dict[str, str], words: str
) -> None:
    answer = invite(browser_of("ada"), **sent)
    assert (answer.status_code, words in page(answer), Invitation.objects.count()) == (422, True, 0)
    assert 'value="Zoë Holm"' in page(answer)


def test_invited_twice_is_said(cast: Cast, browser_of: Browsers, no_mail: None) -> None:
    ada = browser_of("ada")
    invite(ada)
    answer = invite(ada)
    assert (answer.status_code, "This address is invited already." in page(answer)) == (422, True)


def test_more_invitations_are_not_more_queries(
    cast: Cast, browser_of: Browsers, no_mail: None, django_assert_num_queries: Any
) -> None:
    ada = browser_of("ada")
    team = {"invite-role": "client_viewer", "invite-teams": [str(cast.kolibri.pk)]}
    invite(ada, **team)
    with django_assert_num_queries(12):
        ada.get(PEOPLE)
    for name in ("a", "b"):
        invite(ada, **team, **{"invite-email": f"{name}@x.example"})
    with django_assert_num_queries(12):
        ada.get(PEOPLE)


def file(content: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("people.csv", content.encode())}


LIST = "email,name,role,teams\nzoe@x.example,Zoë,maker,\nnobody,Bo,maker,\n"


def test_a_list_is_shown_first_and_then_sent(cast: Cast, browser_of: Browsers, no_mail: None) -> None:
    ada = browser_of("ada")
    shown = page(ada.post(f"{PAGE}/many", file(LIST)))
    assert ("Invite the good one" in shown, Invitation.objects.count()) == (True, 0)
    assert "E-mail “nobody”: This is not an e-mail address." in shown
    kept = re.findall(r'name="kept" value="([^"]+)"', shown)[0]
    refused = ada.post(f"{PAGE}/many", {"kept": kept, "which": "all"})
    assert (refused.status_code, Invitation.objects.count()) == (422, 0)
    done = ada.post(f"{PAGE}/many", {"kept": kept, "which": "good"}, follow=True)
    assert "1 person is invited." in page(done)
    assert [row.email for row in Invitation.objects.all()] == ["zoe@x.example"]


@pytest.mark.parametrize("sent", [{}, {"kept": "no base64!"}, {"kept": "", "which": "good"}, {"kept": "UEsDBAA="}])
def test_a_list_that_is_none_is_refused_in_words(cast: Cast, browser_of: Browsers, sent: dict[str, str]) -> None:
    answer = browser_of("ada").post(f"{PAGE}/many", sent)
    assert (answer.status_code, 'role="alert"' in page(answer)) == (422, True)
