import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from signoff.accounts.models import Organization
from tests.accounts.pictures import png
from tests.cast import Cast

Browsers = Callable[[str], Client]


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def branding(cast: Cast) -> dict[str, str]:
    return Organization.objects.get(pk=cast.organization.pk).branding


def upload(data: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/png")


def test_the_product_and_its_logo_are_on_every_page_until_they_are_taken_away(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    sent = {"product": "Ardent Desk", "accent": "#C6F32B", "sidebar": "", "logo": upload(png())}
    said = page(ada.post("/settings/branding", sent, follow=True))
    assert ("The branding is saved." in said, "<span>Ardent Desk<small>" in said) == (True, True)
    assert set(branding(cast)) == {"product", "accent", "logo"}
    address = re.findall(r'<img src="(/branding/logo[^"]*)"', said)[0]
    logo = ada.get(address)
    assert (logo["Content-Type"], logo.content, "immutable" in logo["Cache-Control"]) == ("image/png", png(), True)
    assert browser_of("stranger").get(address).status_code == 404
    ada.post("/settings/branding", {"product": "", "accent": "#c6f32b", "sidebar": "", "without_logo": "1"})
    assert branding(cast) == {"accent": "#c6f32b"}


def test_saving_without_a_file_keeps_the_logo(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    ada.post("/settings/branding", {"logo": upload(png())})
    ada.post("/settings/branding", {"product": "Desk"})
    assert set(branding(cast)) == {"product", "logo"}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"accent": "#12"}, "A colour is written as #"),
        ({"sidebar": "red"}, "A colour is written as #"),
        ({"logo": upload(b"<svg onload='alert(1)'/>")}, "This is not a whole PNG or JPEG picture."),
        ({"logo": upload(b"")}, "This is not a whole PNG or JPEG picture."),
        ({"logo": upload(png() + bytes(200_000))}, "At most 200 kB"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(
    cast: Cast, browser_of: Browsers, sent: dict[str, object], words: str
) -> None:
    answer = browser_of("ada").post("/settings/branding", {"product": "Typed <b>", **sent})
    assert (answer.status_code, words in page(answer), branding(cast)) == (422, True, {})
    assert 'value="Typed &lt;b&gt;"' in page(answer)


def test_the_preview_shows_what_is_typed_and_leaves_out_what_is_no_colour(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    said = page(ada.get("/settings/branding/preview", {"accent": "#B3264E", "product": "<i>Desk</i>"}))
    assert ("--so-accent: #b3264e;" in said, "&lt;i&gt;Desk&lt;/i&gt;" in said) == (True, True)
    hostile = page(ada.get("/settings/branding/preview", {"accent": '#123456"><script>', "sidebar": "#fffff\x00"}))
    assert ("script" in hostile, "--so-accent" in hostile, "--so-sidebar" in hostile) == (False, False, False)


def test_the_houses_words_replace_ours(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    said = page(ada.post("/settings/vocabulary", {"client_team": "Brand", "client_teams": "Brands"}, follow=True))
    assert ("The vocabulary is saved." in said, ">Brands</a>" in said) == (True, True)
    assert Organization.objects.get(pk=cast.organization.pk).vocabulary == {
        "client_team": "Brand",
        "client_teams": "Brands",
    }


def test_a_word_that_is_too_long_is_said_at_its_field(cast: Cast, browser_of: Browsers) -> None:
    answer = browser_of("ada").post("/settings/vocabulary", {"round": "x" * 41, "job_number": "OMG #"})
    assert (answer.status_code, "At most 40 characters, this has 41." in page(answer)) == (422, True)
    assert 'value="OMG #"' in page(answer)
