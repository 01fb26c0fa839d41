import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

import signoff.web
from signoff.web.csp import ContentSecurityPolicyMiddleware, origins_of, policy_for
from signoff.web.errors import server_error

FORBIDDEN = ("<style", "javascript:", " onclick=", " onload=", "<script>", ' style="', " style='", "hx-on")
WEB = Path(signoff.web.__file__).parent
SOURCES = sorted(
    path.relative_to(WEB)
    for folder, ending in (("templates", "*.html"), ("islands", "*.ts"))
    for path in (WEB / folder).rglob(ending)
    if not path.name.endswith(".test.ts")
)


@pytest.mark.parametrize("address", ["/sign-in", "/nothing", "/branding.css"])
def test_every_answer_carries_the_policy(client: Client, db: None, address: str) -> None:
    assert client.get(address)["Content-Security-Policy"] == policy_for([])


def test_a_view_may_set_its_own(rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    answer = ContentSecurityPolicyMiddleware(view)(rf.get("/"))
    assert answer["Content-Security-Policy"] == "sandbox"


def test_no_page_needs_what_the_policy_forbids(client: Client, db: None) -> None:
    page = client.get("/sign-in").content.decode()
    assert [word for word in FORBIDDEN if word in page] == []


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_template_and_no_island_writes_what_the_policy_forbids(path: Path) -> None:
    """A style or a handler in the markup would be left out by browsers, silently."""
    text = (WEB / path).read_text()
    kept = ["<style"] if path.name == "server_error.html" else []  # its policy names the digest of it
    assert [word for word in FORBIDDEN if word in text] == kept


def test_the_page_that_stands_alone_brings_the_one_style_that_its_policy_lets_through(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))
    style = re.findall(r"<style>(.*?)</style>", answer.content.decode())[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"] + policy_for([])


@pytest.mark.parametrize(
    ("options", "origins"),
    [
        ({"root": "/srv/media"}, []),
        ({"bucket": "b", "endpoint_url": "http://minio:9000/"}, ["http://minio:9000"]),
        (
            {"bucket": "b", "endpoint_url": "http://minio:9000", "public_endpoint_url": "https://files.example.com/x"},
            ["https://files.example.com"],
        ),
        (
            {"bucket": "b", "endpoint_url": "", "region": "eu-north-1"},
            ["https://s3.amazonaws.com", "https://s3.eu-north-1.amazonaws.com"],
        ),
        ({"bucket": "b", "endpoint_url": "", "region": ""}, ["https://*.amazonaws.com"]),
    ],
)
def test_a_bucket_is_known_by_where_browsers_reach_it(options: dict[str, str], origins: list[str]) -> None:
    assert origins_of({"options": options}) == origins


def test_a_bucket_may_be_sent_to_and_shown_from_and_nothing_of_it_runs() -> None:
    parts = dict(part.split(" ", 1) for part in policy_for(["https://files.example.com"]).split("; "))
    assert [name for name, value in parts.items() if "files.example.com" in value] == [
        "img-src",
        "media-src",
        "connect-src",
    ]
