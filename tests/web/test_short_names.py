"""Names beside each other, without what they share."""

import pytest

from signoff.web.short_names import short_names


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["kv_landscape_r2.jpg", "kv_portrait_r2.jpg"], ["landscape", "portrait"]),
        (["banner_970x250_r2.jpg", "banner_970x90_r2.jpg"], ["970x250", "970x90"]),
        (["banner_970x250_r2.jpg", "banner_970x90_r2.png"], ["970x250", "970x90"]),
        (["page 1.png", "page 10.png"], ["1", "10"]),
        (["hero.png", "hero.pdf"], ["png", "pdf"]),
        (["front.tif", "back.jpg"], ["front", "back"]),
        (["kv.jpg", "kv.jpg"], ["kv.jpg", "kv.jpg"]),
        (["kv_r2.jpg", "kv_r2.jpg", "kv_large_r2.jpg"], ["kv_r2.jpg", "kv_r2.jpg", "kv_large_r2.jpg"]),
        (["hero.png"], ["hero"]),
        ([], []),
    ],
)
def test_what_all_have_in_common_is_left_out(names: list[str], short: list[str]) -> None:
    assert short_names(names) == short
