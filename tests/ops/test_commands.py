from argparse import ArgumentParser
from dataclasses import replace

import pytest

from signoff.accounts.actors import actor_of_key
from signoff.accounts.models import ApiKey, Membership, Role, User
from signoff.accounts.providers import Provider
from signoff.audit.models import Event
from signoff.core.condition import pending_migrations
from signoff.core.errors import Invalid
from signoff.ops.command import COMMANDS, main
from signoff.ops.commands import (
    admin_create,
    admin_reset_factors,
    demo,
    doctor,
    export_file,
    import_file,
    key_issue,
    passwords_open,
)
from signoff.ops.ports import PortInUse, refuse_busy_port
from signoff.ops.secret import kept_secret
from signoff.sheets.errors import ImportHasErrors
from tests import factories
from tests.cast import Cast
from tests.factors import app_of


@pytest.fixture
def signoff(capsys):
    """Run a command in this process, on the test's database; its exit code and what it printed."""

    def run(module, *words):
        parser = ArgumentParser()
        module.add_arguments(parser)
        return module.run(parser.parse_args(words)), capsys.readouterr().out

    return run


def test_the_first_admin_gets_an_organization_and_a_password_to_change(db, signoff):
    code, said = signoff(admin_create, "--email", "ada@house.example", "--name", "Ada", "--organization", "House")

    ada = User.objects.get()
    password = said.split("Password: ")[1].split()[0]
    assert code == 0
    assert (ada.email, ada.must_change_password, ada.check_password(password)) == ("ada@house.example", True, True)
    assert Membership.objects.values_list("organization__name", "role").get() == ("House", Role.ADMIN)
    assert {event.verb for event in Event.objects.all()} == {"organization.added", "member.added"}


def test_admin_password_is_taken_and_not_printed(db, signoff, settings):
    settings.ADMIN_PASSWORD = "correct horse battery"
    code, said = signoff(admin_create, "--email", "ada@house.example", "--name", "Ada")

    assert code == 0
    assert settings.ADMIN_PASSWORD not in said
    assert User.objects.get().check_password(settings.ADMIN_PASSWORD)


def test_admin_email_is_taken_when_no_other_is_said(db, signoff, settings):
    settings.ADMIN_EMAIL = "ada@house.example"
    code, said = signoff(admin_create, "--name", "Ada")

    password = said.split("Password: ")[1].split()[0]
    ada = User.objects.get()
    assert (code, ada.email, ada.check_password(password), len(password) >= 16) == (0, "ada@house.example", True, True)
    assert signoff(admin_create, "--name", "Bea", "--email", "bea@house.example")[0] == 0
    assert Membership.objects.filter(role=Role.ADMIN).count() == 2


def test_without_any_address_the_words_are_refused(db, signoff, settings):
    settings.ADMIN_EMAIL = ""
    with pytest.raises(SystemExit) as left:
        signoff(admin_create, "--name", "Ada")

    assert left.value.code == 2


def test_each_admin_without_a_given_password_gets_another_one(db, signoff, settings):
    settings.ADMIN_PASSWORD = ""
    said = [signoff(admin_create, "--name", "A", "--email", f"{name}@house.example")[1] for name in ("a", "b")]

    assert len({words.split("Password: ")[1].split()[0] for words in said}) == 2


def test_the_doctor_knocks_at_the_mail_server(db, mail_server, settings):
    assert doctor._mail() == (True, f"mail goes through 127.0.0.1, port {mail_server.port}")
    settings.EMAIL_USE_TLS = True
    assert doctor._mail()[0] is False
    settings.EMAIL_HOST = ""
    assert doctor._mail()[0] is True


def test_somebody_who_is_there_becomes_an_admin_and_keeps_the_password(cast, signoff):
    before = cast.pat.password
    signoff(admin_create, "--email", cast.pat.email.upper(), "--name", "x", "--organization", "Fieldhouse")

    assert cast.actor("pat").role == Role.ADMIN
    assert User.objects.get(pk=cast.pat.pk).password == before


def test_a_key_is_all_that_is_printed_and_it_works(db, signoff):
    house = factories.organization("House")
    code, said = signoff(key_issue, "--name", "Nightly", "--scopes", "read, export")

    actor = actor_of_key(said.strip())
    assert code == 0
    assert said == said.strip() + "\n"
    assert (actor.organization_id, actor.label, actor.scopes) == (house.pk, "Nightly", {"read", "export"})


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (
            ["--scopes", "read,boo", "--organization", "Fieldhouse"],
            "There is no scope “boo”. Scopes are: read, write, approve, import, export.\n",
        ),
        (
            ["--scopes", ",", "--organization", "Fieldhouse"],
            "Choose what the key may do. Scopes are: read, write, approve, import, export.\n",
        ),
        (["--scopes", "read"], "Say which organisation with --organization; there are: Elsewhere, Fieldhouse.\n"),
        (
            ["--scopes", "read", "--organization", "Nowhere"],
            "Say which organisation with --organization; there are: Elsewhere, Fieldhouse.\n",
        ),
    ],
)
def test_a_key_is_refused_in_words(cast, capsys, words, refusal):
    assert main(["key", "issue", "--name", "N", *words]) == 1
    assert capsys.readouterr().err == refusal
    assert ApiKey.objects.count() == 0


def test_an_unknown_word_is_named(capsys):
    with pytest.raises(SystemExit) as left:
        main(["frobnicate"])

    assert left.value.code == 2
    assert "there is no command 'frobnicate'" in capsys.readouterr().err


def test_help_names_every_command(capsys):
    assert main([]) == 2
    said = capsys.readouterr().out
    assert [name for name in COMMANDS if f"  {name} " not in said] == []


def test_the_doctor_finds_what_is_missing(db, signoff, settings, tmp_path):
    settings.STATIC_DIR = tmp_path
    settings.SECRET_KEY = "insecure"
    code, said = signoff(doctor)

    assert code == 1
    assert [line for line in said.splitlines() if line.startswith("FAIL")] == [
        "FAIL  no worker runs: start `signoff up`, or `signoff worker`",
        "FAIL  there is no secret key: set AUTH_SECRET, or let `signoff up` make one",
        "FAIL  the pages' assets are not built: make assets",
    ]


def test_the_doctor_sees_a_house_that_nobody_could_enter(db, signoff, settings):
    house = factories.organization("House", only_sso=True)
    shut = "FAIL  House takes single sign-on only, and has none: run `signoff passwords open`"
    assert shut in signoff(doctor)[1]
    keyring = Provider("oidc", "Keyring", "https://keyring.example", "id", "secret", organization="hous")
    settings.SSO_PROVIDERS, settings.PUBLIC_URL = (keyring,), "https://tracker.example.com"
    assert shut in signoff(doctor)[1]

    assert signoff(passwords_open)[1].startswith("House takes passwords again.")
    house.refresh_from_db()
    event = Event.objects.get()
    assert (house.only_sso, event.changes, event.actor_kind) == (False, {"only_sso": [True, False]}, "system")
    assert signoff(passwords_open) == (0, "House takes passwords already.\n")
    assert "single sign-on with Keyring is for 'hous', which is no slug here" in signoff(doctor)[1]
    settings.SSO_PROVIDERS = (replace(keyring, organization="house"),)
    assert "ok    single sign-on: Keyring" in signoff(doctor)[1]
    settings.SSO_PROVIDERS = (replace(keyring, client_id=""),)
    assert "FAIL  single sign-on: Single sign-on with Keyring needs OIDC_CLIENT_ID." in signoff(doctor)[1]


def test_nothing_is_pending_in_a_migrated_database(db):
    assert pending_migrations() == []


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path):
    file = tmp_path / "secret_key"
    first = kept_secret(file)

    assert kept_secret(file) == first
    assert len(first) >= 48
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_port_that_nobody_may_have_is_refused():
    with pytest.raises(PortInUse, match="Set PORT to a free one"):
        refuse_busy_port("203.0.113.9", 8000)


def test_import_shows_what_it_would_do_and_commits_only_when_told(first_light, signoff, tmp_path):
    file = tmp_path / "jobs.csv"
    file.write_text("Job,Deliverable\n20418,Film\n")

    assert signoff(import_file, str(file), "--organization", "Fieldhouse") == (
        0, "1 created, 0 changed, 0 unchanged, 0 error\nNothing was written. Add --commit to apply it.\n"
    )  # fmt: skip
    assert first_light.deliverables.count() == 0
    code, said = signoff(import_file, str(file), "--commit", "--organization", "Fieldhouse")
    assert (code, said.splitlines()[-1], first_light.deliverables.count()) == (0, "Applied.", 1)


def test_import_says_which_cell_is_wrong(first_light, signoff, tmp_path):
    file = tmp_path / "jobs.csv"
    file.write_text("Job,Deliverable,Priority\n20418,Film,??\n20418,Loop,high\n")

    assert signoff(import_file, str(file), "--organization", "Fieldhouse")[0] == 1
    with pytest.raises(ImportHasErrors):
        signoff(import_file, str(file), "--commit", "--organization", "Fieldhouse")
    assert first_light.deliverables.count() == 0
    assert signoff(import_file, str(file), "--commit", "--skip-errors", "--organization", "Fieldhouse")[0] == 0
    assert list(first_light.deliverables.values_list("name", flat=True)) == ["Loop"]


def test_export_writes_a_workbook_that_imports_without_a_difference(key_visual, signoff, tmp_path):
    file = tmp_path / "out.xlsx"
    assert signoff(export_file, str(file), "--organization", "Fieldhouse")[0] == 0
    code, said = signoff(import_file, str(file), "--organization", "Fieldhouse")
    assert (code, said.splitlines()[0]) == (0, "0 created, 0 changed, 1 unchanged, 0 error")
    with pytest.raises(Invalid):
        signoff(import_file, str(tmp_path / "nothing.xlsx"), "--organization", "Fieldhouse")


def test_the_start_names_one_person_of_each_role_and_not_the_whole_studio():
    assert [person["email"].split("@")[0] for person in demo.sign_ins()] == [
        *("ida", "tomas", "mei", "helen", "sofie", "anders", "new.colleague", "sam"),
    ]


def test_the_last_admin_who_lost_the_phone_gets_in_with_the_password_again(cast: Cast, signoff):
    app_of(cast.ada)
    code, said = signoff(admin_reset_factors, "--email", cast.ada.email.upper())
    assert (code, "has no second factor any more" in said) == (0, True)
    assert not cast.ada.authenticator_set.exists()
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.actor_kind) == (
        "person.second_factor_removed",
        cast.ada.pk,
        "system",
    )
    assert signoff(admin_reset_factors, "--email", cast.ada.email)[1] == f"{cast.ada.email} had no second factor.\n"
    with pytest.raises(Invalid):
        signoff(admin_reset_factors, "--email", "nobody@nowhere.example")
