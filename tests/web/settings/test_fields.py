from collections.abc import Callable

import pytest
from django.test import Client

from signoff.projects.models import CustomField

Browsers = Callable[[str], Client]


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def add(browser: Client, name: str, **sent: str):  # type: ignore[no-untyped-def]
    given = {"name": name, "subject": "deliverable", "kind": "text", "choices": ""} | sent
    return browser.post("/settings/fields", given, follow=True)


def names() -> list[str]:
    return list(CustomField.objects.values_list("name", flat=True))


def test_a_house_without_fields_is_offered_the_first(browser_of: Browsers) -> None:
    pat = browser_of("pat")
    assert "that has no column here?" in page(pat.get("/settings/fields"))
    assert "Paper is added." in page(add(pat, "Paper", kind="choice", choices="Matt\r\nGloss\r\n"))
    assert CustomField.objects.get().choices == ["Matt", "Gloss"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "PAPER"}, "There is a field of this name already."),
        ({"kind": "money"}, "Select a valid choice."),
        ({"kind": "choice"}, "A choice needs at least one thing to choose."),
        ({"name": "x" * 81}, "At most 80 characters, this has 81."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(browser_of: Browsers, sent: dict[str, str], words: str) -> None:
    pat = browser_of("pat")
    add(pat, "Paper")
    answer = add(pat, **({"name": "Other"} | sent))
    assert (answer.status_code, words in page(answer), names()) == (422, True, ["Paper"])


def test_fields_are_moved_by_buttons_and_stay_at_the_ends(browser_of: Browsers) -> None:
    pat = browser_of("pat")
    for name in ("One", "Two", "Three"):
        add(pat, name)
    last = CustomField.objects.get(name="Three").pk
    seen = []
    for move in ("up", "up", "up", "down", "nonsense"):
        pat.post(f"/settings/fields/{last}/place", {"move": move})
        seen.append(names().index("Three"))
    assert seen == [1, 0, 0, 1, 2]


def test_a_field_is_renamed_and_a_text_gets_no_choices(browser_of: Browsers) -> None:
    pat = browser_of("pat")
    add(pat, "Paper")
    field = CustomField.objects.get()
    pat.post(f"/settings/fields/{field.pk}", {"name": "Stock", "choices": "Matt"})
    field.refresh_from_db()
    assert (field.name, field.key, field.choices) == ("Stock", "paper", [])


def test_a_removed_field_comes_back_by_undo(browser_of: Browsers) -> None:
    pat = browser_of("pat")
    add(pat, "Paper")
    address = f"/settings/fields/{CustomField.objects.get().pk}"
    said = page(pat.post(f"{address}/removal", follow=True))
    assert ("Its values are kept." in said, f'hx-post="{address}/restoration"' in said, names()) == (True, True, [])
    assert "is back with its values." in page(pat.post(f"{address}/restoration", follow=True))
    assert names() == ["Paper"]


def test_more_fields_are_not_more_queries(browser_of: Browsers, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    pat = browser_of("pat")
    add(pat, "One")
    with django_assert_num_queries(8):
        pat.get("/settings/fields")
    add(pat, "Two")
    add(pat, "Three", subject="project")
    pat.get("/settings/fields")
    with django_assert_num_queries(8):
        pat.get("/settings/fields")
