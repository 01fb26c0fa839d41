"""The part of a very wide picture that tells most of it: a thumbnail of a whole banner would be a stripe."""

from array import array

from PIL import Image, ImageFilter

TOO_WIDE = 2.4  # widths to a height; what is wider is cut to SHAPE
SHAPE = 1.5
LEAST_HIGH = 32
_COLUMNS = 256


def telling_part(picture: Image.Image) -> Image.Image:
    """The picture itself, or of a very wide one the part of SHAPE with the most edges in it: words, faces, things."""
    width, height = picture.size
    if width <= height * TOO_WIDE or height < LEAST_HIGH:
        return picture
    part = round(height * SHAPE)
    left = round(_busiest(_edges(picture), part / width) * (width - part))
    return picture.crop((left, 0, left + part, height))


def _edges(picture: Image.Image) -> list[float]:
    """How much there is to see in each of so many columns. The outermost pixels have no neighbours to differ from."""
    height = max(round(picture.height * _COLUMNS / picture.width), 3)
    grey = picture.convert("L").resize((_COLUMNS, height), Image.Resampling.BOX)
    inner = grey.filter(ImageFilter.FIND_EDGES).crop((1, 1, _COLUMNS - 1, height - 1)).convert("F")
    row = inner.resize((inner.width, 1), Image.Resampling.BOX)
    return list(array("f", row.tobytes()))


def _busiest(columns: list[float], share: float) -> float:
    """From 0, the left, to 1, the right: where the window lies that has most, and has it in its middle."""
    size = max(round(len(columns) * share), 1)
    weights = [1 - abs(2 * n + 1 - size) / (2 * size) for n in range(size)]
    last = len(columns) - size

    def worth(start: int) -> tuple[float, float]:
        seen = sum(weight * column for weight, column in zip(weights, columns[start:], strict=False))
        return round(seen, 3), -abs(start - last / 2)

    return max(range(last + 1), key=worth) / last if last else 0.5
