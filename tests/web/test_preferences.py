from collections.abc import Callable

import pytest
from django.test import Client

from signoff.accounts.models import User
from tests.cast import Cast

Browsers = Callable[[str], Client]


def test_the_theme_is_remembered_beside_the_sidebar(cast: Cast, browser_of: Browsers) -> None:
    pat = browser_of("pat")
    assert pat.post("/preferences", {"sidebar": "rail"}).status_code == 204
    assert pat.post("/preferences", {"theme": "dark"}).status_code == 204
    assert User.objects.get(pk=cast.pat.pk).preferences == {"sidebar": "rail", "theme": "dark"}
    page = pat.get("/inbox").content.decode()
    assert 'data-theme="signoff-dark"' in page
    assert '<body class="app is-rail"' in page


@pytest.mark.parametrize(
    "sent", [{}, {"theme": "pink"}, {"email": "x@y.example"}, {"theme": "dark", "sidebar": "gone"}]
)
def test_other_choices_are_refused_and_nothing_is_kept(cast: Cast, browser_of: Browsers, sent: dict[str, str]) -> None:
    assert browser_of("pat").post("/preferences", sent).status_code == 422
    assert User.objects.get(pk=cast.pat.pk).preferences == {}


def test_without_a_choice_the_theme_is_the_systems(browser_of: Browsers) -> None:
    page = browser_of("pat").get("/inbox").content.decode()
    assert 'data-theme="system"' in page
    assert page.index("/theme-") < page.index("</head>")


def test_the_houses_colours_are_a_style_sheet_that_may_be_kept(cast: Cast, browser_of: Browsers) -> None:
    cast.organization.branding = {"accent": "#b3264e"}
    cast.organization.save()
    pat = browser_of("pat")
    page = pat.get("/inbox").content.decode()
    address = page.split('<link rel="stylesheet" href="/branding.css?v=')[1].split('"')[0]
    answer = pat.get(f"/branding.css?v={address}")
    assert answer["Content-Type"] == "text/css"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "--so-accent: #b3264e;" in answer.content.decode()
    assert pat.get("/branding.css")["Cache-Control"] == "no-cache"
