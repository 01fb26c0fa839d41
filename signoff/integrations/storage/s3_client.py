"""boto3's client as we want it: bounded, sigv4, path style, and signing the same address twice."""

from base64 import b64encode
from datetime import UTC, datetime
from hashlib import md5
from typing import Any

import boto3
from botocore.auth import AUTH_TYPE_MAPS, SIGV4_TIMESTAMP, S3SigV4QueryAuth
from botocore.config import Config

STEADY = "signoff-steady-s3v4-query"  # botocore asks for addresses by names that end so
PLAIN_CONFIG = {
    "signature_version": "s3v4",
    "s3": {"addressing_style": "path"},  # the one that every S3-compatible knows
    "connect_timeout": 3,
    "retries": {"mode": "standard", "total_max_attempts": 3},
    "max_pool_connections": 32,
    "request_checksum_calculation": "when_required",  # else boto3 sends trailers that many S3-compatibles refuse
    "response_checksum_validation": "when_required",
}


class SteadyQueryAuth(S3SigV4QueryAuth):  # type: ignore[misc]
    """Signs as of the last full half of an address's life.

    So it stays the same string for that long, in every process, and browsers can keep what they fetched from it.
    """

    def _modify_request_before_signing(self, request: Any) -> None:
        half = max(1, self._expires // 2)
        now = int(datetime.strptime(request.context["timestamp"], SIGV4_TIMESTAMP).replace(tzinfo=UTC).timestamp())
        request.context["timestamp"] = datetime.fromtimestamp(now - now % half, UTC).strftime(SIGV4_TIMESTAMP)
        super()._modify_request_before_signing(request)


AUTH_TYPE_MAPS[STEADY] = SteadyQueryAuth


def client(endpoint_url: str, region: str, access_key: str, secret_key: str, read_timeout: float) -> Any:
    """A client of its own session. Empty words leave the choice to boto3: environment, profile, role of the machine."""
    session = boto3.session.Session(
        aws_access_key_id=access_key or None, aws_secret_access_key=secret_key or None, region_name=region or None
    )
    made = session.client(
        "s3", endpoint_url=endpoint_url or None, config=Config(read_timeout=read_timeout, **PLAIN_CONFIG)
    )
    made.meta.events.register("choose-signer.s3.GetObject", _steady_addresses)
    made.meta.events.register("before-sign.s3.DeleteObjects", _with_md5)
    return made


def _steady_addresses(signature_version: str, **_: object) -> str | None:
    return STEADY if signature_version.endswith("-query") else None


def _with_md5(request: Any, **_: object) -> None:
    """Older S3-compatibles refuse to remove many at once without it; boto3 sends a newer sum only."""
    request.headers["Content-MD5"] = b64encode(md5(request.body, usedforsecurity=False).digest()).decode()
