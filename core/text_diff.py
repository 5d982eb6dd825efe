"""Two wordings of a text, word by word: what is the same, and what is only in one of them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Piece:
    """A run of words: the same in both, or only in one."""

    text: str
    is_changed: bool = False


def compare(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """The pieces of each. Put together they are the texts again."""
    before, after = WORD.findall(old), WORD.findall(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return (
        _pieces([("".join(before[a:b]), tag) for tag, a, b, _c, _d in steps]),
        _pieces([("".join(after[c:d]), tag) for tag, _a, _b, c, d in steps]),
    )


def _pieces(runs: list[tuple[str, str]]) -> list[Piece]:
    return [Piece(text, is_changed=tag != "equal") for text, tag in runs if text]
