"""A provider of OpenID Connect on this machine, ours to tell what to say: the truth, or one of the known lies.

It answers discovery, the authorization page, tokens and keys as the standard has it, below any path, so that one
server stands for each tenant of a Microsoft; and it insists on PKCE, the secret and the redirect URI.
"""

import base64
import hashlib
import hmac
import html
import json
import re
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.http import HttpResponseBase
from django.test import Client

from signoff.accounts.providers import Provider

TENANT, OTHER_TENANT = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
CLIENT_ID, SECRET = "signoff-of-the-tests", "a secret between the two of us"
KEY, STRANGE_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
PUBLIC = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass
class Lie:
    """What the next tokens say or are, other than the truth."""

    claims: dict[str, Any] = field(default_factory=dict)
    without: Sequence[str] = ()
    signing: str = "RS256"  # or none, unsigned, secret, public key, strange key, strange kid
    issuer: str = ""  # what discovery says it is
    is_silent: bool = False  # no token at all


class Authority:
    """The provider. `people` are claims by the name that its page shows; `asked` are the answered authorizations."""

    def __init__(self) -> None:
        self.people: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, str]] = []
        self.lie = Lie()
        self._codes: dict[str, tuple[str, dict[str, str]]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        self.people, self.asked, self.lie, self._codes = {}, [], Lie(), {}

    def answer(self, address: str, person: str) -> str:
        """What a browser would do here: choose the person, and be sent back. The address it is sent to."""
        response = requests.get(f"{address}&{urlencode({'person': person})}", allow_redirects=False, timeout=5)
        return response.headers["Location"]

    def discovery(self, issuer: str) -> dict[str, Any]:
        return {
            "issuer": self.lie.issuer or issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
        }

    def page(self, asked: dict[str, str]) -> str:
        """Who do you want to be?"""
        links = [
            f'<a href="?{html.escape(urlencode({**asked, "person": name}))}">{html.escape(name)}</a>'
            for name in self.people
        ]
        return f"<!doctype html><title>Provider</title><h1>Who are you?</h1>{' '.join(links)}"

    def way_back(self, asked: dict[str, str]) -> str:
        person = asked.pop("person")
        if person == "nobody":
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        self.asked.append(asked)
        code = secrets.token_urlsafe(8)
        self._codes[code] = (person, asked)
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, issuer: str, sent: dict[str, str]) -> dict[str, Any] | None:
        """None when anything of what was sent is not what was asked with."""
        person, asked = self._codes.pop(sent.get("code", ""), ("", {}))
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        wanted = (CLIENT_ID, SECRET, asked.get("redirect_uri"), asked.get("code_challenge"))
        given = (sent.get("client_id"), sent.get("client_secret"), sent.get("redirect_uri"))
        if wanted != (*given, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()) or self.lie.is_silent:
            return None
        token = self._signed(self._claims(issuer, person, asked))
        return {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "expires_in": 300, "id_token": token}

    def _claims(self, issuer: str, person: str, asked: dict[str, str]) -> dict[str, Any]:
        now = int(time.time())
        truth = {"iss": issuer, "aud": asked["client_id"], "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        told = {**truth, **self.people[person], **self.lie.claims}
        return {name: value for name, value in told.items() if name not in self.lie.without}

    def _signed(self, claims: dict[str, Any]) -> str:
        how = self.lie.signing
        if how in ("none", "unsigned"):
            whole = jwt.encode(claims, "", algorithm="none", headers={"kid": "one"})
            head = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "one"})
            return whole if how == "none" else head.rpartition(".")[0] + "."
        if how in ("secret", "public key"):
            return _hmac(claims, SECRET.encode() if how == "secret" else PUBLIC)
        key = STRANGE_KEY if how.startswith("strange") else KEY
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "two" if how == "strange kid" else "one"})


def jwks() -> dict[str, Any]:
    key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
    return {"keys": [{**key, "kid": "one", "use": "sig", "alg": "RS256"}]}


def _hmac(claims: dict[str, Any], key: bytes) -> str:
    """By hand: PyJWT will not sign with a public key, which is what an attacker would do."""
    parts = [json.dumps({"alg": "HS256", "typ": "JWT", "kid": "one"}), json.dumps(claims)]
    signed = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in parts)
    stamp = base64.urlsafe_b64encode(hmac.new(key, signed, "sha256").digest()).rstrip(b"=")
    return b".".join([signed, stamp]).decode()


def _handler(authority: Authority) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = dict(parse_qsl(parts.query))
            if parts.path.endswith("/.well-known/openid-configuration"):
                issuer = authority.address + parts.path.removesuffix("/.well-known/openid-configuration")
                return self.say(authority.discovery(issuer))
            if parts.path.endswith("/keys"):
                return self.say(jwks())
            if "person" in asked:
                self.send_response(302)
                self.send_header("Location", authority.way_back(asked))
                self.end_headers()
                return None
            return self.say(authority.page(asked), "text/html")

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            issuer = authority.address + urlsplit(self.path).path.removesuffix("/token")
            answer = authority.token(issuer, {name: values[0] for name, values in sent.items()})
            self.say(answer or {"error": "invalid_grant"}, status=200 if answer else 400)

        def say(self, what: object, kind: str = "application/json", status: int = 200) -> None:
            body = (what if isinstance(what, str) else json.dumps(what)).encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture(scope="session")
def _authority() -> Iterator[Authority]:
    made = Authority()
    yield made
    made.close()


@pytest.fixture
def authority(_authority: Authority) -> Authority:
    """The provider, with nobody in it and no lies."""
    _authority.forget()
    return _authority


@pytest.fixture
def entra(authority: Authority, settings: Any) -> Authority:
    """It is Microsoft, and Signoff is set up for one tenant of it."""
    settings.SSO_PROVIDERS = (entra_at(authority),)
    return authority


@pytest.fixture
def oidc(authority: Authority, settings: Any) -> Authority:
    """It is any other provider, called Keyring."""
    settings.SSO_PROVIDERS = (oidc_at(authority),)
    return authority


def entra_at(authority: Authority, **values: Any) -> Provider:
    address = f"{authority.address}/{TENANT}/v2.0"
    return Provider("entra", "Microsoft", address, CLIENT_ID, SECRET, **{"tenant": TENANT, **values})


def oidc_at(authority: Authority, **values: Any) -> Provider:
    return Provider("oidc", "Keyring", f"{authority.address}/realm", CLIENT_ID, SECRET, **values)


def colleague(number: int, email: str, name: str = "", **claims: Any) -> dict[str, Any]:
    """The claims of somebody of the tenant, as Microsoft writes them."""
    person = f"00000000-0000-4000-8000-{number:012}"
    known = {"sub": f"pairwise-{number}", "oid": person, "tid": TENANT, "email": email, "preferred_username": email}
    return {**known, "name": name, **claims}


def onward(client: Client, key: str = "entra", address: str = "", **sent: str) -> str:
    """Begin at the button; where the page sends the browser."""
    page = client.post(address or f"/sign-in/{key}", sent).content.decode()
    found = re.search(r'content="0;url=([^"]+)"', page)
    assert found, page
    return html.unescape(found[1])


def come_by(
    client: Client, authority: Authority, person: str, key: str = "entra", address: str = "", **sent: str
) -> HttpResponseBase:
    """The whole way: the button, the provider, and back."""
    back = urlsplit(authority.answer(onward(client, key, address, **sent), person))
    return client.get(f"{back.path}?{back.query}")
