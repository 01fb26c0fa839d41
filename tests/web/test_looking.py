"""Seeing Signoff as somebody else: who may, what is written down, and how it ends."""

from collections.abc import Callable
from time import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from signoff.accounts.looking import LOOKING
from signoff.accounts.models import Membership, Organization, Role
from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.deliverables.models import Deliverable
from signoff.revisions import actions
from signoff.revisions.uploads import address_of_upload
from signoff.web.events import subscriber_of
from tests import factories
from tests.cast import Cast
from tests.web.asgi import ask

Browsers = Callable[[str], Client]


def membership(cast: Cast, who: str) -> Membership:
    return Membership.objects.get(user=cast.people[who], organization=cast.organization)


def look(cast: Cast, browser: Client, who: str) -> Any:
    return browser.post(reverse("settings-person-sight", args=[membership(cast, who).pk]))


def told() -> list[tuple[str, str, str, object]]:
    events = Event.objects.filter(verb__in=[Verb.VIEW_AS_BEGUN, Verb.VIEW_AS_ENDED]).order_by("pk")
    return [(str(e.verb), e.actor_label, e.subject_label, e.data.get("why")) for e in events]


def me(browser: Client) -> str:
    return str(browser.get("/api/v1/me").json()["label"])


def test_the_page_says_whose_eyes_they_are_and_leads_back(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    assert look(cast, ada, "mia")["Location"] == "/dashboard"
    page = ada.get("/dashboard").content.decode()
    assert "You see Signoff as <b>Mia Client (Kolibri Drinks)</b>. Nothing can be changed." in page
    assert ("Good" in page, "Mia</h1>" in page, "Settings</span>" in page) == (True, True, False)
    assert ada.post("/own-sight")["Location"] == f"/settings/people/{membership(cast, 'mia').pk}"
    assert (me(ada), "You see Signoff as" in ada.get("/dashboard").content.decode()) == ("Ada Admin", False)
    assert told() == [
        ("view_as.begun", "Ada Admin", "Mia Client", None),
        ("view_as.ended", "Ada Admin", "Mia Client (Kolibri Drinks)", "asked"),
    ]


def test_a_team_is_looked_as_and_left(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    ada.post(reverse("settings-team-sight", args=[cast.norra.pk]))
    assert "as <b>Norra Rail</b>" in ada.get("/projects").content.decode()
    assert ada.get("/api/v1/me").json()["client_teams"] == [str(cast.norra.pk)]
    assert ada.post("/own-sight")["Location"] == f"/settings/teams/{cast.norra.pk}"
    assert [one[:3] for one in told()] == [
        ("view_as.begun", "Ada Admin", "Norra Rail"),
        ("view_as.ended", "Ada Admin", "Norra Rail"),
    ]


@pytest.mark.parametrize("who", ["pat", "art", "rev", "mia"])
def test_only_admins_may(cast: Cast, browser_of: Browsers, who: str) -> None:
    browser = browser_of(who)
    assert look(cast, browser, "nils").status_code == 403
    assert browser.post(reverse("settings-team-sight", args=[cast.norra.pk])).status_code == 403
    assert told() == []


def test_another_admin_and_another_house_are_nobody_to_look_as(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    factories.member(cast.organization, "Ann Admin", Role.ADMIN)
    for name in ("Ann Admin", "Ada Admin"):
        member = Membership.objects.get(user__name=name)
        assert ada.post(reverse("settings-person-sight", args=[member.pk])).status_code == 409
        assert "See what they see" not in ada.get(reverse("settings-person", args=[member.pk])).content.decode()
    strange = Membership.objects.get(user=cast.stranger)
    assert ada.post(reverse("settings-person-sight", args=[strange.pk])).status_code == 404
    assert (
        "See what they see" in ada.get(reverse("settings-person", args=[membership(cast, "mia").pk])).content.decode()
    )
    assert told() == []


@pytest.mark.parametrize("of", ["member", "account"])
def test_who_is_closed_is_nobody_to_look_as(cast: Cast, browser_of: Browsers, of: str) -> None:
    ada = browser_of("ada")
    close(cast, "mia", of)
    assert look(cast, ada, "mia").status_code == 409
    assert told() == []


def close(cast: Cast, who: str, of: str) -> None:
    if of == "member":
        Membership.objects.filter(user=cast.people[who]).update(is_active=False)
    else:
        type(cast.ada).objects.filter(pk=cast.people[who].pk).update(is_active=False)


def test_it_does_not_nest(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    look(cast, ada, "pat")
    assert (look(cast, ada, "mia").status_code, me(ada)) == (403, "Pat Producer")
    assert len(told()) == 1


def test_ones_own_account_has_ones_own_role(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    look(cast, ada, "mia")
    assert 'Ada Admin<span class="dot-sep">Admin</span>' in ada.get("/account").content.decode()


def test_it_ends_after_an_hour(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    look(cast, ada, "mia")
    session = ada.session
    assert 3590 < session[LOOKING]["until"] - time() <= 3600
    session[LOOKING] = {**session[LOOKING], "until": 1}
    session.save()
    assert (me(ada), ada.get("/settings/people").status_code) == ("Ada Admin", 200)
    assert told()[1:] == [("view_as.ended", "Ada Admin", "Mia Client (Kolibri Drinks)", "time")]


@pytest.mark.parametrize("of", ["role", "member", "team", "seen"])
def test_it_ends_with_the_right_to_it(cast: Cast, browser_of: Browsers, of: str) -> None:
    """Asked at each request: the admin's role, their access, and whether whom they see still has theirs."""
    ada, own = browser_of("ada"), Membership.objects.filter(user=cast.ada)
    factories.member(cast.organization, "Ann Admin", Role.ADMIN)
    if of == "team":
        ada.post(reverse("settings-team-sight", args=[cast.kolibri.pk]))
        cast.kolibri.delete()
    else:
        look(cast, ada, "mia")
    if of == "role":
        own.update(role=Role.MAKER)
    elif of == "member":
        own.update(is_active=False)
    elif of == "seen":
        close(cast, "mia", "member")
    answer = ada.get("/api/v1/me")
    assert (answer.status_code, answer.json().get("label")) == ((403, None) if of == "member" else (200, "Ada Admin"))
    assert [one[3] for one in told()] == [None, "access"]
    assert LOOKING not in ada.session


def test_it_ends_when_the_admin_has_to_set_up_a_second_factor_first(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    look(cast, ada, "mia")
    Organization.objects.filter(pk=cast.organization.pk).update(second_factor_roles=["admin"])
    assert ada.get("/dashboard")["Location"] == "/account/second-factor"
    assert ada.get("/account/second-factor").status_code == 200
    assert told()[-1] == ("view_as.ended", "Ada Admin", "Mia Client (Kolibri Drinks)", "access")


def test_it_ends_when_the_admin_signs_out(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    look(cast, ada, "mia")
    assert ada.post("/sign-out")["Location"] == "/sign-in"
    assert [one[3] for one in told()] == [None, "signed_out"]
    assert ada.get("/dashboard").status_code == 302


def test_looking_ends_where_the_organisation_is_another(cast: Cast, browser_of: Browsers) -> None:
    """An admin of two houses is asked to go back first, and a membership that is gone takes the sight with it."""
    Membership.objects.create(user=cast.ada, organization=cast.elsewhere, role=Role.ADMIN)
    ada = browser_of("ada")
    look(cast, ada, "mia")
    assert ada.post("/organization", {"organization": str(cast.elsewhere.pk)}).status_code == 403
    assert "Switch to" not in ada.get("/dashboard").content.decode()
    Membership.objects.filter(user=cast.ada, organization=cast.organization).delete()
    assert ada.get("/api/v1/me").json()["organization"]["name"] == "Elsewhere"
    assert (me(ada), [one[3] for one in told()]) == ("Ada Admin", [None, "access"])


def cookie_of(browser: Client) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


@pytest.mark.django_db(transaction=True)
def test_the_stream_is_the_seen_persons(cast: Cast, key_visual: Deliverable, browser_of: Browsers) -> None:
    other = factories.project(cast.organization, client_team=cast.norra)
    ada, heard = browser_of("ada"), {}
    for who in ("mia", "art"):
        look(cast, ada, who)
        found = subscriber_of([(b"cookie", cookie_of(ada).encode())])
        assert found is not None
        heard[who] = (found.user_id, found.project_ids)
        ada.post("/own-sight")
    assert heard == {
        "mia": (str(cast.mia.pk), frozenset({str(key_visual.project_id)})),
        "art": (str(cast.art.pk), None),
    }
    ada.post(reverse("settings-team-sight", args=[cast.norra.pk]))
    found = subscriber_of([(b"cookie", cookie_of(ada).encode())])
    assert found is not None and found.project_ids == {str(other.pk)}
    assert not found.may_hear({"o": str(cast.organization.pk), "p": None, "u": str(cast.ada.pk)})


@pytest.mark.django_db(transaction=True)
def test_bytes_are_refused_too(cast: Cast, key_visual: Deliverable, browser_of: Browsers) -> None:
    """An upload that was begun before waits until its sender is back."""
    upload = actions.begin_upload(actor=cast.actor("ada"), deliverable=key_visual, name="hero.png", size=3)
    there, ada = address_of_upload(upload), browser_of("ada")
    look(cast, ada, "mia")
    said = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0", "Cookie": cookie_of(ada)}
    refused = [ask(method, there, said, parts=[b"abc"]) for method in ("PATCH", "DELETE")]
    assert [(one.status, one.body.startswith(b"You look as somebody else")) for one in refused] == [(403, True)] * 2
    assert ask("HEAD", there, said).headers["upload-offset"] == "0"
    ada.post("/own-sight")
    assert ask("PATCH", there, said, parts=[b"abc"]).status == 204
