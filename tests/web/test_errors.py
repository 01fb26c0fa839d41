import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from config.urls import handler404, handler500
from config.urls import urlpatterns as real
from signoff.core.errors import Conflict, Invalid, NotAllowed, NotFound, SignoffError, Unavailable
from signoff.web.errors import server_error, status_of
from tests.cast import Cast

FAMILIES = {"403": NotAllowed, "404": NotFound, "409": Conflict, "422": Invalid, "503": Unavailable}


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise FAMILIES[kind]("Because <b>so</b>.")


urlpatterns = [*real, path("refuse/<kind>", refuse)]
handlers = (handler404, handler500)
pytestmark = pytest.mark.urls("tests.web.test_errors")


@pytest.mark.parametrize("status", FAMILIES)
def test_a_refusal_is_a_page_with_its_status_and_words(client: Client, db: None, status: str) -> None:
    answer = client.get(f"/refuse/{status}")
    assert answer.status_code == int(status)
    assert "Because &lt;b&gt;so&lt;/b&gt;." in answer.content.decode()


@pytest.mark.parametrize("status", FAMILIES)
def test_htmx_gets_a_toast_for_it(client: Client, db: None, status: str) -> None:
    answer = client.get(f"/refuse/{status}", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (int(status), "#toasts", "beforeend")
    assert answer.content.decode().strip().startswith('<div class="toast-item" role="alert">')


def test_a_family_of_its_own_is_a_bad_request() -> None:
    assert status_of(SignoffError()) == 400


def test_an_unknown_address_is_a_page_in_the_frame(cast: Cast, client: Client) -> None:
    client.force_login(cast.pat, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert 'class="sidebar"' in answer.content.decode()


def test_an_unknown_address_shows_strangers_no_frame(client: Client, db: None) -> None:
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert 'class="sidebar"' not in answer.content.decode()


def test_a_missing_token_says_what_to_do(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in", {"login": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert "Nothing was changed." in answer.content.decode()


def test_a_broken_server_says_so_without_asking_the_database() -> None:
    answer = server_error(RequestFactory().get("/dashboard"))
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
