"""What a decoder's exceptions mean to people."""

import errno

import pytest

from signoff.integrations.media import words
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.failures import as_error


@pytest.mark.parametrize(
    ("error", "sentence", "permanent"),
    [
        (MemoryError(), words.NO_MEMORY, True),
        (ImportError("x.so: failed to map segment from shared object"), words.NO_MEMORY, True),
        (ImportError("No module named 'av'"), words.NO_DECODER, False),
        (OSError(errno.ENOSPC, "No space left on device"), words.NO_SPACE, False),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), words.NO_SPACE, False),
        (OSError(errno.EFBIG, "File too large"), words.TOO_LARGE, True),
        (OSError(errno.EAGAIN, "Resource temporarily unavailable"), words.NO_MEMORY, True),
        (OSError(errno.EIO, "Input/output error"), words.NOT_THERE, False),
        (OSError("image file is truncated"), words.damaged("image file is truncated"), True),
        (TypeError("'NoneType' object is not iterable"), words.damaged(""), True),
        (ValueError("bad\nworse"), words.damaged("bad"), True),
        (RuntimeError(), words.damaged("RuntimeError"), True),
    ],
)
def test_an_exception_has_words(error: BaseException, sentence: str, permanent: bool) -> None:
    found = as_error(error)
    assert (found.words, found.permanent) == (sentence, permanent)


def test_words_of_our_own_are_passed_on() -> None:
    error = MediaError("Its format cannot be read.", permanent=False)
    assert as_error(error) is error


def test_a_tail_is_cut_at_its_beginning() -> None:
    assert MediaError("x", tail="a" * 3000 + "end").tail == "a" * 1997 + "end"
