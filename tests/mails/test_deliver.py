"""Letters and a real mail server, which takes them or says why not."""

import socket
from typing import Any

import pytest

from signoff import mails
from signoff.mails import Letter, MailDelayed, MailFailed, deliver
from tests.mail_server import MailServer, listening

LETTER = Letter("Hello", "Hello Zoë", ("Come in.",))


def outcome() -> tuple[str, str]:
    try:
        deliver(LETTER, "zoe@x.example")
    except MailFailed as failure:
        return type(failure).__name__, failure.message
    return "taken", ""


def test_a_letter_arrives(mail_server: MailServer) -> None:
    assert outcome() == ("taken", "")
    assert mail_server.envelopes == [("signoff@localhost", ["zoe@x.example"])]
    assert mail_server.text().splitlines()[:3] == ["Hello Zoë", "", "Come in."]


@pytest.mark.parametrize(
    ("what", "says", "found"),
    [
        (
            "rcpt",
            "550 5.1.1 No such user",
            ("MailFailed", "The mail server refuses this address: 550 5.1.1 No such user"),
        ),
        ("rcpt", "450 Come again", ("MailDelayed", "The mail server refuses this address: 450 Come again")),
        ("data", "554 Looks like spam", ("MailFailed", "The mail server refuses: 554 Looks like spam")),
        ("data", "451 Disk is full", ("MailDelayed", "The mail server refuses: 451 Disk is full")),
    ],
)
def test_what_the_server_says_decides_whether_another_try_may_help(
    mail_server: MailServer, what: str, says: str, found: tuple[str, str]
) -> None:
    mail_server.says[what] = says
    assert outcome() == found
    assert mail_server.letters == []


def test_a_server_that_is_not_there_is_asked_again(mail_server: MailServer, settings: Any) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # and does not listen
        settings.EMAIL_PORT = deaf.getsockname()[1]
        assert outcome() == ("MailDelayed", "The mail server cannot be reached: Connection refused")


def test_a_server_that_never_answers_is_left_in_time(mail_server: MailServer, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 1
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_PORT = silent.getsockname()[1]
        assert outcome() == ("MailDelayed", "The mail server did not answer, or ended the connection.")


def test_a_server_without_tls_gets_no_password(mail_server: MailServer, settings: Any) -> None:
    settings.EMAIL_USE_TLS = True
    assert outcome() == (
        "MailFailed",
        "The mail server cannot do that: STARTTLS extension not supported by server.",
    )


def test_a_port_that_speaks_no_tls_is_said_so(mail_server: MailServer, settings: Any) -> None:
    settings.EMAIL_USE_SSL = True
    kind, words = outcome()
    assert (kind, words) == ("MailFailed", "The mail server does not speak TLS like this: check SIGNOFF_SMTP_SECURITY.")


@pytest.mark.parametrize(("password", "taken"), [("right", "taken"), ("wrong", "MailFailed")])
def test_name_and_password_are_given(mail_server: MailServer, settings: Any, password: str, taken: str) -> None:
    asking = MailServer()
    controller = listening(asking, password="right")
    settings.EMAIL_PORT, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = asking.port, "signoff", password
    try:
        words = "" if taken == "taken" else "The mail server does not take the name and password it is given."
        assert (outcome(), len(asking.letters)) == ((taken, words), int(taken == "taken"))
    finally:
        controller.stop()


def test_without_a_server_there_is_no_mail(no_mail: None) -> None:
    assert not mails.is_configured()
    assert outcome() == ("MailFailed", "No mail server is set. SIGNOFF_SMTP_HOST names one.")
    assert issubclass(MailDelayed, MailFailed)
