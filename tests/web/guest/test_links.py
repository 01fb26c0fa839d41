"""The house's side: making a link in the dialog, its log."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from signoff.guests.models import GuestLink
from tests.doors.walking import signed_in

FORM = {"right": "comment", "downloads": "never", "name": "Legal"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def pat(cast):
    return signed_in(cast, "pat")


def address_in(response):
    return re.findall(r'value="https?://[^/]+(/g/[\w-]{43})"', response.content.decode())


def test_a_link_is_made_in_the_dialog_and_its_address_shown_once(pat, key_visual):
    address = f"/deliverables/{key_visual.pk}/links"
    made = pat.post(address, FORM | {"expires_on": "2099-12-31", "most_people": "3"}, headers=HTMX)
    assert (made.status_code, made["HX-Retarget"], len(address_in(made))) == (200, "#dialog", 1)
    link = GuestLink.objects.get()
    assert (link.right, link.name, link.most_people, f"{link.expires_at:%Y-%m-%d %H:%M}") == (
        "comment",
        "Legal",
        3,
        "2100-01-01 00:00",
    )
    assert address_in(pat.get(address, headers=HTMX)) == []
    assert Client().get(address_in(made)[0]).status_code == 200


def test_what_is_wrong_is_said_at_the_form(pat, key_visual):
    address = f"/deliverables/{key_visual.pk}/links"
    for wrong in ({"right": "own"}, {"most_people": "0"}, {"expires_on": "2001-01-01"}):
        assert pat.post(address, FORM | wrong, headers=HTMX).status_code == 422
    assert not GuestLink.objects.exists()


def test_the_link_is_mailed_where_one_asks_for_it(pat, key_visual, mail_server):
    made = pat.post(f"/deliverables/{key_visual.pk}/links", FORM | {"email": "zoe@kolibri.example"}, headers=HTMX)
    assert mail_server.link() == address_in(made)[0]


def test_a_project_is_shared_as_a_whole(pat, key_visual):
    made = pat.post(f"/projects/{key_visual.project_id}/links", FORM)
    assert made.status_code == 200 and GuestLink.objects.get().project == key_visual.project


def test_renewing_and_revoking_from_the_dialog(pat, key_visual):
    first = address_in(pat.post(f"/deliverables/{key_visual.pk}/links", FORM))[0]
    link = GuestLink.objects.get()
    second = address_in(pat.post(f"/links/{link.pk}/renewal", headers=HTMX))[0]
    assert [Client().post(one).status_code for one in (first, second)] == [404, 302]
    assert pat.post(f"/links/{link.pk}/revocation", headers=HTMX).status_code == 200
    assert Client().post(second).status_code == 404


def test_the_log_says_who_came_and_who_did_not(pat, key_visual):
    address = address_in(pat.post(f"/deliverables/{key_visual.pk}/links", FORM | {"password": "correct horse"}))[0]
    Client().post(address, {"password": "wrong horse"})
    Client().post(address, {"password": "correct horse"})
    page = pat.get(f"/links/{GuestLink.objects.get().pk}").content.decode()
    assert re.findall("was not let in|opened the link", page) == ["opened the link", "was not let in"]


def test_the_list_takes_as_many_statements_for_one_link_as_for_three(pat, key_visual):

    address, asked = f"/deliverables/{key_visual.pk}/links", []
    for _ in range(2):
        pat.post(address, FORM)
        with CaptureQueriesContext(connection) as found:
            pat.get(address, headers=HTMX)
        asked.append(len(found))
        pat.post(address, FORM)
    assert asked[0] == asked[1]
