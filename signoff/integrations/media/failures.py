"""What a decoder's exception means."""

import errno

from signoff.integrations.media import words
from signoff.integrations.media.errors import MediaError

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_NOT_THERE = (errno.ENOENT, errno.EACCES, errno.EIO)
_NO_MEMORY = ("cannot allocate memory", "failed to map segment", "out of memory")
_OURS = (TypeError, AttributeError, NameError, AssertionError, IndexError, KeyError)  # their words are for programmers
_REASON_CHARACTERS = 200


def as_error(error: BaseException) -> MediaError:
    """The exception as words for people; a decoder that gives up without a better reason found the file damaged."""
    if isinstance(error, MediaError):
        return error
    if isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in _NO_MEMORY):
        return MediaError(words.NO_MEMORY)
    if isinstance(error, OSError) and (found := _by_number(error)):
        return found
    return MediaError(words.damaged(_reason(error)))


def _by_number(error: OSError) -> MediaError | None:
    number = error.errno
    if number in _NO_SPACE:
        return MediaError(words.NO_SPACE, permanent=False)
    if number == errno.EFBIG:
        return MediaError(words.TOO_LARGE)
    if number in (errno.ENOMEM, errno.EAGAIN):  # EAGAIN: no room for the stack of one more thread
        return MediaError(words.NO_MEMORY)
    if number == errno.EIO and type(error).__module__.startswith("av."):  # so FFmpeg calls a file that ends too early
        return MediaError(words.damaged(""))
    return MediaError(words.NOT_THERE, permanent=False) if number in _NOT_THERE else None


def _reason(error: BaseException) -> str:
    """One line of it, without numbers and paths that say nothing to people."""
    if isinstance(error, _OURS):
        return ""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(said).splitlines()[0][:_REASON_CHARACTERS]
