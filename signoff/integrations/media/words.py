"""Every end of the work on a file, as a sentence for people: what is wrong, what may be done."""

ORIGINAL = "The original can be downloaded."
NO_MEMORY = f"It needs more memory than a preview may take, so there are no pictures of it. {ORIGINAL}"
NO_MEMORY_EXIT = 77  # what the child returns when it cannot even say that
STOPPED = "The machine stopped the work on this file, probably because it was short of memory. Trying again may help."
CRASHED = f"The decoder crashed on this file; it may be damaged. {ORIGINAL}"
GAVE_UP = f"The decoder gave up on this file: it is damaged, or needs more memory than a preview may take. {ORIGINAL}"
LOST = "The work on this file stopped without a reason. Trying again may help."
NO_SPACE = "The machine has no space left to work in. Free some on it, then try again."
TOO_LARGE = f"The pictures of this file would be larger than what may be kept. {ORIGINAL}"
PASSWORD = f"This PDF needs a password, so there are no pictures of its pages. Send one without a password. {ORIGINAL}"
DAMAGED = "The file is damaged or cut off"
NOT_DECODED = "Its format"
NOTHING_IN_IT = f"There is no picture and no sound in this file. {ORIGINAL}"
NOT_THERE = "The file could not be read on this machine. Trying again may help."


def too_long(seconds: int) -> str:
    return f"It took longer than {_span(seconds)}, so it was stopped. {ORIGINAL}"


def too_much_computing(seconds: int) -> str:
    return f"It took longer than {_span(seconds)} of computing, so it was stopped. {ORIGINAL}"


def damaged(reason: str) -> str:
    """`reason`: what the decoder says, a few words."""
    reason = reason.strip().rstrip(".")
    return f"{DAMAGED}{': ' + reason if reason else ''}. {ORIGINAL}"


def too_many_pixels(width: int, height: int, most: int) -> str:
    size = f"{_mega(width * height)} megapixels ({width:,} × {height:,})"
    return f"The picture has {size}; pictures are made up to {_mega(most)}. {ORIGINAL}"


def not_decoded(codec: str = "") -> str:
    called = f"{NOT_DECODED}, {codec}," if codec else NOT_DECODED
    return f"{called} cannot be decoded here, so there are no pictures. Send H.264 or ProRes. {ORIGINAL}"


def _mega(pixels: int) -> str:
    return f"{pixels / 1e6:,.0f}" if pixels >= 10_000_000 else f"{pixels / 1e6:,.1f}"


def _span(seconds: int) -> str:
    number, unit = (seconds // 60, "minute") if seconds >= 120 and seconds % 60 == 0 else (seconds, "second")
    return f"{number} {unit}" + ("" if number == 1 else "s")
