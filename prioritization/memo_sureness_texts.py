"""How sure the ranking is, in words. Of the snapshot, no database."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formatting
from prioritization.memo_texts import Facts, Item
from prioritization.sureness import Flip

SURE = 0.95  # of the draws: as good as always among the first
NEVER = 0.05
MOST_NAMED = 6  # a longer list of doubtful places is for the table
MOST_FLIPS = 3


def paragraphs(sureness: Facts) -> list[str]:
    told = (_method(sureness), _firsts(sureness), _bands(sureness), _changed(sureness))
    return [text for text in told if text]


def _changed(sureness: Facts) -> str:
    if sureness["is_current"]:
        return ""
    return _("Noen svar er endret etter at dette ble regnet ut.")


def _method(sureness: Facts) -> str:
    return _(
        "Vi har regnet rekkefølgen på nytt {draws} ganger, med vektene endret inntil {span} poeng "
        "og med ulike utvalg av dem som satte poeng."
    ).format(draws=formatting.number(sureness["draws"], 0), span=sureness["span"])


def _firsts(sureness: Facts) -> str:
    rows, top = sureness["rows"], sureness["top"]
    sure = [row["place"] for row in rows if row["top_share"] >= SURE]
    doubtful = [row for row in rows if NEVER <= row["top_share"] < SURE]
    words = {"top": formatting.count_word(top), "share": formatting.percent(100 * SURE)}
    return " ".join(
        text
        for text in (
            _("{places} er blant de {top} første i minst {share} av forsøkene.").format(
                places=numbers(sure), **words
            )
            if sure
            else _("Ingen er blant de {top} første i minst {share} av forsøkene.").format(**words),
            _the_doubtful(doubtful),
        )
        if text
    )


def _the_doubtful(rows: Sequence[Item]) -> str:
    """«Nummer 6 er det i 57 %, nummer 7 i 40 %.»"""
    if not rows:
        return ""
    first, *others = (
        (row["place"], formatting.percent(round(100 * row["top_share"])))
        for row in rows[:MOST_NAMED]
    )
    told = [_("Nummer {place} er det i {share}").format(place=first[0], share=first[1])]
    told += [_("nummer {place} i {share}").format(place=n, share=share) for n, share in others]
    if len(rows) > MOST_NAMED:
        return f"{', '.join(told)}. " + _("Resten står i tabellen.")
    return f"{', '.join(told)}."


def _bands(sureness: Facts) -> str:
    """Those on each side of the line whose order says little."""
    by_band = groupby(sureness["rows"], key=lambda row: row["band"])
    together = [[row["place"] for row in rows] for _band, rows in by_band]
    across = [places for places in together if places[0] <= sureness["top"] < places[-1]]
    return " ".join(
        _(
            "{places} står i praksis likt, og streken går mellom dem. Der avgjør skjønn like mye "
            "som poeng."
        ).format(places=numbers(places))
        for places in across
    )


def what_flips(sureness: Facts) -> list[str]:
    """One line for each weight that decides who is among the first."""
    if not sureness["flips"]:
        return [
            _(
                "Ingen endring av én vekt, på inntil {span} poeng, endrer hvem som er blant de "
                "{top} første."
            ).format(span=sureness["span"], top=formatting.count_word(sureness["top"]))
        ]
    return [_flip(flip) for flip in sureness["flips"][:MOST_FLIPS]]


def _flip(stored: Facts) -> str:
    """«Strategi fra 40 til 46: «A» inn, «B» ut.»"""
    flip = Flip.of(stored)
    return f"{flip.weight}: {flip.moves}."


def numbers(places: Sequence[int]) -> str:
    """«Nummer 1 til 5», «Nummer 2 og 7»."""
    unique = sorted(set(places))
    if len(unique) > 2 and unique[-1] - unique[0] == len(unique) - 1:
        return _("Nummer {first} til {last}").format(first=unique[0], last=unique[-1])
    return _("Nummer {places}").format(places=formatting.listed([str(place) for place in unique]))


def in_table(row: Item) -> Item:
    """A row of the table: its interval and its share in figures."""
    interval = (
        str(row["lowest"])
        if row["lowest"] == row["highest"]
        else f"{row['lowest']}–{row['highest']}"
    )
    return {**row, "interval": interval, "share": formatting.percent(round(100 * row["top_share"]))}


def heading_of_share(sureness: Facts) -> str:
    return ngettext("Nummer 1", "Blant de {n} første", sureness["top"]).format(n=sureness["top"])
