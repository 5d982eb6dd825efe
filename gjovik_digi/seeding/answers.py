"""What each scorer answers, from what most of them think. The same in every run."""

from gjovik_digi.seeding import texts

LEVELS = {"low": 1, "medium": 2, "high": 3}
LOWEST, MIDDLE, HIGHEST = 1, 2, 3
ONE_DIFFERS = 3  # where they agree, one person differs by a step about every third time


def levels(
    key: str, question: str, *, most: str | None, is_disputed: bool, scorers: list[str]
) -> dict[str, int]:
    """Scorer → level. Empty when nobody has answered.

    Where it is disputed, two of them stand far from the others.
    """
    if most is None:
        return {}
    level = LEVELS[most]
    answers = dict.fromkeys(scorers, level)
    order = sorted(scorers, key=lambda scorer: texts.number_from(key, question, scorer))
    if is_disputed:
        first, second = order[:2]
        answers[first] = HIGHEST if level == LOWEST else LOWEST
        answers[second] = HIGHEST if level == MIDDLE else MIDDLE
    elif texts.number_from(key, question) % ONE_DIFFERS == 0:
        answers[order[0]] = LOWEST if level == MIDDLE else MIDDLE
    return answers
