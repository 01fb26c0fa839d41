"""What goes wrong with a file, in words for the people who sent it."""

TAIL_CHARACTERS = 2000


class MediaError(Exception):
    """No pictures can be made.

    `words` say what is wrong and what to do. `tail` is what the decoder said last, at most 2,000 characters, for
    whoever looks deeper. `permanent` is False when the same file may work later: the machine was at fault.
    """

    def __init__(self, words: str, *, tail: str = "", permanent: bool = True) -> None:
        super().__init__(words)
        self.words = words
        self.tail = tail[-TAIL_CHARACTERS:]
        self.permanent = permanent
