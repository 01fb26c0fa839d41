import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory

from signoff.accounts.errors import NoMembership
from signoff.accounts.models import Membership, Role
from signoff.web.actor import actor_of, signed_in
from tests.cast import Cast


def request_of(user: object) -> HttpRequest:
    request = RequestFactory().get("/dashboard")
    request.user, request.session = user, SessionStore()  # type: ignore[assignment]
    return request


def test_the_actor_of_a_request_is_asked_for_once(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    request = request_of(cast.pat)
    with django_assert_num_queries(1):
        assert actor_of(request) is actor_of(request)
    assert actor_of(request) == cast.actor("pat")


def test_the_session_says_which_organisation(cast: Cast) -> None:
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role=Role.REVIEWER)
    request = request_of(cast.pat)
    request.session["organization"] = str(cast.elsewhere.pk)
    assert (actor_of(request).organization_id, actor_of(request).role) == (cast.elsewhere.pk, "reviewer")


def test_an_organisation_one_has_left_falls_back_to_another(cast: Cast) -> None:
    request = request_of(cast.pat)
    request.session["organization"] = str(cast.elsewhere.pk)
    assert actor_of(request).organization_id == cast.organization.pk


def test_who_belongs_nowhere_has_no_actor(cast: Cast) -> None:
    Membership.objects.filter(user=cast.pat).delete()
    with pytest.raises(NoMembership):
        actor_of(request_of(cast.pat))


def test_htmx_is_told_to_load_the_sign_in_page(client: Client, db: None) -> None:
    answer = client.get("/dashboard", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in")


def test_a_view_behind_signed_in_is_not_run_for_others() -> None:
    ran: list[HttpRequest] = []
    answer = signed_in(lambda request: ran.append(request))(request_of(AnonymousUser()))  # type: ignore[arg-type,return-value,func-returns-value]
    assert (answer.status_code, ran) == (302, [])
