"""From a letter to a message: text, HTML, the house's logo; headers that are one line each, whatever names hold."""

from email.mime.image import MIMEImage
from email.utils import formataddr, make_msgid
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from signoff.core.text import CONTROL
from signoff.mails.letter import Letter

TEMPLATES = Path(__file__).parent / "templates"
LOGO = "logo"  # by this name the HTML shows the picture that comes with it
MOST_SUBJECT, MOST_SENDER = 160, 60


class Message(EmailMultiAlternatives):
    mixed_subtype = "related"  # what is attached belongs into the HTML


def message_of(letter: Letter, to: str, reference: str = "") -> Message:
    """The letter as it goes out. The same `reference` gives the same Message-ID, so that many mailboxes
    show a letter once that had to be sent twice."""
    sender = formataddr((one_line(letter.brand.product, MOST_SENDER), settings.DEFAULT_FROM_EMAIL))
    message = Message(
        subject=one_line(letter.subject, MOST_SUBJECT),
        body=text_of(letter),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"From": sender, "Message-ID": _message_id(reference), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html_of(letter), "text/html")
    if letter.brand.logo:
        message.attach(_picture(*letter.brand.logo))
    return message


def text_of(letter: Letter) -> str:
    return _environment().get_template("letter.txt").render(letter=letter, brand=letter.brand)


def html_of(letter: Letter) -> str:
    return _environment().get_template("letter.html").render(letter=letter, brand=letter.brand, logo=LOGO)


def one_line(text: str, most: int) -> str:
    """Text as a header may hold it: no line ends, no control characters, not endless."""
    line = CONTROL.sub("", " ".join(text.split()))
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _picture(media_type: str, data: bytes) -> MIMEImage:
    picture = MIMEImage(data, media_type.removeprefix("image/"))
    picture.add_header("Content-ID", f"<{LOGO}>")
    picture.add_header("Content-Disposition", "inline", filename=f"logo.{media_type.removeprefix('image/')}")
    return picture


def _message_id(reference: str) -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] or "localhost"
    if not reference:
        return make_msgid(domain=domain)
    return f"<{sha256(reference.encode()).hexdigest()[:40]}@{domain}>"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
    return made
