"""What a worker found out about a scenario, in words."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import NO_BREAK_SPACE, count_word, listed, number, percent
from prioritization.fitting import Answer, Frame

MOST_NAMES = 5  # in one sentence

Names = Mapping[int, str]  # of ideas, or of sectors


def frame_of(taken: Sequence[int | None]) -> Frame:
    """A frame as it comes back from JSON."""
    year, sector = taken[:2]
    assert year is not None
    return Frame(year, sector)


def frame_name(frame: Frame, sectors: Names) -> str:
    if frame.sector is None:
        return _("Kroner i {year}").format(year=frame.year)
    return _("Årsverk i {sector} i {year}").format(sector=sectors[frame.sector], year=frame.year)


def amount(frame: Frame, value: Decimal) -> str:
    """To the krone: what does not fit by little must show."""
    if frame.is_money:
        return f"{number(value, 0)}{NO_BREAK_SPACE}kr"
    return _("{count} årsverk").format(count=number(value))


def amount_of(frame: Frame, value: Decimal, sectors: Names) -> str:
    """«200 000 kr i 2027», «0,5 årsverk i Helse i 2027»."""
    if frame.sector is None:
        return _("{amount} i {year}").format(amount=amount(frame, value), year=frame.year)
    return _("{amount} i {sector} i {year}").format(
        amount=amount(frame, value), sector=sectors[frame.sector], year=frame.year
    )


def points(value: Decimal) -> str:
    """With one decimal where it says something."""
    return number(value.quantize(Decimal("0.1")))


def quoted(keys: Iterable[int], names: Names) -> str:
    """«A», «B» og «C», or the first of many with how many more there are."""
    titles = [f"«{names[key]}»" for key in keys]
    if len(titles) > MOST_NAMES + 1:
        more = len(titles) - MOST_NAMES
        titles = [*titles[:MOST_NAMES], _("{count} til").format(count=count_word(more))]
    return listed(titles)


def heading(answer: Answer) -> str:
    """What was found, as a sentence."""
    if answer["conflicts"]:
        return _impossible(answer["conflicts"])
    best, simple = answer["best"], answer["simple"]
    gain = Decimal(best["value"]) - Decimal(simple["value"])
    if gain > 0:
        return ngettext(
            "Det beste utvalget har {count} idé og gir {points} poeng mer enn å følge lista",
            "Det beste utvalget har {count} ideer og gir {points} poeng mer enn å følge lista",
            len(best["chosen"]),
        ).format(count=count_word(len(best["chosen"])), points=points(gain))
    if not best["chosen"]:
        return _("Ingen ideer får plass innenfor rammene")
    if set(best["chosen"]) == set(simple["chosen"]):
        return ngettext(
            "Lista fra toppen gir det beste utvalget: {count} idé får plass",
            "Lista fra toppen gir det beste utvalget: {count} ideer får plass",
            len(best["chosen"]),
        ).format(count=count_word(len(best["chosen"])))
    return _("Det beste utvalget koster mindre enn å følge lista, og gir like mange poeng")


def _impossible(conflicts: Sequence[Answer]) -> str:
    if any(found["cause"] == "limit" for found in conflicts):
        return _("Ingen utvalg går opp: det som skal være med, får ikke plass")
    return _("Ingen utvalg går opp: vilkårene sier imot hverandre")


def proof(best: Answer) -> str:
    """How sure it is that there is no better set."""
    if best["is_optimal"]:
        return _("Det er bevist at ingen andre utvalg innenfor rammene gir flere poeng.")
    if best["gap"] is None:
        return _("Vi rakk ikke å bevise at dette er det beste utvalget.")
    return _(
        "Vi rakk ikke å bevise at dette er det beste utvalget. Det beste gir høyst {share} mer."
    ).format(share=percent(_share_more(Decimal(best["gap"])), 1))


def _share_more(gap: Decimal) -> Decimal:
    """A gap is a part of the bound; told is what may be missing, as a part of what was found."""
    return gap / (1 - gap) * 100 if gap < 1 else Decimal(100)


def conflict(
    found: Answer, *, names: Names, sectors: Names, limits: Mapping[Frame, Decimal]
) -> str:
    """Why nothing can be chosen: one rule, or one limit."""
    keys = found["keys"]
    if found["cause"] == "excluded":
        if len(keys) == 1:
            return _("{idea} skal både være med og ikke være med.").format(idea=quoted(keys, names))
        return _("{ideas} skal være med og krever {idea}, som ikke skal være med.").format(
            ideas=quoted(keys[1:], names), idea=quoted(keys[:1], names)
        )
    if found["cause"] == "exclusive":
        return _("{ideas} må være med, men kan ikke være med sammen.").format(
            ideas=quoted(keys, names)
        )
    frame = frame_of(found["frame"])
    return _(
        "Det som skal være med, trenger {needed}. Rammen er {limit}. Det gjelder {ideas}."
    ).format(
        needed=amount_of(frame, Decimal(found["needed"]), sectors),
        limit=amount(frame, limits[frame]),
        ideas=quoted(keys, names),
    )


def obstacle(found: Answer, *, names: Names, sectors: Names) -> str:
    """What keeps an idea out of a set. Empty when nothing does."""
    if found["excluded"]:
        return _("Skal ikke være med")
    if found["needs_excluded"]:
        return _("Krever {ideas}, som ikke skal være med").format(
            ideas=quoted(found["needs_excluded"], names)
        )
    if found["clashes"]:
        return _("Kan ikke være med sammen med {ideas}").format(
            ideas=quoted(found["clashes"], names)
        )
    if not found["short"]:
        return ""
    missing = [amount_of(frame_of(each), Decimal(each[2]), sectors) for each in found["short"]]
    return _("Det mangler {amounts}").format(amounts=listed(missing))


def exchange(into: Sequence[int], out: Sequence[int], names: Names) -> str:
    """«A» kommer inn, «B» går ut."""
    parts = []
    if into:
        parts.append(_("{ideas} kommer inn").format(ideas=quoted(into, names)))
    if out:
        parts.append(_("{ideas} går ut").format(ideas=quoted(out, names)))
    return ", ".join(parts)


def next_krone(found: Answer, names: Names) -> str:
    """What a little more money in one year buys."""
    extra = amount(Frame(found["year"], None), Decimal(found["extra"]))
    if Decimal(found["gain"]) > 0:
        return _("{extra} til i {year} gir {points} poeng mer: {changes}.").format(
            extra=extra,
            year=found["year"],
            points=points(Decimal(found["gain"])),
            changes=exchange(found["into"], found["out"], names),
        )
    nothing = _("{extra} til i {year} endrer ingenting.").format(extra=extra, year=found["year"])
    if found["least_extra"] is None:
        return nothing + " " + _no_amount(found)
    return _("{nothing} Først med {least} til skjer det noe: {changes}.").format(
        nothing=nothing,
        least=amount(Frame(found["year"], None), Decimal(found["least_extra"])),
        changes=exchange(found["first_into"], found["first_out"], names),
    )


def _no_amount(found: Answer) -> str:
    if found["is_known"]:
        return _("Mer penger det året gir ikke et bedre utvalg.")
    return _("Vi rakk ikke å finne ut hvor mye som må til.")
