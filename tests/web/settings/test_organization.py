from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast

Browsers = Callable[[str], Client]


def test_name_domains_and_zone_are_saved(cast: Cast, browser_of: Browsers) -> None:
    sent = {"name": "Field House", "domains": "field.house, Other.Example\n", "time_zone": "Europe/Oslo"}
    said = browser_of("ada").post("/settings/organization", sent, follow=True).content.decode()
    cast.organization.refresh_from_db()
    assert "The organisation is saved." in said
    assert (cast.organization.name, cast.organization.domains, cast.organization.time_zone) == (
        "Field House",
        ["field.house", "other.example"],
        "Europe/Oslo",
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": " "}, "This field is required."),
        ({"domains": "https://x.example"}, "is not a domain"),
        ({"time_zone": "Mars/Olympus"}, "There is no such time zone."),
    ],
)
def test_what_cannot_be_is_said_and_kept_in_the_form(
    cast: Cast, browser_of: Browsers, sent: dict[str, str], words: str
) -> None:
    whole = {"name": "Typed", "domains": "typed.example", "time_zone": "UTC"} | sent
    answer = browser_of("ada").post("/settings/organization", whole)
    cast.organization.refresh_from_db()
    assert (answer.status_code, words in answer.content.decode(), cast.organization.name) == (422, True, "Fieldhouse")
    assert whole["domains"] in answer.content.decode()
