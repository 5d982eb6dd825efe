"""A working title for an idea whose sender was not asked for one."""

import re

LONGEST = 80


def from_problem(problem: str) -> str:
    """The first sentence of the problem, cut between words; the team may write a better one."""
    text = " ".join(problem.split())
    sentence = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0].rstrip(".")
    if len(sentence) <= LONGEST:
        return sentence
    return sentence[:LONGEST].rsplit(" ", 1)[0] + " …"
