import re
from collections.abc import Callable

import pytest
from django.test import Client

from signoff.accounts.models import Membership, Role, User
from tests import factories
from tests.cast import PASSWORD, Cast

Browsers = Callable[[str], Client]
NEW = {"name": "Zoë", "email": "zoe@fieldhouse.example", "role": "maker"}


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def secret(answer) -> str:  # type: ignore[no-untyped-def]
    return re.findall(r'<code[^>]*id="secret"[^>]*>([^<]+)</code>', page(answer))[0]


def person(cast: Cast, name: str) -> str:
    return f"/settings/people/{Membership.objects.get(user=cast.people[name]).pk}"


def names(answer) -> list[str]:  # type: ignore[no-untyped-def]
    return re.findall(r'<span class="strong truncate">([^<]+)</span><small', page(answer))


def test_who_is_added_signs_in_with_the_password_that_is_shown_once(
    cast: Cast, browser_of: Browsers, client: Client
) -> None:
    ada = browser_of("ada")
    answer = ada.post("/settings/people", NEW)
    password = secret(answer)
    assert password not in page(ada.get("/settings/people"))
    signed_in = client.post("/sign-in", {"login": "zoe@fieldhouse.example", "password": password})
    assert signed_in.status_code == 302
    assert client.get("/dashboard")["Location"] == "/change-password?first=1"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"email": "nobody"}, "This is not an e-mail address."),
        ({"email": "ADA@fieldhouse.example"}, "This person is a member here already."),
        ({"name": ""}, "This field is required."),
        ({"role": "integration"}, "Select a valid choice."),
        ({"role": "client_viewer"}, "Choose at least one client team"),
        ({"teams": "nonsense"}, "is not a valid"),
    ],
)
def test_who_cannot_be_added_is_said_at_the_field(
    cast: Cast, browser_of: Browsers, sent: dict[str, str], words: str
) -> None:
    answer = browser_of("ada").post("/settings/people", NEW | sent)
    assert (answer.status_code, words in page(answer), User.objects.filter(name="Zoë").count()) == (422, True, 0)
    assert f'value="{(NEW | sent)["email"]}"' in page(answer)


def test_a_team_of_another_house_cannot_be_chosen(cast: Cast, browser_of: Browsers) -> None:
    theirs = factories.client_team(cast.elsewhere, "Theirs")
    answer = browser_of("ada").post("/settings/people", NEW | {"role": "client_viewer", "teams": str(theirs.pk)})
    assert (answer.status_code, "Theirs" in page(answer)) == (422, False)


def test_the_list_is_filtered_by_its_address(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    Membership.objects.filter(user=cast.nils).update(is_active=False)
    found = {
        query: names(ada.get(f"/settings/people?{query}"))
        for query in ("", "q=ART%40", "role=client_viewer", f"team={cast.kolibri.pk}", "closed=1", "q=%00zz", "team=x")
    }
    everybody = ["Ada Admin", "Art Maker", "Mia Client", "Pat Producer", "Rev Reviewer"]
    assert found == {
        "": everybody,
        "q=ART%40": ["Art Maker"],
        "role=client_viewer": ["Mia Client"],
        f"team={cast.kolibri.pk}": ["Mia Client"],
        "closed=1": ["Nils Client"],
        "q=%00zz": [],
        "team=x": everybody,
    }


def test_role_and_teams_are_changed_on_one_page(cast: Cast, browser_of: Browsers) -> None:
    sent = {"role": "client_viewer", "teams": [str(cast.kolibri.pk), str(cast.norra.pk)]}
    answer = browser_of("ada").post(person(cast, "art"), sent, follow=True)
    assert "Art Maker is saved." in page(answer)
    assert (cast.actor("art").role, len(cast.actor("art").team_ids)) == ("client_viewer", 2)


def test_the_last_admin_is_told_why_not(cast: Cast, browser_of: Browsers) -> None:
    answer = browser_of("ada").post(person(cast, "ada"), {"role": "maker"})
    assert (answer.status_code, "This is the last active admin." in page(answer)) == (422, True)


def test_closed_access_shows_at_the_next_click_and_can_be_undone(cast: Cast, browser_of: Browsers) -> None:
    ada, art = browser_of("ada"), browser_of("art")
    assert art.get("/dashboard").status_code == 200
    said = page(ada.post(f"{person(cast, 'art')}/closing", follow=True))
    assert f'hx-post="{person(cast, "art")}/opening"' in said
    assert art.get("/dashboard").status_code == 302  # signed out
    ada.post(f"{person(cast, 'art')}/opening")
    assert (art.get("/dashboard").status_code, browser_of("art").get("/dashboard").status_code) == (302, 200)


def test_ones_own_access_cannot_be_closed(cast: Cast, browser_of: Browsers) -> None:
    assert browser_of("ada").post(f"{person(cast, 'ada')}/closing").status_code == 403
    assert Membership.objects.get(user=cast.ada).is_active


def test_a_new_one_time_password_ends_the_sessions(cast: Cast, browser_of: Browsers) -> None:
    ada, art = browser_of("ada"), browser_of("art")
    password = secret(ada.post(f"{person(cast, 'art')}/password"))
    assert art.get("/dashboard").status_code == 302
    cast.art.refresh_from_db()
    assert (cast.art.check_password(password), cast.art.check_password(PASSWORD)) == (True, False)


def test_who_belongs_elsewhere_too_gets_none(cast: Cast, browser_of: Browsers) -> None:
    Membership.objects.create(user=cast.art, organization=cast.elsewhere, role=Role.MAKER)
    address = Membership.objects.get(user=cast.art, organization=cast.organization).pk
    answer = browser_of("ada").post(f"/settings/people/{address}/password", follow=True)
    assert ("belongs to another organisation too" in page(answer), 'id="secret"' in page(answer)) == (True, False)


def test_more_people_are_not_more_queries(cast: Cast, browser_of: Browsers, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    ada = browser_of("ada")
    Membership.objects.exclude(user__in=[cast.ada, cast.mia]).delete()
    with django_assert_num_queries(11):
        ada.get("/settings/people")
    for name in ("Bea", "Cleo"):
        factories.member(cast.organization, name, Role.CLIENT_VIEWER, teams=[cast.kolibri, cast.norra])
    with django_assert_num_queries(11):
        ada.get("/settings/people")
