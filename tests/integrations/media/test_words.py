"""The sentences people read."""

import pytest

from signoff.integrations.media import words


@pytest.mark.parametrize(
    ("seconds", "span"), [(1, "1 second"), (90, "90 seconds"), (120, "2 minutes"), (600, "10 minutes")]
)
def test_a_time_is_said_in_the_unit_people_use(seconds: int, span: str) -> None:
    assert words.too_long(seconds) == f"It took longer than {span}, so it was stopped. {words.ORIGINAL}"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((30_000, 30_000), "The picture has 900 megapixels (30,000 × 30,000); pictures are made up to 300."),
        ((60_000, 30_000), "The picture has 1,800 megapixels (60,000 × 30,000); pictures are made up to 300."),
    ],
)
def test_a_size_is_said_in_megapixels(size: tuple[int, int], said: str) -> None:
    assert words.too_many_pixels(*size, 300_000_000) == f"{said} {words.ORIGINAL}"


def test_a_damage_without_a_reason_is_a_sentence_too() -> None:
    assert words.damaged(" ") == f"The file is damaged or cut off. {words.ORIGINAL}"
    assert words.damaged("no end.") == f"The file is damaged or cut off: no end. {words.ORIGINAL}"
