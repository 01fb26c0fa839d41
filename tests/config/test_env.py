import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import (
    cookie_prefix,
    database_from_url,
    env_bool,
    env_int,
    env_secret,
    hosts_from_env,
    mail_sender_from_env,
    mail_server_from_env,
    proxies_from_env,
)


def test_a_database_is_read_from_its_address():
    found = database_from_url("postgresql://so:p%40ss@db:5433/signoff?sslmode=require&schema=public")
    assert {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "signoff",
        "USER": "so",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": "5433",
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5, "sslmode": "require"},
    }
    assert database_from_url("postgresql://signoff@/signoff?host=/data/run")["HOST"] == "/data/run"


def test_behind_a_pooler_no_plans_are_kept():
    assert database_from_url("postgresql://db/signoff?prepare_threshold=0")["OPTIONS"]["prepare_threshold"] is None


@pytest.mark.parametrize("url", ["mysql://db/signoff", "signoff", "postgresql://db/x?prepare_threshold=many"])
def test_an_address_that_cannot_be_is_refused_in_words(url):
    with pytest.raises(ImproperlyConfigured):
        database_from_url(url)


def test_the_environment_is_read_by_type(monkeypatch, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("from a file\n")
    for name, value in {"A": "7", "B": "Yes", "C": "", "D_FILE": str(secret), "E": "seven"}.items():
        monkeypatch.setenv(name, value)
    assert (env_int("A", 1), env_int("C", 1), env_bool("B", False), env_secret("D")) == (7, 1, True, "from a file")
    for read in (lambda: env_int("E", 1), lambda: env_bool("E", True)):
        with pytest.raises(ImproperlyConfigured):
            read()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, ("", 587, True, False)),
        ({"HOST": " mail.x.example "}, ("mail.x.example", 587, True, False)),
        ({"HOST": "m", "SECURITY": "TLS"}, ("m", 465, False, True)),
        ({"HOST": "m", "SECURITY": "none"}, ("m", 25, False, False)),
        ({"HOST": "m", "SECURITY": "none", "PORT": "2525"}, ("m", 2525, False, False)),
    ],
)
def test_the_mail_server_is_named_by_the_environment(monkeypatch, said, found):
    for name in ("HOST", "PORT", "SECURITY"):
        monkeypatch.delenv(f"SIGNOFF_SMTP_{name}", raising=False)
    for name, value in said.items():
        monkeypatch.setenv(f"SIGNOFF_SMTP_{name}", value)
    assert mail_server_from_env() == found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGNOFF_SMTP_SECURITY", "ssl"),
        ("SIGNOFF_MAIL_FROM", "Studio <a@x.example>"),
        ("SIGNOFF_MAIL_FROM", "nobody"),
        ("SIGNOFF_MAIL_FROM", "a@x.example\nBcc: b@x.example"),
    ],
)
def test_mail_settings_that_cannot_be_stop_the_start(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        mail_server_from_env()
        mail_sender_from_env()


OURS = ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize(
    ("asked", "url", "host", "hosts"),
    [
        ("", "http://localhost:8000", "127.0.0.1", OURS),
        ("", "https://tracker.example.com/x", "0.0.0.0", ["tracker.example.com", *OURS]),
        ("", "http://localhost:8000", "192.168.1.20", [*OURS, "192.168.1.20"]),
        ("", "http://localhost:8000", "fd00::7", [*OURS, "[fd00::7]"]),
        ("a.example, .b.example", "http://localhost", "::", ["a.example", ".b.example", *OURS]),
    ],
)
def test_names_to_answer_under_are_ours_and_what_was_named(monkeypatch, asked, url, host, hosts):
    monkeypatch.setenv("SIGNOFF_ALLOWED_HOSTS", asked)
    assert hosts_from_env(url, host) == hosts


def test_nobodys_word_is_believed_unless_a_proxy_is_named(monkeypatch):
    monkeypatch.delenv("SIGNOFF_TRUSTED_PROXIES", raising=False)
    assert proxies_from_env() == ()
    monkeypatch.setenv("SIGNOFF_TRUSTED_PROXIES", "10.0.0.0/8")
    assert proxies_from_env() == ("10.0.0.0/8",)
    monkeypatch.setenv("SIGNOFF_TRUSTED_PROXIES", "the proxy")
    with pytest.raises(ImproperlyConfigured, match="SIGNOFF_TRUSTED_PROXIES must be a number"):
        proxies_from_env()


def test_cookies_are_bound_to_the_host_where_browsers_can_do_that():
    assert [cookie_prefix(False, ""), cookie_prefix(True, "/x"), cookie_prefix(True, "")] == [
        "",
        "__Secure-",
        "__Host-",
    ]
