from typing import Any

import pytest

from signoff.access.factors import LAST, counter_of, factors_of, is_missing, own_factor, spend
from signoff.accounts.actors import membership_of
from signoff.accounts.models import Organization
from signoff.accounts.providers import Provider
from signoff.core.errors import NotFound
from tests.cast import Cast
from tests.factors import SECRET, app_of, code, codes_of


def require_of(cast: Cast, *roles: str) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(second_factor_roles=list(roles))


def missing(cast: Cast, name: str, *methods: str) -> bool:
    member = membership_of(cast.people[name], {})
    assert member
    return is_missing(member, [{"method": method, "provider": "oidc"} for method in methods])


def speaking_for(slug: str) -> tuple[Provider, ...]:
    return (Provider("oidc", "Keyring", "https://keyring.example", "id", "secret", organization=slug),)


def test_nobody_must_until_a_role_is_named(cast: Cast) -> None:
    assert not missing(cast, "pat", "password")


def test_who_has_a_role_that_is_named_must_and_others_need_not(cast: Cast) -> None:
    require_of(cast, "admin", "producer")
    assert {name: missing(cast, name, "password") for name in ("ada", "pat", "art", "mia", "stranger")} == {
        "ada": True,
        "pat": True,
        "art": False,
        "mia": False,
        "stranger": False,
    }


def test_an_app_is_enough_and_recovery_codes_alone_are_not(cast: Cast) -> None:
    require_of(cast, "producer")
    codes_of(cast.pat)
    assert missing(cast, "pat", "password")
    app_of(cast.pat)
    assert not missing(cast, "pat", "password")


@pytest.mark.parametrize(("slug", "is_asked"), [("", False), ("fieldhouse", False), ("elsewhere", True)])
def test_single_sign_on_of_the_house_has_asked_for_what_it_asks_for(
    cast: Cast, settings: Any, slug: str, is_asked: bool
) -> None:
    require_of(cast, "producer")
    settings.SSO_PROVIDERS = speaking_for(slug)
    assert [missing(cast, "pat", "socialaccount"), missing(cast, "pat")] == [is_asked, True]


def test_asking_who_must_costs_no_statement_of_its_own(cast: Cast, django_assert_num_queries: Any) -> None:
    require_of(cast, "producer")
    with django_assert_num_queries(1):
        assert missing(cast, "pat")


def test_a_code_counts_half_a_minute_around_now() -> None:
    assert [counter_of(SECRET, code(later)) is not None for later in (-2, -1, 0, 1, 2)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert counter_of(SECRET, "nonsense") is None


def test_a_code_is_used_once_and_an_older_one_not_after_it(cast: Cast) -> None:
    app = app_of(cast.pat)
    assert [spend(app, code()), spend(app, code()), spend(app, code(-1)), spend(app, code(1))] == [
        True,
        False,
        False,
        True,
    ]
    app.refresh_from_db()
    assert app.data[LAST] == counter_of(SECRET, code(1))


def test_what_one_has_is_one_question(cast: Cast, django_assert_num_queries: Any) -> None:
    app, codes = app_of(cast.pat), codes_of(cast.pat)
    with django_assert_num_queries(1):
        has = factors_of(cast.pat.pk)
    assert (has.app, has.passkeys, has.codes_left, has.is_any) == (app, [], len(codes), True)
    assert not factors_of(cast.art.pk).is_any


def test_somebody_elses_factor_is_not_there(cast: Cast) -> None:
    app = app_of(cast.pat)
    assert own_factor(cast.pat.pk, app.pk) == app
    with pytest.raises(NotFound):
        own_factor(cast.art.pk, app.pk)
