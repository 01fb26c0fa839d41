import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from signoff.access.actions import add_app, remove_factor, remove_factors, rename_passkey, renew_recovery_codes
from signoff.access.errors import AppThere, NoFactor, OwnFactors, WrongCode
from signoff.access.factors import factors_of
from signoff.accounts.errors import BelongsElsewhere
from signoff.accounts.models import Membership, Role
from signoff.audit.models import Event
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed, NotFound
from tests.cast import Cast
from tests.factors import SECRET, app_of, code, codes_of
from tests.signed_in import seen


def passkey_of(cast: Cast, name: str) -> Authenticator:
    return Authenticator.objects.create(
        user=cast.people[name], type="webauthn", data={"name": "Desk", "credential": {}}
    )


def member(cast: Cast, name: str) -> Membership:
    return Membership.objects.get(user=cast.people[name], organization=cast.organization)


def said() -> list[tuple[str, dict[str, object]]]:
    return [(event.verb, event.data) for event in Event.objects.order_by("pk")]


def test_an_app_comes_with_recovery_codes_and_is_written_down(cast: Cast) -> None:
    codes = add_app(actor=cast.actor("pat"), user=cast.pat, secret=SECRET, code=code())
    assert len(set(codes)) == 10
    assert said() == [("person.second_factor_added", {"kind": "app"})]
    assert factors_of(cast.pat.pk).codes_left == 10


def test_a_second_app_and_a_wrong_code_are_refused(cast: Cast) -> None:
    with pytest.raises(WrongCode):
        add_app(actor=cast.actor("pat"), user=cast.pat, secret=SECRET, code="000000x")
    add_app(actor=cast.actor("pat"), user=cast.pat, secret=SECRET, code=code())
    with pytest.raises(AppThere):
        add_app(actor=cast.actor("pat"), user=cast.pat, secret=SECRET, code=code(1))


def test_nobody_sets_up_anything_for_somebody_else(cast: Cast) -> None:
    for actor in (cast.actor("ada"), Actor.system("cli", cast.organization.pk)):
        with pytest.raises(NotAllowed):
            add_app(actor=actor, user=cast.pat, secret=SECRET, code=code())
    assert not Authenticator.objects.exists()


def test_recovery_codes_go_with_the_last_factor_and_not_before(cast: Cast) -> None:
    app, passkey = app_of(cast.pat), passkey_of(cast, "pat")
    codes_of(cast.pat)
    remove_factor(actor=cast.actor("pat"), user=cast.pat, factor=app)
    assert factors_of(cast.pat.pk).codes_left == 10
    remove_factor(actor=cast.actor("pat"), user=cast.pat, factor=passkey)
    remove_factor(actor=cast.actor("pat"), user=cast.pat, factor=passkey)
    assert not Authenticator.objects.exists()
    assert said() == [
        ("person.second_factor_removed", {"kind": "app"}),
        ("person.second_factor_removed", {"kind": "passkey", "name": "Desk"}),
    ]


def test_new_codes_are_others_and_need_a_factor(cast: Cast) -> None:
    with pytest.raises(NoFactor):
        renew_recovery_codes(actor=cast.actor("pat"), user=cast.pat)
    app_of(cast.pat)
    before = codes_of(cast.pat)
    assert set(renew_recovery_codes(actor=cast.actor("pat"), user=cast.pat)) & set(before) == set()


def test_a_passkey_is_named_by_its_person_only(cast: Cast) -> None:
    passkey = passkey_of(cast, "pat")
    rename_passkey(actor=cast.actor("pat"), user=cast.pat, passkey=passkey, name=" My  laptop ")
    passkey.refresh_from_db()
    assert passkey.data["name"] == "My laptop"
    with pytest.raises(NotFound):
        rename_passkey(actor=cast.actor("art"), user=cast.art, passkey=passkey, name="Mine")


def test_an_admin_takes_lost_factors_away_and_the_person_is_signed_out(cast: Cast) -> None:
    app_of(cast.pat)
    codes_of(cast.pat)
    browser = Client()
    browser.force_login(cast.pat, "django.contrib.auth.backends.ModelBackend")
    seen(browser, cast.pat)
    assert remove_factors(actor=cast.actor("ada"), membership=member(cast, "pat")) == 1
    assert not Authenticator.objects.exists()
    assert browser.get("/dashboard").status_code == 302
    assert said() == [("person.second_factor_removed", {"kind": "all", "number": 1, "sessions": 1})]


def test_only_admins_take_factors_away_and_not_their_own(cast: Cast) -> None:
    app_of(cast.ada)
    with pytest.raises(NotAllowed):
        remove_factors(actor=cast.actor("pat"), membership=member(cast, "ada"))
    with pytest.raises(OwnFactors):
        remove_factors(actor=cast.actor("ada"), membership=member(cast, "ada"))
    assert Authenticator.objects.count() == 1


def test_who_belongs_elsewhere_keeps_theirs_unless_the_operator_says_so(cast: Cast) -> None:
    app_of(cast.pat)
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role=Role.MAKER)
    ada = cast.actor("ada")
    with pytest.raises(BelongsElsewhere):
        remove_factors(actor=ada, membership=member(cast, "pat"))
    assert remove_factors(actor=Actor.system("cli"), membership=member(cast, "pat")) == 1
