import re
from email import message_from_bytes, policy

import pytest

from signoff.accounts.branding import clean_branding
from signoff.accounts.shades import contrast
from signoff.mails import Brand, Letter
from signoff.mails.write import html_of, message_of, text_of
from tests.files import picture

LETTER = Letter(
    subject="Ada invites you",
    heading="Hello Zoë",
    paragraphs=("Come in & <look>.", "It is warm."),
    action=("Accept", "https://signoff.example/invitations/abc?x=1&y=2"),
    footer="Do nothing, and nothing happens.",
    brand=Brand("Fieldhouse", {"product": "Ardent Desk"}),
)
EVIL = "Zoë\r\nBcc: victim@evil.example\n\n<b>body</b>\x00\u2028" + "x" * 500


def parsed(letter: Letter, to: str = "zoe@x.example"):  # type: ignore[no-untyped-def]
    return message_from_bytes(message_of(letter, to).message().as_bytes(), policy=policy.default)


def test_text_says_the_same_as_html_without_its_marks() -> None:
    assert text_of(LETTER) == (
        "Hello Zoë\n\nCome in & <look>.\n\nIt is warm.\n\nAccept:\nhttps://signoff.example/invitations/abc?x=1&y=2\n\n"
        "Do nothing, and nothing happens.\n\n-- \nArdent Desk, Fieldhouse"
    )
    html = html_of(LETTER)
    assert "Come in &amp; &lt;look&gt;." in html
    assert re.findall(r'href="([^"]+)"', html) == ["https://signoff.example/invitations/abc?x=1&amp;y=2"] * 2


def test_nothing_is_fetched_from_anywhere_and_nothing_runs() -> None:
    html = html_of(LETTER)
    assert re.findall(r"<(?:script|link|iframe)|url\(|src=", html) == []


def test_the_house_is_the_sender_and_its_address_is_ours(settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEFAULT_FROM_EMAIL = "hello@studio.example"
    letter = parsed(LETTER)
    assert (letter["From"], letter["To"]) == ("Ardent Desk <hello@studio.example>", "zoe@x.example")
    assert letter["Message-ID"].endswith("@studio.example>")
    assert letter["Auto-Submitted"] == "auto-generated"


def test_a_letter_that_is_sent_again_is_the_same_letter() -> None:
    first, again, other = (message_of(LETTER, "z@x.example", one).extra_headers for one in ("a-1", "a-1", "a-2"))
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]


def test_names_cannot_add_headers_or_make_them_endless() -> None:
    letter = parsed(Letter(EVIL, EVIL, (EVIL,), brand=Brand(EVIL, {"product": EVIL})))
    assert set(letter.keys()) == {
        *("Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted")
    }
    assert letter["To"] == "zoe@x.example"
    assert letter["Subject"].strip().startswith("Zoë Bcc: victim@evil.example <b>body</b>")
    assert (len(letter["Subject"].strip()), letter["Subject"][-1]) == (160, "…")
    assert [one.addr_spec for one in letter["From"].addresses] == ["signoff@localhost"]
    assert "<b>body" not in html_of(Letter(EVIL, EVIL, (EVIL,)))


def test_no_line_of_a_letter_is_longer_than_mail_allows() -> None:
    raw = message_of(Letter(EVIL * 3, EVIL * 3, (EVIL * 9,), ("Go", "https://x.example/" + "y" * 900)), "z@x.example")
    assert max(len(line) for line in raw.message().as_bytes().splitlines()) <= 998


@pytest.mark.parametrize("subject", ["Zoë lädt dich ein", "招待状", "🎬 first light", "plain"])
def test_subjects_of_any_script_arrive_as_they_were_written(subject: str) -> None:
    assert parsed(Letter(subject, "Hello", ("Text",)))["Subject"] == subject


@pytest.mark.parametrize("product", ['The "Desk", <Ltd>', "Büro für Gestaltung", "a, b; c@d.example"])
def test_names_of_senders_arrive_as_they_were_written(product: str) -> None:
    sender = parsed(Letter("S", "H", ("T",), brand=Brand("x", {"product": product})))["From"].addresses
    assert [(one.display_name, one.addr_spec) for one in sender] == [(product, "signoff@localhost")]


def test_the_logo_comes_with_the_letter() -> None:
    png = picture()
    letter = parsed(Letter("S", "H", ("T",), brand=Brand("x", clean_branding({}, {"logo": png}))))
    assert letter.get_content_type() == "multipart/related"
    both, logo = letter.iter_parts()
    assert [one.get_content_type() for one in both.iter_parts()] == ["text/plain", "text/html"]
    assert (logo.get_content_type(), logo["Content-ID"], logo.get_content()) == ("image/png", "<logo>", png)
    assert logo.get_content_disposition() == "inline"
    assert 'src="cid:logo"' in both.get_body(("html",)).get_content()


@pytest.mark.parametrize("accent", ["#2a54d0", "#d9f24b", "#ffffff", "#000000"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_accent_can_be_read(accent: str, theme: str) -> None:
    shades = Brand("x", {"accent": accent, "sidebar": accent}).colours(theme)
    pairs = [("accent", "on-accent"), ("sidebar-bg", "sidebar-text")]
    assert [pair for pair in pairs if contrast(shades[pair[0]], shades[pair[1]]) < 4.5] == []
