"""A mail server on this machine, for tests: it keeps what it takes, and can be told to refuse."""

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

MAX_WAIT = 2


@dataclass
class MailServer:
    """`says["rcpt"]` is what it answers to an address, `says["data"]` to a letter; nothing is: it takes it."""

    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    port: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if "rcpt" in self.says:
            return self.says["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if "data" in self.says:
            return self.says["data"]
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return "250 OK"

    def text(self, number: int = -1) -> str:
        body = self.letters[number].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def link(self, number: int = -1) -> str:
        """The address that a letter asks to open, as a path of the site."""
        return "/" + re.findall(r"https?://[^/\s]+/(\S+)", self.text(number))[0]


@pytest.fixture
def no_mail(settings: Any) -> None:
    """As where no mail server is set."""
    settings.EMAIL_HOST = ""


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A running one, which the settings name."""
    server = MailServer()
    controller = listening(server)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = MAX_WAIT
    yield server
    controller.stop()


def listening(server: MailServer, password: str = "") -> Controller:
    """The server at a free port; with a password, for nobody who does not know it."""
    server.port = free_port()

    def knows(_: object, __: object, ___: object, mechanism: str, said: object) -> AuthResult:
        return AuthResult(success=isinstance(said, LoginPassword) and said.password == password.encode(), handled=False)

    asks = {"authenticator": knows, "auth_required": True, "auth_require_tls": False} if password else {}
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **asks)
    controller.start()
    return controller


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
