"""The Entra story, and the same with another provider: out, back, and in; or a page that says why not."""

from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils.timezone import now

from signoff.access.models import Invitation
from signoff.accounts.models import Membership, User
from signoff.audit.models import Event
from tests.cast import Cast
from tests.openid import OTHER_TENANT, TENANT, Authority, colleague, come_by, onward

UNKNOWN = "You are known to %s, but nobody invited you here"


def open_house(cast: Cast, **values: object) -> None:
    """Fieldhouse, where people of its own domain come in by themselves."""
    house = cast.organization
    house.domains, house.joins_by_sso = ["fieldhouse.example"], True
    for name, value in values.items():
        setattr(house, name, value)
    house.save()


def invite(cast: Cast, email: str, role: str = "reviewer") -> Invitation:
    return Invitation.objects.create(
        organization=cast.organization, email=email, role=role, expires_at=now() + timedelta(days=7)
    )


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def nothing_came_of(answer: object, client: Client, words: str, status: int = 403) -> None:
    """A page with these words, nobody signed in, nobody new."""
    assert (answer.status_code, words in answer.content.decode()) == (status, True), answer.content  # type: ignore[attr-defined]
    assert "_auth_user_id" not in client.session
    assert SocialAccount.objects.count() == 0
    assert User.objects.count() == 7


def test_a_colleague_of_the_domain_comes_in_and_lands_on_the_dashboard(
    client: Client, cast: Cast, entra: Authority
) -> None:
    open_house(cast)
    entra.people["Nora"] = colleague(1, "Nora@Fieldhouse.example", "Nora New")
    answer = come_by(client, entra, "Nora")
    assert (answer.status_code, answer["Location"]) == (302, "/dashboard")
    assert client.get("/dashboard").status_code == 200
    nora = User.objects.get(email="nora@fieldhouse.example")
    assert (nora.name, nora.has_usable_password(), nora.must_change_password) == ("Nora New", False, False)
    assert [(m.role, m.organization) for m in nora.memberships.all()] == [("maker", cast.organization)]
    row = SocialAccount.objects.get()
    assert (row.uid, row.user) == (f"{TENANT}:00000000-0000-4000-8000-000000000001", nora)
    assert verbs() == ["member.added", "person.identity_linked", "person.signed_in"]
    assert Event.objects.filter(actor_label="single sign-on").count() == 2


def test_the_second_time_nothing_is_made_whatever_address_the_directory_has_now(
    client: Client, cast: Cast, entra: Authority
) -> None:
    open_house(cast)
    entra.people["Nora"] = colleague(1, "nora@fieldhouse.example", "Nora New")
    come_by(client, entra, "Nora")
    entra.people["Nora"] = colleague(1, "nora.married@elsewhere.example", "Nora Newer")
    again = Client()
    assert come_by(again, entra, "Nora")["Location"] == "/dashboard"
    assert again.session["_auth_user_id"] == client.session["_auth_user_id"]
    assert (User.objects.count(), SocialAccount.objects.count()) == (8, 1)


def test_it_leads_back_to_where_one_wanted_to_go_and_never_to_another_site(
    client: Client, cast: Cast, entra: Authority
) -> None:
    open_house(cast)
    entra.people["Nora"] = colleague(1, "nora@fieldhouse.example")
    assert come_by(client, entra, "Nora", next="/projects?late=1")["Location"] == "/projects?late=1"
    assert come_by(Client(), entra, "Nora", next="https://evil.example/")["Location"] == "/dashboard"


def test_what_is_asked_has_state_nonce_and_proof_of_the_browser(client: Client, cast: Cast, entra: Authority) -> None:
    open_house(cast)
    entra.people["Nora"] = colleague(1, "nora@fieldhouse.example")
    for browser in (client, Client()):
        come_by(browser, entra, "Nora")
    first, second = entra.asked
    assert first["redirect_uri"] == "http://localhost:8000/sign-in/entra/callback"
    assert (first["response_type"], set(first["scope"].split())) == ("code", {"openid", "profile", "email"})
    assert first["code_challenge_method"] == "S256"
    differing = ("state", "nonce", "code_challenge")
    assert [first[name] == second[name] for name in differing] == [False] * 3
    assert all(len(first[name]) >= 16 for name in differing)


def test_a_link_of_somebody_else_signs_nobody_in(client: Client, cast: Cast, entra: Authority) -> None:
    open_house(cast)
    entra.people["Eve"] = colleague(9, "eve@fieldhouse.example")
    assert client.get("/sign-in/entra")["Location"] == "/sign-in"
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/entra").status_code == 403
    eves = entra.answer(onward(Client(), "entra"), "Eve").partition("/sign-in/")[2]
    nothing_came_of(client.get(f"/sign-in/{eves}"), client, "begun in another browser")


def test_an_answer_counts_once(client: Client, cast: Cast, entra: Authority) -> None:
    open_house(cast)
    entra.people["Nora"] = colleague(1, "nora@fieldhouse.example")
    back = "/sign-in/" + entra.answer(onward(client), "Nora").partition("/sign-in/")[2]
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403
    assert Client().get(back).status_code == 403


def test_an_account_of_another_tenant_is_refused_though_signed_by_the_same_keys(
    client: Client, cast: Cast, entra: Authority
) -> None:
    open_house(cast)
    entra.people["Eve"] = colleague(9, "eve@fieldhouse.example", tid=OTHER_TENANT)
    nothing_came_of(come_by(client, entra, "Eve"), client, "an account of another organisation at Microsoft")
    entra.people["Eve"] |= {"tid": TENANT, "iss": f"{entra.address}/{OTHER_TENANT}/v2.0"}
    nothing_came_of(come_by(client, entra, "Eve"), client, "could not be believed")


@pytest.mark.parametrize("more", [{}, {"email_verified": True}, {"email_verified": "true"}, {"xms_edov": True}])
def test_the_address_of_an_admin_opens_nothing_of_theirs(
    client: Client, cast: Cast, entra: Authority, more: dict[str, object]
) -> None:
    open_house(cast)
    entra.people["Eve"] = colleague(9, cast.ada.email, **more)
    nothing_came_of(come_by(client, entra, "Eve"), client, UNKNOWN % "Microsoft")
    assert Event.objects.get().data == {"provider": "entra", "email": cast.ada.email, "reason": "not_invited"}


@pytest.mark.parametrize("verified", [True, False, None])
def test_nor_at_another_provider_verified_or_not(
    client: Client, cast: Cast, oidc: Authority, verified: bool | None
) -> None:
    open_house(cast)
    oidc.people["Eve"] = {"sub": "9", "email": cast.ada.email, "email_verified": verified}
    nothing_came_of(come_by(client, oidc, "Eve", "oidc"), client, UNKNOWN % "Keyring")


@pytest.mark.parametrize(
    "claims",
    [
        {"acct": 1},
        {"idp": "live.com"},
        {"idp": f"https://sts.windows.net/{OTHER_TENANT}/"},
        {"xms_edov": False},
        {"xms_edov": "0"},
        {"email": "nora@evil.example", "preferred_username": "nora@evil.example"},
    ],
)
def test_guests_of_the_tenant_and_foreign_addresses_do_not_join(
    client: Client, cast: Cast, entra: Authority, claims: dict[str, object]
) -> None:
    open_house(cast)
    invite(cast, "nora@evil.example")
    invite(cast, "nora@fieldhouse.example")
    entra.people["Nora"] = colleague(1, "nora@fieldhouse.example") | claims
    nothing_came_of(come_by(client, entra, "Nora"), client, UNKNOWN % "Microsoft")


def test_who_is_not_of_the_domain_and_not_invited_reads_what_to_do(client: Client, cast: Cast, oidc: Authority) -> None:
    open_house(cast)
    oidc.people["Zoe"] = {"sub": "7", "email": "zoe@nowhere.example", "email_verified": True}
    answer = come_by(client, oidc, "Zoe", "oidc")
    nothing_came_of(answer, client, UNKNOWN % "Keyring")
    assert "Ask an admin of your studio for an invitation" in answer.content.decode()


def test_an_address_that_the_provider_does_not_answer_for_is_none(client: Client, cast: Cast, oidc: Authority) -> None:
    open_house(cast)
    invite(cast, "nora@fieldhouse.example")
    for verified in ({}, {"email_verified": False}, {"email_verified": "false"}, {"email_verified": 1.5}):
        oidc.people["Nora"] = {"sub": "1", "email": "nora@fieldhouse.example", **verified}
        nothing_came_of(come_by(Client(), oidc, "Nora", "oidc"), client, UNKNOWN % "Keyring")


def test_an_invitation_is_accepted_by_coming(client: Client, cast: Cast, oidc: Authority) -> None:
    asked = invite(cast, "zoe@nowhere.example", "producer")
    oidc.people["Zoe"] = {"sub": "7", "email": "zoe@nowhere.example", "email_verified": True, "name": "Zoe Guest"}
    assert come_by(client, oidc, "Zoe", "oidc")["Location"] == "/dashboard"
    zoe = User.objects.get(email="zoe@nowhere.example")
    assert [(m.role, m.organization) for m in zoe.memberships.all()] == [("producer", cast.organization)]
    asked.refresh_from_db()
    assert (asked.accepted_by, asked.is_open) == (zoe, False)
    assert verbs() == ["member.added", "invitation.accepted", "person.identity_linked", "person.signed_in"]


def test_an_invitation_that_has_run_out_or_was_revoked_opens_nothing(
    client: Client, cast: Cast, oidc: Authority
) -> None:
    old, revoked = invite(cast, "zoe@nowhere.example"), invite(cast, "kim@nowhere.example")
    Invitation.objects.filter(pk=old.pk).update(expires_at=now() - timedelta(seconds=1))
    Invitation.objects.filter(pk=revoked.pk).update(revoked_at=now())
    for name in ("zoe", "kim"):
        oidc.people[name] = {"sub": name, "email": f"{name}@nowhere.example", "email_verified": True}
        nothing_came_of(come_by(Client(), oidc, name, "oidc"), client, UNKNOWN % "Keyring")


def test_groups_are_roles_and_teams_and_follow_the_directory(client: Client, cast: Cast, entra: Authority) -> None:
    team = str(cast.kolibri.pk)
    rules = [
        {"group": "clients", "role": "client_viewer", "teams": [team]},
        {"group": "producers", "role": "producer", "teams": []},
    ]
    open_house(cast, sso_rules=rules)
    seen = []
    for groups in (["x", "clients"], ["producers", "clients"], ["producers"], [], ["CLIENTS"]):
        entra.people["Nora"] = colleague(1, "nora@fieldhouse.example", groups=groups)
        assert come_by(Client(), entra, "Nora").status_code == 302
        member = Membership.objects.get(user__email="nora@fieldhouse.example")
        seen.append((member.role, [str(one.pk) for one in member.client_teams.all()]))
    assert seen == [
        ("client_viewer", [team]),
        ("client_viewer", [team]),
        ("producer", []),
        ("maker", []),
        ("client_viewer", [team]),
    ]
    changed = Event.objects.filter(verb="member.changed")
    assert {(one.actor_label, one.data["by"]) for one in changed} == {("single sign-on", "group")}
    assert changed.count() == 3


def test_too_many_groups_to_be_told_change_nothing_and_are_written_down_once(
    client: Client, cast: Cast, entra: Authority
) -> None:
    open_house(cast, sso_rules=[{"group": "producers", "role": "producer", "teams": []}])
    entra.people["Nora"] = colleague(1, "nora@fieldhouse.example", groups=["producers"])
    come_by(Client(), entra, "Nora")
    overage = {"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://graph.example"}}}
    for more in (overage, {"hasgroups": True}):
        entra.people["Nora"] = colleague(1, "nora@fieldhouse.example", **more)
        assert come_by(Client(), entra, "Nora").status_code == 302
    assert Membership.objects.get(user__email="nora@fieldhouse.example").role == "producer"
    kept = Event.objects.get(verb="member.changed")
    assert (kept.changes, "too many" in kept.data["kept"]) == ({}, True)


def test_closed_access_stays_closed_in_words(client: Client, cast: Cast, entra: Authority) -> None:
    open_house(cast)
    entra.people["Nora"] = colleague(1, "nora@fieldhouse.example")
    come_by(Client(), entra, "Nora")
    Membership.objects.filter(user__email="nora@fieldhouse.example").update(is_active=False)
    answer = come_by(client, entra, "Nora")
    assert (answer.status_code, "Your access here was closed." in answer.content.decode()) == (403, True)
    Membership.objects.filter(user__email="nora@fieldhouse.example").update(is_active=True)
    User.objects.filter(email="nora@fieldhouse.example").update(is_active=False)
    assert come_by(client, entra, "Nora").status_code == 403
    assert "_auth_user_id" not in client.session


def test_a_change_of_mind_there_is_a_page_here(client: Client, cast: Cast, entra: Authority) -> None:
    nothing_came_of(come_by(client, entra, "nobody"), client, "Microsoft did not sign you in. Nothing was changed.")


def test_what_is_not_set_up_is_not_there(client: Client, cast: Cast, oidc: Authority) -> None:
    for address in ("/sign-in/entra", "/sign-in/entra/callback", "/sign-in/another", "/sign-in/oidc/other"):
        assert client.get(address).status_code == 404
    theirs = ("", "login/", "signup/", "email/", "social/connections/", "social/signup/", "oidc/oidc/login/")
    for address in (f"/{start}{end}" for start in ("", "accounts/") for end in theirs if start or end):
        assert client.get(address).status_code == 404, address


def test_who_signs_in_as_another_is_that_other_and_keeps_nothing(client: Client, cast: Cast, entra: Authority) -> None:
    open_house(cast)
    entra.people["Nora"] = colleague(1, "nora@fieldhouse.example")
    client.force_login(cast.ada, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/dashboard")
    session = client.session.session_key
    assert come_by(client, entra, "Nora")["Location"] == "/dashboard"
    assert client.session.session_key != session
    assert client.session["_auth_user_id"] == str(User.objects.get(email="nora@fieldhouse.example").pk)


def test_the_sign_in_page_has_a_button_for_each(client: Client, cast: Cast, oidc: Authority) -> None:
    page = client.get("/sign-in").content.decode()
    assert "Sign in with Keyring" in page
    assert "Sign in with Microsoft" not in page
    assert "Sign in with a password instead" not in page


def test_a_house_without_passwords_folds_the_form_away(client: Client, cast: Cast, oidc: Authority) -> None:
    cast.elsewhere.delete()
    cast.organization.only_sso = True
    cast.organization.save()
    page = client.get("/sign-in").content.decode()
    assert "Sign in with a password instead" in page
    assert "<h1>Sign in to Fieldhouse</h1>" in page
