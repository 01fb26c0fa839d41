import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from signoff.web.csp import POLICY, ContentSecurityPolicyMiddleware


@pytest.mark.parametrize("address", ["/sign-in", "/nothing", "/branding.css"])
def test_every_answer_carries_the_policy(client: Client, db: None, address: str) -> None:
    assert client.get(address)["Content-Security-Policy"] == POLICY


def test_a_view_may_set_its_own(rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    answer = ContentSecurityPolicyMiddleware(view)(rf.get("/"))
    assert answer["Content-Security-Policy"] == "sandbox"


def test_no_page_needs_what_the_policy_forbids(client: Client, db: None) -> None:
    page = client.get("/sign-in").content.decode()
    assert [word for word in ("<style", "javascript:", " onclick=", " onload=", "<script>") if word in page] == []
