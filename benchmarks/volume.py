"""Ideas in any number, in a language with the habits of Norwegian: a few words are everywhere, most
are rare, and new compounds never end (Zipf's and Heaps' laws). The same every time.
"""

import itertools
from collections.abc import Iterator

import numpy as np
from django.utils import timezone

from core.search import count_words
from ideas.models import Idea, Submitter
from municipality.models import AnnualCycle
from projects.models import Project

AT_ONCE = 2000
WORDS_IN_TITLE, WORDS_IN_PROBLEM = 6, 45
STEEPNESS = 1.05
PARTS = (
    "barne skole vei snø bil sykkel buss kultur idretts helse lege time vann avløps bygge kart"
    " søknads bolig senter ungdoms elev foreldre omsorgs nøkkel natte tilsyns faktura arkiv møte"
    " plan eiendoms turist park strø brøyte lys fiber sensor drone tolke bibliotek bok svømme hall"
    " kjøkken mat avfalls stein torg kirke grav dag kveld hjemme pleie"
)
ENDINGS = (
    "hagen køen plassen kartet nettet timen søknaden planen ruta listen huset senteret skjemaet"
    " varselet bestillingen oversikten telefonen systemet møtet regninga prøven tjenesten veien"
)
COMMON = (
    "vi hører ikke når noen svarer kommunen må ringe flere ganger vet hvor det står og hva som"
    " skjer alle bruker lang tid på å finne ut av dette hver uke kan gjøres enklere med en melding"
)


def _words() -> list[str]:
    """The most common first."""
    parts, endings = PARTS.split(), ENDINGS.split()
    pairs = [first + last for first, last in itertools.product(parts, endings)]
    triples = ["".join(three) for three in itertools.product(parts, parts, endings)]
    chance = np.random.default_rng(2026)
    chance.shuffle(pairs)
    chance.shuffle(triples)
    return [*COMMON.split(), *pairs, *triples]


class Writer:
    """Writes sentences. Two with the same seed write the same."""

    def __init__(self, seed: int) -> None:
        self._words = np.array(_words())
        weights = 1 / (np.arange(len(self._words)) + 3) ** STEEPNESS
        self._upto = np.cumsum(weights / weights.sum())
        self._chance = np.random.default_rng(seed)

    def write(self, words: int) -> str:
        places = np.searchsorted(self._upto, self._chance.random(words))
        return " ".join(self._words[places])


def fill(count: int) -> None:
    """`count` published ideas in the present year, and their words counted."""
    cycle = AnnualCycle.objects.order_by("-year").first() or AnnualCycle.objects.create(
        year=2026, budget_deadline=timezone.localdate(), is_current=True
    )
    ideas = _ideas(count, cycle)
    while batch := list(itertools.islice(ideas, AT_ONCE)):
        Idea.objects.bulk_create(batch)
    for model in (Idea, Project):
        count_words(model)


def _ideas(count: int, cycle: AnnualCycle) -> Iterator[Idea]:
    writer, now = Writer(1), timezone.now()
    for number in range(count):
        yield Idea(
            cycle=cycle,
            code=f"V{number:07}",
            problem=writer.write(WORDS_IN_PROBLEM),
            who_has_it="Foreldre",
            submitter=Submitter.CITIZEN,
            title=writer.write(WORDS_IN_TITLE)[:120],
            answer_due_on=timezone.localdate(now),
            published_at=now,
        )
