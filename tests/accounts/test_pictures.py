import pytest

from signoff.accounts.pictures import picture_type
from tests.accounts.pictures import jpeg, png


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (png(), "image/png"),
        (png(4096, 1), "image/png"),
        (jpeg(320, 80), "image/jpeg"),
        (jpeg() + b"\0\0", "image/jpeg"),
        (b"", None),
        (b"\xff", None),
        (b"\xff\xd8", None),
        (b"GIF89a" + b"\0" * 50, None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (png()[:-5], None),
        (png()[:20], None),
        (jpeg()[:-2], None),
        (jpeg(0, 10), None),
        (png(0, 1), None),
        (png(4097, 1), None),
        (b"\xff\xd8\xff\xe0\0\2\xff\xd9", None),
        (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>" + b" " * 40, None),
    ],
)
def test_a_picture_is_known_by_what_it_holds(data, found):
    assert picture_type(data) == found
