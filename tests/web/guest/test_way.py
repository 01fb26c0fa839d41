"""Guests at the doors: a browser without an account, a token, and what it gets."""

import re

import pytest
from django.test import Client

from signoff.accounts.models import Membership, User
from signoff.api.v1 import api
from signoff.feedback.models import Comment
from signoff.guests.actions import LinkDraft, make_link, revoke_link
from signoff.guests.models import GuestLink, GuestVisit
from signoff.web.guest.doors import OPERATIONS, PAGES
from signoff.web.urls import urlpatterns
from tests import factories
from tests.doors.walking import signed_in

ZOE = "zoe@kolibri.example"


@pytest.fixture
def rounds(key_visual):
    """Two rounds, the second of which clients see, and one that they do not."""
    shown = [factories.revision(key_visual, is_released=n < 2) for n in range(3)]
    for one in shown:
        factories.rendition(factories.media_file(one, media_type="image/png", kind="image"))
    return shown


@pytest.fixture
def linked(cast, key_visual):
    def make(**values):
        link, address = make_link(actor=cast.actor("pat"), draft=LinkDraft(**values), deliverable=key_visual)
        return link, "/g/" + address.rsplit("/", 1)[1]

    return make


def let_in(address, client=None):
    client = client or Client()
    response = client.post(address)
    assert response.status_code == 302, response.content
    return client, response["Location"].rstrip("/")


def proved(client, home, mail_server, email=ZOE):
    assert client.post(f"{home}/guest/identity", {"name": "Zoe Guest", "email": email}).status_code == 302
    code = str(mail_server.letters[-1]["Subject"]).split()[0]
    response = client.post(f"{home}/guest/code", {"code": code})
    assert (response.status_code, response["Location"]) == (302, f"{home}/")


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def shape(response):
    """The page without what is another one at each request."""
    return re.sub(rb'(name="csrfmiddlewaretoken" value|csrf-token" content)="[^"]*"', b"", response.content)


def test_the_first_screen_says_what_who_and_how_many_and_changes_nothing(linked, rounds):
    link, address = linked(right="decide")
    response = Client().get(address)
    assert response.status_code == 200 and "Set-Cookie" not in str(response.cookies.get("signoff_guest"))
    said = words(response)
    assert "Pat Producer, Fieldhouse asks for your decision on Key visual 1 item" in re.sub(r"\s+", " ", said)
    assert not link.devices.exists()
    assert "no-store" in response["Cache-Control"]


def test_unknown_revoked_and_locked_links_look_alike(cast, linked):
    _, locked = linked(password="correct horse")
    gone, revoked = linked()
    revoke_link(actor=cast.actor("pat"), link=gone)
    said = {}
    for address in (locked, revoked, "/g/" + "x" * 43):
        seen, tried = Client().get(address), Client().post(address, {"password": "wrong horse"})
        said[address] = (seen.status_code, shape(seen).replace(address.encode(), b""), tried.status_code)
        said[address] += (shape(tried).replace(address.encode(), b""),)
    assert len(set(said.values())) == 1


def test_the_right_password_opens(linked, rounds):
    _, address = linked(password="correct horse")
    response = Client().post(address, {"password": "correct horse"})
    assert response.status_code == 302
    cookie = next(iter(response.cookies.values()))
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) == ("/g", True, "Lax")


def test_who_looks_sees_the_round_and_is_asked_who_they_are(linked, rounds, key_visual):
    _, address = linked(right="comment")
    client, home = let_in(address)
    assert "Say who you are" in words(client.get(f"{home}/"))
    page = client.get(f"{home}/deliverables/{key_visual.pk}/review")
    assert page.status_code == 200
    assert f'content="{home}"' in page.content.decode()
    comments = f"{home}/api/v1/rounds/{rounds[1].pk}/comments"
    assert client.get(comments).json() == {"comments": []}
    refused = client.post(comments, {"text": "Lower"}, "application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_a_guest_says_something_under_their_own_name(linked, rounds, mail_server):
    link, address = linked(right="comment")
    client, home = let_in(address)
    before = next(iter(client.cookies.values())).value
    proved(client, home, mail_server)
    assert next(iter(client.cookies.values())).value != before
    made = client.post(f"{home}/api/v1/rounds/{rounds[1].pk}/comments", {"text": "Lower"}, "application/json")
    assert made.status_code == 201, made.content
    comment = Comment.objects.get()
    assert (comment.author_label, comment.audience, comment.author.email) == ("Zoe Guest", "client", ZOE)
    log = GuestVisit.objects.filter(link=link).order_by("id").values_list("what", "guest__name", "about")
    assert list(log) == [
        ("opened", None, ""),
        ("proved", "Zoe Guest", ZOE),
        ("commented", "Zoe Guest", "Key visual, round 2"),
    ]


def test_a_guest_approves_what_is_with_the_client(linked, rounds, key_visual, mail_server):
    rounds[2].delete()
    stage = factories.stage(key_visual, "Client approval")
    stage.definition.is_with_client = True
    stage.definition.save()
    stage.status = "in_review"
    stage.save()
    _, address = linked(right="decide")
    client, home = let_in(address)
    assert client.post(f"{home}/stages/{stage.pk}/approval").status_code == 403
    proved(client, home, mail_server)
    page = client.get(f"{home}/").content.decode()
    assert f'action="{home}/stages/{stage.pk}/approval"' in page
    answer = client.post(f"{home}/stages/{stage.pk}/approval", {"next": f"{home}/"})
    assert (answer.status_code, answer["Location"]) == (302, f"{home}/")
    stage.refresh_from_db()
    assert (stage.status, stage.approved_by.email) == ("approved", ZOE)


def test_a_guest_decides_nothing_that_is_the_houses_own(linked, rounds, key_visual, mail_server):
    stage = factories.stage(key_visual, "Internal review")
    stage.status = "in_review"
    stage.save()
    _, address = linked(right="decide")
    client, home = let_in(address)
    proved(client, home, mail_server)
    assert client.post(f"{home}/stages/{stage.pk}/approval").status_code == 403


def test_another_browser_with_the_same_link_is_nobody(linked, rounds, mail_server):
    _, address = linked(right="comment")
    client, home = let_in(address)
    proved(client, home, mail_server)
    other, _ = let_in(address)
    assert "Zoe Guest" not in words(other.get(f"{home}/")) and "Zoe Guest" in words(client.get(f"{home}/"))


def test_a_planted_cookie_is_worth_nothing(linked, rounds):
    link, address = linked()
    client = Client()
    client.cookies[f"signoff_guest_{link.pk.hex[-12:]}"] = "chosen by somebody else"
    client, home = let_in(address, client)
    assert next(iter(client.cookies.values())).value != "chosen by somebody else"


def test_two_links_in_one_browser_do_not_mix(linked, rounds, mail_server):
    one, two = linked(right="comment"), linked(right="comment")
    client, home = let_in(one[1])
    proved(client, home, mail_server)
    client, other = let_in(two[1], client)
    assert "Zoe Guest" in words(client.get(f"{home}/")) and "Zoe Guest" not in words(client.get(f"{other}/"))


def test_a_member_who_is_signed_in_is_a_guest_below_a_link_and_themselves_elsewhere(cast, linked, rounds, key_visual):
    link, address = linked()
    client = signed_in(cast, "pat")
    assert "Open it with my account" in words(client.get(address))
    client, home = let_in(address, client)
    assert client.get(f"{home}/api/v1/rounds/{rounds[2].pk}/comments").status_code == 404
    assert client.get(f"/api/v1/rounds/{rounds[2].pk}/comments").status_code == 200
    assert "Pat Producer" in words(client.get("/dashboard"))
    assert client.get(f"{home}/dashboard").status_code == 404


def test_a_guest_is_nobody_outside_of_their_link(linked, rounds, key_visual, mail_server):
    _, address = linked(right="decide")
    client, home = let_in(address)
    proved(client, home, mail_server)
    assert client.get(f"/deliverables/{key_visual.pk}/review").status_code == 302
    assert client.get(f"/api/v1/rounds/{rounds[1].pk}/comments").status_code == 401
    assert [client.get(f"/guest{one}").status_code for one in ("", "/identity", "/code")] == [404] * 3


def test_an_ended_link_shuts_what_is_open_at_once(cast, linked, rounds):
    link, address = linked()
    client, home = let_in(address)
    assert client.get(f"{home}/").status_code == 200
    revoke_link(actor=cast.actor("pat"), link=link)
    assert client.get(f"{home}/").status_code == 404


def test_who_leaves_leaves_nothing_behind(linked, rounds, mail_server):
    _, address = linked(right="comment")
    client, home = let_in(address)
    proved(client, home, mail_server)
    assert client.post(f"{home}/guest/leaving").status_code == 200
    assert client.get(f"{home}/").status_code == 404


def test_files_go_out_as_the_link_says(linked, rounds, key_visual):
    file = rounds[1].files.get()
    said = {}
    for rule in ("never", "approved", "always"):
        _, address = linked(downloads=rule)
        client, home = let_in(address)
        page = client.get(f"{home}/deliverables/{key_visual.pk}/review").content.decode()
        said[rule] = client.get(f"{home}/files/{file.pk}/original").status_code, file.key in page
    assert {rule: status for rule, (status, _) in said.items()} == {"never": 403, "approved": 403, "always": 302}
    key_visual.refresh_from_db()
    rounds[1].locked_at = rounds[1].added_at
    rounds[1].save()
    _, address = linked(downloads="approved")
    client, home = let_in(address)
    assert client.get(f"{home}/files/{file.pk}/original").status_code == 302


def test_every_other_door_is_shut(linked, rounds, key_visual, mail_server):
    """By name for pages, whatever is in the address; a new page is shut until the table says otherwise."""
    _, address = linked(right="decide", downloads="always", shows_older=True)
    client, home = let_in(address)
    proved(client, home, mail_server)
    ids = "0190aaaa-0000-7000-8000-000000000000"
    open_ones, seen = set(), set()
    for one in urlpatterns:
        route = re.sub(r"<uuid:\w+>", ids, str(one.pattern))
        if not route or "<" in route or hasattr(one, "url_patterns"):
            continue
        for method in ("get", "post"):
            response = getattr(client, method)(f"{home}/{route}")
            seen.add(one.name)
            if response.status_code != 404:
                open_ones.add(one.name)
        if one.name == "guest-leaving":
            client, home = let_in(address)
    assert open_ones <= set(PAGES) and len(seen) > 80
    assert open_ones == {"guest-home", "guest-identity", "guest-code", "guest-leaving", "branding"}


def test_every_other_operation_is_shut(linked, rounds, mail_server):
    _, address = linked(right="decide")
    client, home = let_in(address)
    proved(client, home, mail_server)
    ids, answered = "0190aaaa-0000-7000-8000-000000000000", set()
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            below = re.sub(r"{(\w+)}", ids, path)
            response = client.generic(method.upper(), f"{home}{below}", "{}", "application/json")
            if response.headers["Content-Type"].startswith("application/problem+json"):
                answered.add((path.removeprefix("/api/v1/"), method.upper()))
            else:
                assert response.status_code == 404, (path, method)
    assert answered == {(route, method) for route, methods in OPERATIONS.items() for method in methods}


def test_a_guest_of_one_house_and_a_link_of_another(cast, linked, rounds):
    other = factories.project(cast.elsewhere, "Theirs", pipeline=factories.pipeline(cast.elsewhere, is_default=True))
    link, address = make_link(actor=cast.actor("stranger"), draft=LinkDraft(), project=other)
    client, home = let_in(linked()[1])
    client, away = let_in("/g/" + address.rsplit("/", 1)[1], client)
    assert "Fieldhouse" in words(client.get(f"{home}/")) and "Elsewhere" not in words(client.get(f"{home}/"))
    assert "Elsewhere" in words(client.get(f"{away}/")) and "Fieldhouse" not in words(client.get(f"{away}/"))


def test_nobody_signs_in_as_a_guest(linked, rounds, mail_server):
    _, address = linked(right="comment")
    client, home = let_in(address)
    proved(client, home, mail_server)
    user = User.objects.get(email=ZOE)
    assert not user.has_usable_password() and not Membership.objects.filter(user=user).exists()
    assert "_auth_user_id" not in client.session


def test_writes_need_the_pages_token(linked, rounds, mail_server):
    link, address = linked(right="comment")
    client = Client(enforce_csrf_checks=True)
    assert client.post(address).status_code == 403
    assert GuestLink.objects.get(pk=link.pk).devices.count() == 0
