"""Seals: only ours open, only for what they were made, only for a while, and the same for a while."""

import time

import pytest
from django.core.signing import Signer

from signoff.core import seals
from signoff.core.seals import BrokenSeal, seal, unseal

CONTENT = ["originals/ab/1", "image/png", "größe 7.png", True, 3, None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of day, to be set."""
    at = [1_000_000_000.0]
    monkeypatch.setattr(time, "time", lambda: at[0])
    return at


def test_what_was_sealed_comes_out_again() -> None:
    assert unseal("file", seal("file", CONTENT, 60)) == CONTENT


def test_a_seal_goes_into_an_address_as_it_is() -> None:
    plain = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:")
    assert set(seal("file", CONTENT, 60)) <= plain


def test_a_seal_for_one_purpose_opens_no_other() -> None:
    with pytest.raises(BrokenSeal):
        unseal("upload", seal("file", CONTENT, 60))


@pytest.mark.parametrize(
    "text",
    ["", ":", "x", "x:y", "é", "\x00", "a" * 10_000, "%%%:" + "x" * 43, "..", "W10:", "W10"],
)
def test_what_nobody_sealed_is_broken(text: str) -> None:
    with pytest.raises(BrokenSeal):
        unseal("file", text)


def test_a_seal_with_any_letter_changed_is_broken() -> None:
    """But for the last one, of whose bits base64 leaves some unused."""
    text = seal("file", ["a"], 60)
    for place, letter in enumerate(text[:-1]):
        other = "A" if letter != "A" else "B"
        with pytest.raises(BrokenSeal):
            unseal("file", text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize("content", [[], ["soon", "a"], {"until": 1}, 7, "text", None, [None]])
def test_what_we_signed_in_another_shape_is_broken(content: object) -> None:
    with pytest.raises(BrokenSeal):
        unseal("file", Signer(salt="signoff.file").sign_object(content))


def test_a_seal_holds_for_as_long_as_it_says_and_no_more_than_half_as_long_again(clock: list[float]) -> None:
    for second in range(0, 3600, 60):
        clock[0] = made = 1_000_000_000.0 + second
        text = seal("file", CONTENT, 3600)
        clock[0] = made + 3600
        assert unseal("file", text) == CONTENT
        clock[0] = made + 5401
        with pytest.raises(BrokenSeal):
            unseal("file", text)


def test_the_same_content_is_the_same_address_for_half_of_the_time(clock: list[float]) -> None:
    begin = 1_000_000_000.0 // 1800 * 1800
    texts = []
    for second in (0, 900, 1799, 1800):
        clock[0] = begin + second
        texts.append(seal("file", CONTENT, 3600))
    assert (len(set(texts[:3])), texts[3] in texts[:3]) == (1, False)


def test_an_installation_with_another_secret_does_not_open_it(settings: pytest.FixtureRequest) -> None:
    text = seal("file", CONTENT, 60)
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    with pytest.raises(BrokenSeal):
        seals.unseal("file", text)
