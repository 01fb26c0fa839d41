"""The names of a round's files without what they have in common, for where there is little room."""

import re
from collections.abc import Sequence
from os.path import commonprefix

_BREAK = re.compile(r"[\s_.-]")


def short_names(names: Sequence[str]) -> list[str]:
    """`kolibri_banner_970x250_r2.jpg` among its likes is `970x250`; whole, when nothing would be left of one."""
    stems = [name.rpartition(".")[0] or name for name in names]
    names = stems if len(set(stems)) == len(stems) else names
    start = _to_break(commonprefix(names))
    end = _to_break(commonprefix([name[::-1] for name in names]))
    if any(len(name) <= start + end for name in names):
        return list(names)
    return [name[start : len(name) - end] for name in names]


def _to_break(common: str) -> int:
    """How much of it ends between two words."""
    return max((found.end() for found in _BREAK.finditer(common)), default=0)
