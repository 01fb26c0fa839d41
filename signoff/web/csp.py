"""The Content-Security-Policy of every page: our own files only, and nothing that stands in the markup itself.

Where files are kept in a bucket, browsers send them there and fetch them from there, so its origin is allowed
for that, and for nothing that runs.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ANY_AMAZON = "https://*.amazonaws.com"  # which one, boto3 finds out by itself


class ContentSecurityPolicyMiddleware:
    """Adds the policy, unless the view has set one of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = policy_for(origins_of(settings.STORAGE))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


def policy_for(origins: list[str]) -> str:
    """The policy of an installation whose files also come from, and go to, these origins."""
    ours = " ".join(["'self'", *origins])
    return "; ".join(
        [
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {ours} data: blob:",
            f"media-src {ours}",
            "font-src 'self'",
            f"connect-src {ours}",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def policy_of_bare_page(style: str) -> str:
    """The policy of a page that fetches nothing and brings this one style sheet in itself."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    bare = ["default-src 'none'", f"style-src 'sha256-{digest}'", "base-uri 'none'", "form-action 'none'"]
    return "; ".join([*bare, "frame-ancestors 'none'"])


def origins_of(storage: Mapping[str, Any]) -> list[str]:
    """Where browsers reach the bucket; nothing when files are kept in a directory."""
    options = storage["options"]
    if "bucket" not in options:
        return []
    endpoint = urlsplit(options.get("public_endpoint_url") or options.get("endpoint_url") or "")
    if endpoint.netloc:
        return [f"{endpoint.scheme}://{endpoint.netloc}"]
    region = options.get("region")
    return ["https://s3.amazonaws.com", f"https://s3.{region}.amazonaws.com"] if region else [ANY_AMAZON]
