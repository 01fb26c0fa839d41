import pytest
from django.test import Client

from signoff.accounts.models import Membership, User
from signoff.audit.models import Event
from tests.cast import PASSWORD, Cast

NEW = "correct horse battery staple"


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/sign-in", {"login": user.email, "password": password, **more})


def test_sign_in_leads_to_the_dashboard(client: Client, cast: Cast) -> None:
    answer = sign_in(client, cast.pat)
    assert (answer.status_code, answer["Location"]) == (302, "/dashboard")
    assert client.get("/dashboard").status_code == 200


def test_sign_in_leads_back_to_where_one_wanted_to_go(client: Client, cast: Cast) -> None:
    asked = client.get("/dashboard?filter=late")
    assert (asked.status_code, asked["Location"]) == (302, "/sign-in?next=/dashboard%3Ffilter%3Dlate")
    assert sign_in(client, cast.pat, next="/dashboard?filter=late")["Location"] == "/dashboard?filter=late"


def test_sign_in_never_leads_to_another_site(client: Client, cast: Cast) -> None:
    assert sign_in(client, cast.pat, next="https://evil.example/")["Location"] == "/dashboard"


def test_the_address_may_be_typed_in_capitals(client: Client, cast: Cast) -> None:
    answer = client.post("/sign-in", {"login": cast.pat.email.upper(), "password": PASSWORD})
    assert answer["Location"] == "/dashboard"


def test_a_wrong_password_says_so_and_keeps_the_address(client: Client, cast: Cast) -> None:
    answer = sign_in(client, cast.pat, "wrong")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "E-mail and password do not match." in page
    assert f'value="{cast.pat.email}"' in page
    assert "wrong" not in page


def test_an_unknown_address_gets_the_same_words(client: Client, cast: Cast) -> None:
    answer = client.post("/sign-in", {"login": "nobody@nowhere.example", "password": "wrong"})
    assert answer.status_code == 422
    assert "E-mail and password do not match." in answer.content.decode()


def test_who_is_not_active_any_more_does_not_come_in(client: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.pat.pk).update(is_active=False)
    answer = sign_in(client, cast.pat)
    assert answer["Location"] == "/sign-in?closed=1"
    assert "This account is closed." in client.get("/sign-in?closed=1").content.decode()
    assert client.get("/dashboard").status_code == 302


def test_who_is_closed_while_signed_in_is_out(client: Client, cast: Cast) -> None:
    sign_in(client, cast.pat)
    User.objects.filter(pk=cast.pat.pk).update(is_active=False)
    assert client.get("/dashboard")["Location"] == "/sign-in?next=/dashboard"


def test_who_belongs_nowhere_reads_why_and_can_leave(client: Client, cast: Cast) -> None:
    Membership.objects.filter(user=cast.pat).update(is_active=False)
    sign_in(client, cast.pat)
    answer = client.get("/dashboard")
    assert answer.status_code == 403
    assert "not a member of any organisation" in answer.content.decode()
    assert client.post("/sign-out")["Location"] == "/sign-in"


def test_signing_out_needs_a_post(client: Client, cast: Cast) -> None:
    sign_in(client, cast.pat)
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")
    assert client.get("/dashboard").status_code == 302


def test_signed_in_people_are_led_past_the_sign_in_page(client: Client, cast: Cast) -> None:
    sign_in(client, cast.pat)
    assert client.get("/sign-in")["Location"] == "/dashboard"


def test_the_root_leads_to_the_dashboard(client: Client) -> None:
    assert client.get("/")["Location"] == "/dashboard"


def test_the_only_house_has_its_name_on_the_page_two_have_none(client: Client, cast: Cast) -> None:
    assert "<h1>Sign in</h1>" in client.get("/sign-in").content.decode()
    cast.elsewhere.delete()
    assert "<h1>Sign in to Fieldhouse</h1>" in client.get("/sign-in").content.decode()


def first_password(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.art.pk).update(must_change_password=True)
    sign_in(client, cast.art)


def change(client: Client, new: str = NEW, present: str = PASSWORD):  # type: ignore[no-untyped-def]
    return client.post("/change-password", {"present": present, "new": new})


def test_the_first_password_is_changed_before_anything_else(client: Client, cast: Cast) -> None:
    first_password(cast, client)
    assert client.get("/dashboard")["Location"] == "/change-password?first=1"
    assert client.post("/preferences", {"theme": "dark"})["Location"] == "/change-password?first=1"
    assert client.get("/change-password?first=1").status_code == 200
    hx = client.get("/dashboard", headers={"HX-Request": "true"})
    assert (hx.status_code, hx["HX-Redirect"]) == (204, "/change-password?first=1")
    api = client.get("/api/v1/me")
    assert (api.status_code, api.json()["code"]) == (403, "password_change_needed")


def test_changing_the_first_password_opens_everything_and_is_written_down(client: Client, cast: Cast) -> None:
    first_password(cast, client)
    assert change(client)["Location"] == "/dashboard"
    assert client.get("/dashboard").status_code == 200
    event = Event.objects.exclude(verb="person.signed_in").get()
    assert (event.verb, event.subject_id, event.changes) == ("person.password_changed", cast.art.pk, {})
    assert sign_in(Client(), cast.art, NEW).status_code == 302


def test_other_browsers_are_signed_out_by_a_new_password(client: Client, cast: Cast) -> None:
    other = Client()
    sign_in(other, cast.art)
    sign_in(client, cast.art)
    assert change(client)["Location"] == "/account"
    assert "Your new password holds." in client.get("/account").content.decode()
    assert (client.get("/dashboard").status_code, other.get("/dashboard").status_code) == (200, 302)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"present": "wrong"}, "This is not your password."),
        ({"new": "short"}, "This password is too short."),
        ({"new": "password123"}, "This password is too common."),
        ({"new": PASSWORD}, "Choose another one than the present password."),
    ],
)
def test_a_password_that_will_not_do_is_refused_at_its_field(
    client: Client, cast: Cast, typed: dict[str, str], words: str
) -> None:
    first_password(cast, client)
    answer = change(client, **typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert User.objects.get(pk=cast.art.pk).must_change_password
    assert set(Event.objects.values_list("verb", flat=True)) == {"person.signed_in"}
