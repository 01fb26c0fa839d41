from io import BytesIO

import pypdfium2
import pytest

from signoff.accounts.models import Organization
from signoff.reviews.certificate import certificate_of
from signoff.reviews.models import Decision
from tests.reviews.conftest import SHA


def words_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


@pytest.fixture
def printed(cast):
    def of(decision: Decision, who: str = "ada", counted=()) -> str:
        return words_of(certificate_of(cast.actor(who), cast.organization, decision, counted))

    return of


def test_a_certificate_says_what_was_decided_and_how_to_verify_it(named, says, printed):
    named(["rev", "pat"], statement="This may go to print.")
    first, last = says("rev", "approve"), says("pat", "approve_with_changes", reason="A larger logo")
    words = printed(last, counted=[first, last])
    for said in (
        "Approved with changes",
        "Internal review of Key visual, round 1",
        "First light · 20418 · Fieldhouse",
        "Rev Reviewer (Group 1): Approve",
        "Pat Producer (Group 1): Approve with changes",
        "A larger logo",
        "This may go to print.",
        "hero.png · 1,000 bytes",
        SHA,
        last.hash,
        first.hash,
        "pat@fieldhouse.example",
    ):
        assert said in words


HOSTILE = (
    "<b>bold</b> & <para>",
    "<img src='http://elsewhere/x'/>",
    "x" * 4000,
    "&#0; &bogus; </para>",
    "\u202eRTL \u2600 \u65e5\u672c \ud7ff \U0001f600",
    "\n" * 500,
    "a\u2028b\x0b\x00c",
    "%PDF-1.4 endstream endobj",
    "<font size=9999>",
    "</para>" * 100,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(named, says, printed, text):
    named(["rev"])
    decision = says("rev", "approve")
    decision.about = dict.fromkeys(decision.about, text[:300])
    decision.reason, decision.statement, decision.group, decision.user_label = text, text, text[:80], text[:200]
    decision.files = [{"name": text[:255], "size": 1, "sha256": ""}] * 50
    note = {"number": 1, "round": 1, "text": text[:300], "state": "open", "must_fix": True, "client_text": None}
    decision.open_notes = [note] * 200
    decision.browser = text[:300]
    words = printed(decision)
    assert decision.hash in words
    assert "<b>bold</b>" in words or "<b>" not in text


def test_clients_read_neither_addresses_nor_what_the_house_says_to_itself(cast, named, says, printed):
    named(["rev", "mia"])
    Organization.objects.filter(pk=cast.organization.pk).update(hides_names=True)
    decision = says("rev", "approve")
    decision.ip, decision.browser = "10.1.2.3", "Netscape"
    inside = {"number": 1, "round": 1, "text": "Between us", "state": "open", "must_fix": True, "client_text": None}
    decision.open_notes = [inside, inside | {"text": "Too low", "client_text": "Higher, please", "client_number": 5}]
    words = printed(decision, "mia")
    assert [said for said in ("10.1.2.3", "Netscape", "Rev", "rev@", "Between us", "Too low") if said in words] == []
    assert "Fieldhouse" in words
    assert "Higher, please" in words
