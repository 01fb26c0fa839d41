"""What was typed and what was meant: words, pieces of words, and how near two words are. Pure."""

import re
from difflib import SequenceMatcher

MOST_WORDS, MOST_LETTERS = 5, 40
TYPO_FROM, NEAR_ENOUGH = 4, 0.8
SPLIT = re.compile(r"[^\w]+")


def words_of(text: str) -> list[str]:
    """The words of a question, small, the first five; NUL and other controls part words as blanks do."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return [word[:MOST_LETTERS] for word in printable.casefold().split()[:MOST_WORDS]]


def pieces_of(word: str) -> list[str]:
    """Parts of which at least one stays whole when one letter is wrong, missing, too many or swapped."""
    if not _may_slip(word):
        return [word]
    size = max(2, len(word) // 3)
    return [word[start : start + size] for start in range(0, len(word) - size + 1, size)]


def is_near(word: str, title_word: str) -> bool:
    """Is `word` the title's word, or its beginning, but for a slip?"""
    if not _may_slip(word) or len(title_word) < len(word) - 2:
        return False
    begun = title_word[: len(word) + 1]
    return any(SequenceMatcher(None, word, other).ratio() >= NEAR_ENOUGH for other in (title_word, begun))


def _may_slip(word: str) -> bool:
    """Short words and numbers are meant as they are: job number 20419 is not 20418."""
    return len(word) >= TYPO_FROM and word.isalpha()


def distance(words: list[str], title: str) -> int | None:
    """How far a title is from the words: 0 it begins with them, 1 each begins a word, 2 each is in it,
    3 each is near something in it; None when one is nowhere."""
    small = title.casefold()
    if small.startswith(" ".join(words)):
        return 0
    title_words = [one for one in SPLIT.split(small) if one]
    if all(any(one.startswith(word) for one in title_words) for word in words):
        return 1
    if all(word in small for word in words):
        return 2
    near = all(word in small or any(is_near(word, one) for one in title_words) for word in words)
    return 3 if near else None
