"""What a thumbnail shows of a very wide picture."""

import pytest
from PIL import Image, ImageDraw

from signoff.integrations.media.decode.telling import telling_part


def striped(size: tuple[int, int], left: int, right: int) -> Image.Image:
    """Plain, but for stripes from `left` to `right`; in red, where the stripes are."""
    picture = Image.new("RGB", size, "#fafafa")
    draw = ImageDraw.Draw(picture)
    for x in range(left, right, 16):
        draw.rectangle((x, size[1] // 4, x + 7, size[1] * 3 // 4), fill="#c00000")
    return picture


def is_red(picture: Image.Image) -> int:
    return sum(count for count, colour in picture.getcolors(1 << 20) or [] if colour == (192, 0, 0))


@pytest.mark.parametrize(("left", "right"), [(0, 240), (700, 940), (1760, 2000)])
def test_the_busiest_part_of_a_banner_is_shown_whole(left: int, right: int) -> None:
    banner = striped((2000, 200), left, right)
    part = telling_part(banner)
    assert (part.size, is_red(part)) == ((300, 200), is_red(banner))


@pytest.mark.parametrize("size", [(960, 400), (400, 960), (300, 300), (6000, 31)])
def test_what_is_not_very_wide_or_only_a_line_stays_whole(size: tuple[int, int]) -> None:
    picture = Image.new("RGB", size)
    assert telling_part(picture) is picture


def test_of_a_plain_banner_the_middle_is_shown() -> None:
    banner = Image.new("RGB", (1000, 100), "#204060")
    banner.putpixel((500, 0), (255, 0, 0))
    part = telling_part(banner)
    assert [x for x in range(part.width) if part.getpixel((x, 0)) == (255, 0, 0)] == [pytest.approx(75, abs=3)]


@pytest.mark.parametrize("mode", ["RGBA", "L", "LA"])
def test_other_modes_have_a_part_too(mode: str) -> None:
    part = telling_part(striped((2000, 200), 1700, 2000).convert(mode))
    assert (part.size, part.mode) == ((300, 200), mode)
