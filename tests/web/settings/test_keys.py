import re
from collections.abc import Callable

import pytest
from django.test import Client

from signoff.accounts.actors import actor_of_key
from signoff.accounts.models import ApiKey
from tests.cast import Cast

Browsers = Callable[[str], Client]
KEY = {"name": "Nightly <b>", "scopes": ["read", "import"], "days": "90"}


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def test_the_secret_is_shown_once_and_works(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    assert "Which system should talk to Signoff?" in page(ada.get("/settings/keys"))
    answer = ada.post("/settings/keys", KEY)
    secret = re.findall(r'id="secret"[^>]*>(so_[^<]+)</code>', page(answer))[0]
    actor = actor_of_key(secret)
    assert actor is not None
    assert (actor.label, actor.scopes) == ("Nightly <b>", {"read", "import"})
    assert secret not in page(ada.get("/settings/keys"))
    key = ApiKey.objects.get()
    assert key.expires_at is not None
    assert (key.expires_at - key.created_at).days in (89, 90)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"scopes": []}, "Choose what the key may do."),
        ({"scopes": ["everything"]}, "Select a valid choice."),
        ({"days": "-1"}, "Select a valid choice."),
    ],
)
def test_a_key_that_cannot_be_is_not_issued(
    cast: Cast, browser_of: Browsers, sent: dict[str, object], words: str
) -> None:
    answer = browser_of("ada").post("/settings/keys", KEY | sent)
    assert (answer.status_code, words in page(answer), ApiKey.objects.count()) == (422, True, 0)


def test_a_revoked_key_moves_to_those_that_are_over(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    ada.post("/settings/keys", KEY | {"days": ""})
    said = page(ada.post(f"/settings/keys/{ApiKey.objects.get().pk}/revocation", follow=True))
    assert ("Nightly &lt;b&gt; is revoked." in said, "Revoked and expired" in said, "/revocation" in said) == (
        True,
        True,
        False,
    )


def test_more_keys_are_not_more_queries(cast: Cast, browser_of: Browsers, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    ada = browser_of("ada")
    ada.post("/settings/keys", KEY)
    with django_assert_num_queries(8):
        ada.get("/settings/keys")
    ada.post("/settings/keys", KEY)
    ada.post("/settings/keys", KEY)
    with django_assert_num_queries(8):
        ada.get("/settings/keys")
