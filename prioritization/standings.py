"""The ranking as it is shown: places, what each score is made of, how sure each place is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.utils.translation import gettext as _

from core.bars import Cell, RankInterval, explanation_cells
from core.formatting import count_word, listed, number, share
from prioritization.models import Criterion, Entry, Round
from prioritization.scoring import places

NEARLY_EQUAL = 1  # point
FIRM = 0.9  # in so large a part of the draws among those there is room for
LETTERS_PER_PERCENT = 0.5  # how much text there is room for above a bar


@dataclass(frozen=True)
class Row:
    """`number` is how far down the list it stands; `place` may be shared."""

    number: int
    place: int
    is_shared: bool
    entry: Entry
    cells: list[Cell]
    words: str
    interval: RankInterval | None
    near: Sequence[int]  # the places of the others it is nearly equal with
    is_at_line: bool  # nearly equal with one on the other side of the line
    is_below: bool
    is_last_above: bool  # the line goes under it

    @property
    def near_words(self) -> str:
        """«nesten likt med nr. 7»; what shares its place is told there."""
        others = sorted(set(self.near) - {self.place})
        if not others:
            return ""
        if len(others) < 3:
            told = listed([str(place) for place in others])
        else:
            told = f"{others[0]}–{others[-1]}"
        return _("nesten likt med nr. {places}").format(places=told)

    @property
    def interval_words(self) -> str:
        if self.interval is None:
            return ""
        if self.interval.lowest == self.interval.highest:
            return _("plass {place} i minst 90 % av forsøkene").format(place=self.interval.lowest)
        return _("plass {lowest} til {highest} i 90 % av forsøkene").format(
            lowest=self.interval.lowest, highest=self.interval.highest
        )


def rows_of(
    scored: Round,
    page: Page,
    criteria: Sequence[Criterion],
    *,
    top: int | None,
    are_near: bool = True,
) -> list[Row]:
    """The rows of one page. `top` is where the line goes; `are_near`: bands hold for these answers.

    Entries carry their ranges when somebody has worked them out (`with_ranges`).
    """
    entries = list(page.object_list)
    keys = [entry.rank_key for entry in entries]
    before = page.start_index() - 1 if entries else 0
    first = scored.entries.place_of(entries[0]) if before else None
    numbers = places(keys, before=before, first=first)
    bands = [getattr(entry, "band", None) if are_near else None for entry in entries]
    across = _band_across(bands, None if top is None else top - before)
    return [
        Row(
            number=before + index + 1,
            place=place,
            is_shared=keys.count(entry.rank_key) > 1 or place <= before,
            entry=entry,
            cells=explanation_cells(
                (criterion.weight, entry.breakdown[criterion.code]) for criterion in criteria
            ),
            words=in_words(entry, criteria),
            interval=_interval(entry, place, of=page.paginator.count, top=top),
            near=_near(index, bands, numbers),
            is_at_line=bands[index] is not None and bands[index] == across,
            is_below=top is not None and before + index + 1 > top,
            is_last_above=before + index + 1 == top and before + index + 1 < page.paginator.count,
        )
        for index, (place, entry) in enumerate(zip(numbers, entries, strict=True))
    ]


def _band_across(bands: Sequence[int | None], line: int | None) -> int | None:
    """The band with ideas on both sides of the line, which goes after so many of the page."""
    if line is None or not 0 < line < len(bands) or bands[line - 1] != bands[line]:
        return None
    return bands[line]


def _near(index: int, bands: Sequence[int | None], numbers: Sequence[int]) -> list[int]:
    if bands[index] is None:
        return []
    return [
        place
        for other, (band, place) in enumerate(zip(bands, numbers, strict=True))
        if band == bands[index] and other != index
    ]


def _interval(entry: Entry, place: int, *, of: int, top: int | None) -> RankInterval | None:
    lowest, highest = getattr(entry, "lowest", None), getattr(entry, "highest", None)
    if lowest is None or highest is None:
        return None
    return RankInterval(place, lowest, min(highest, of), of, top)


def in_words(entry: Entry, criteria: Sequence[Criterion]) -> str:
    """The explanation bar for those who do not see it."""
    return ", ".join(
        f"{criterion.short_name} {share(entry.breakdown[criterion.code])}" for criterion in criteria
    )


def legend_of(criteria: Sequence[Criterion]) -> list[tuple[str, str]]:
    """Names and weights above the cells of the bar, each where its cell begins.

    Nothing when one has no room; they then stand in a row.
    """
    names = [f"{criterion.short_name} {criterion.weight}" for criterion in criteria]
    for name, criterion in zip(names, criteria, strict=True):
        if len(name) > criterion.weight * LETTERS_PER_PERCENT:
            return []
    cells = explanation_cells((criterion.weight, None) for criterion in criteria)
    return [(cell.x, name) for cell, name in zip(cells, names, strict=True)]


def heading_of(page: Page, rows: Sequence[Row], *, top: int | None) -> str:
    """What the ranking says, as a sentence. `top`: of how many it is worked out, if it is."""
    if not rows:
        return _("Ingen ideer er rangert ennå")
    if page.number > 1:
        return _("Plass {first} til {last} av {all}").format(
            first=rows[0].place, last=rows[-1].place, all=page.paginator.count
        )
    if len(rows) == 1:
        return _("{title} er den eneste ideen som er rangert").format(title=rows[0].entry.idea)
    if top is not None and 0 < top < len(rows):
        return _how_sure(rows, top)
    return _who_leads(rows)


def _how_sure(rows: Sequence[Row], top: int) -> str:
    """How many stand firmly above the line, and who about it are in practice equal."""
    last = rows[top - 1]
    across = [row for row in rows if row.entry.band == last.entry.band]
    is_across = across[-1].number > top
    firm = [
        row
        for row in rows[:top]
        if (row.entry.top_share or 0) >= FIRM and not (is_across and row in across)
    ]
    if not is_across:
        if len(firm) == top:
            return _firm_words(top)
        if firm:
            return _("{some} av de {all} øverste står støtt").format(
                some=count_word(len(firm)).capitalize(), all=count_word(top)
            )
        return _who_leads(rows)
    equal = _equal_words([row.place for row in across])
    if not firm:
        return equal
    if len(firm) == 1:
        return _("Én idé står støtt. {equal}.").format(equal=equal)
    return _("{count} ideer står støtt. {equal}.").format(
        count=count_word(len(firm)).capitalize(), equal=equal
    )


def _firm_words(top: int) -> str:
    if top == 1:
        return _("Den øverste ideen står støtt")
    return _("De {count} øverste ideene står støtt").format(count=count_word(top))


def _equal_words(numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if first == last:
        return _("{count} deler plass {place}").format(
            count=count_word(len(numbers)).capitalize(), place=first
        )
    if len(numbers) == 2:
        return _("Nummer {first} og {last} er i praksis like").format(first=first, last=last)
    return _("Nummer {first} til {last} er i praksis like").format(first=first, last=last)


def _who_leads(rows: Sequence[Row]) -> str:
    first = [row.entry for row in rows if row.place == 1]
    if len(first) == 2:
        return _("{one} og {other} deler førsteplassen").format(
            one=first[0].idea, other=first[1].idea
        )
    if len(first) > 2:
        return _("{count} ideer deler førsteplassen").format(
            count=count_word(len(first)).capitalize()
        )
    return _lead_of(first[0], rows[1].entry)


def _lead_of(first: Entry, second: Entry) -> str:
    distance = (first.score or 0) - (second.score or 0)
    if distance < NEARLY_EQUAL:
        return _("{one} og {other} er i praksis like").format(one=first.idea, other=second.idea)
    return _("{title} ligger øverst, {points} poeng foran neste").format(
        title=first.idea, points=number(distance, 1)
    )
