"""The texts of the memo as first drafted: plain Norwegian out of the facts, no database.

`facts` is what `memo.facts` gives. The team rewrites as it likes; what is drafted here is kept
beside what it wrote.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formatting
from prioritization.models import SectionKey

Facts = dict[str, Any]
Item = dict[str, Any]


def draft(facts: Facts) -> dict[SectionKey, str]:
    """Every text the team can write, paragraphs parted by an empty line."""
    return {key: write(facts) for key, write in WRITERS.items()}


def recommended(facts: Facts) -> list[Item]:
    """In the memo's own order. What the law demands is apart: it does not compete."""
    return [item for item in facts["items"] if item["is_recommended"] and not item["is_statutory"]]


def not_recommended(facts: Facts) -> list[Item]:
    return [item for item in facts["items"] if not item["is_recommended"]]


def statutory(facts: Facts) -> list[Item]:
    return [item for item in facts["items"] if item["is_recommended"] and item["is_statutory"]]


def cost_of(items: Sequence[Item]) -> int:
    return sum(item["cost"] or 0 for item in items)


def money(kroner: int) -> str:
    """«6,0 millioner kroner», «25 000 kroner»."""
    space = formatting.NO_BREAK_SPACE
    if kroner >= 1_000_000:
        return f"{formatting.number(kroner / 1_000_000, 1)}{space}millioner kroner"
    return f"{formatting.number(kroner, 0)}{space}kroner"


def _count(n: int, *, neuter: bool = False) -> str:
    return _("ett") if neuter and n == 1 else formatting.count_word(n)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _paragraphs(*texts: str | None) -> str:
    return "\n\n".join(text for text in texts if text)


def _projects(n: int) -> str:
    return ngettext("{n} prosjekt", "{n} prosjekter", n).format(n=_count(n, neuter=True))


def _ideas(n: int) -> str:
    return ngettext("{n} idé", "{n} ideer", n).format(n=_count(n))


def _proposal(facts: Facts) -> str:
    return "\n".join(
        line
        for line in (
            _start(facts),
            _outside_the_frame(facts),
            _answer_to_the_others(facts),
            _without_place(facts),
        )
        if line
    )


def _start(facts: Facts) -> str:
    chosen, frame = recommended(facts), facts["memo"]["budget_frame"]
    words = {"year": facts["budget_year"], "projects": _sentence(_projects(len(chosen)))}
    if not chosen:
        return _("Ingen av de rangerte ideene starter i {year}.").format(**words)
    if frame is None:
        return _("{projects} starter i januar {year}.").format(**words)
    return _("{projects} starter i januar {year}, innenfor en ramme på {frame}.").format(
        frame=money(frame), **words
    )


def _outside_the_frame(facts: Facts) -> str | None:
    duties = statutory(facts)
    if not duties:
        return None
    cost = cost_of(duties)
    return _("{n} tiltak{cost} gjennomføres utenom rammen.").format(
        n=_sentence(
            ngettext("{n} lovpålagt", "{n} lovpålagte", len(duties)).format(
                n=_count(len(duties), neuter=True)
            )
        ),
        cost=_(" på {money}").format(money=money(cost)) if cost else "",
    )


def _answer_to_the_others(facts: Facts) -> str | None:
    others = len(not_recommended(facts))
    if not others:
        return None
    when = formatting.day_with_year(date.fromisoformat(facts["answers_by"]))
    return ngettext(
        "Én rangert idé er ikke anbefalt, og får svar med begrunnelse innen {when}.",
        "De {n} andre rangerte ideene får svar med begrunnelse innen {when}.",
        others,
    ).format(n=_count(others), when=when)


def _without_place(facts: Facts) -> str | None:
    missing = len(facts["incomplete"])
    if not missing:
        return None
    return ngettext(
        "Én idé som mangler poeng, tas opp igjen i neste runde.",
        "{n} ideer som mangler poeng, tas opp igjen i neste runde.",
        missing,
    ).format(n=_sentence(_count(missing)))


def _summary(facts: Facts) -> str:
    numbers = facts["numbers"]
    came_in = _("Vi fikk inn {ideas} i {year}. Til {stage} gikk {scored} av dem.").format(
        ideas=_ideas(numbers["received"]),
        year=facts["year"],
        stage=facts["criteria"]["stage"].lower(),
        scored=_count(numbers["scored"]),
    )
    scored_by = ngettext(
        "Én person satte poeng.", "{n} personer satte poeng, hver for seg.", numbers["scorers"]
    ).format(n=_sentence(_count(numbers["scorers"])))
    return _paragraphs(f"{came_in} {scored_by}", _sum_against_frame(facts), _weakest(facts))


def _sum_against_frame(facts: Facts) -> str:
    chosen, frame = recommended(facts), facts["memo"]["budget_frame"]
    if not chosen:
        return _("Vi anbefaler ingen av de rangerte ideene i år.")
    cost = cost_of(chosen)
    words = {"projects": _projects(len(chosen)), "cost": money(cost)}
    if frame is None:
        return _("Vi anbefaler {projects}, som koster {cost} i alt.").format(**words)
    if cost > frame:
        return _(
            "Vi anbefaler {projects}, som koster {cost} i alt. Det er {over} mer enn rammen."
        ).format(over=money(cost - frame), **words)
    return _("Vi anbefaler {projects}, som koster {cost} i alt. Rammen er {frame}.").format(
        frame=money(frame), **words
    )


def _weakest(facts: Facts) -> str | None:
    maturity = facts["maturity"]
    if not maturity:
        return None
    weakest = min(maturity["areas"], key=lambda area: float(area["mean"]))
    return _("Målingen i år viste at {area} er det svakeste området, med {mean} av 5.").format(
        area=weakest["name"].lower(), mean=formatting.number(weakest["mean"], 1)
    )


def _background(facts: Facts) -> str:
    goals = sorted({goal["code"] for item in recommended(facts) for goal in item["goals"]})
    serves = ngettext(
        "De anbefalte prosjektene støtter ett av målene i strategien: {codes}.",
        "De anbefalte prosjektene støtter {n} av målene i strategien: {codes}.",
        len(goals),
    ).format(n=_count(len(goals)), codes=formatting.listed(goals))
    return _paragraphs(
        _(
            "Digitaliseringsstrategien sier at vi hvert år skal måle hvor vi står, samle ideer, "
            "prioritere og gjennomføre. Prioriteringen skal være klar før budsjettet, så pengene "
            "følger det som er bestemt."
        ),
        _(
            "Målet er tjenester som er enklere å bruke, og mer tid til det bare mennesker kan "
            "gjøre."
        ),
        serves if goals else None,
    )


def _status(facts: Facts) -> str:
    return _paragraphs(_maturity(facts["maturity"]), _benefits(facts["benefits"]))


def _maturity(maturity: Facts | None) -> str:
    if not maturity:
        return _("Ingen sektorer har levert egenvurdering i år.")
    return _(
        "{n} av {all} sektorer har vurdert seg selv. Snittet er {mean} av 5. {sentence}"
    ).format(
        n=_sentence(_count(maturity["submitted"])),
        all=_count(maturity["sectors"]),
        mean=formatting.number(maturity["overall"], 1),
        sentence=maturity["sentence"],
    )


def _benefits(benefits: Sequence[Facts]) -> str:
    if not benefits:
        return _("Ingen prosjekter har planlagt gevinster ennå.")
    measured = [row for row in benefits if row["latest"] is not None]
    reached = sum(1 for row in measured if row["progress"] is not None and row["progress"] >= 1)
    follow = ngettext(
        "Vi følger én gevinst fra tidligere prosjekter.",
        "Vi følger {n} gevinster fra tidligere prosjekter.",
        len(benefits),
    ).format(n=_count(len(benefits)))
    if not measured:
        return f"{follow} " + _("Ingen av dem er målt ennå.")
    return f"{follow} " + _("{measured} er målt, og {reached} har nådd målet.").format(
        measured=_sentence(_count(len(measured))),
        reached=_count(reached) if reached else _("ingen"),
    )


def _recommended(facts: Facts) -> str:
    chosen = recommended(facts)
    if not chosen:
        return _("Vi anbefaler ingen prosjekter i år.")
    by_sector = Counter(item["sector"] for item in chosen)
    sectors = ngettext(
        "Alle hører til samme sektor.",
        "De fordeler seg på {n} sektorer, med høyst {most} i hver.",
        len(by_sector),
    ).format(n=_count(len(by_sector)), most=_count(max(by_sector.values()), neuter=True))
    return _("Vi anbefaler {projects}.").format(projects=_projects(len(chosen))) + (
        f" {sectors}" if len(chosen) > 1 else ""
    )


def _not_recommended(facts: Facts) -> str:
    others = len(not_recommended(facts))
    if not others:
        return _("Alle de rangerte ideene er anbefalt.")
    return ngettext(
        "Én rangert idé er ikke anbefalt i år. Grunnen er den samme som innsenderen får lese.",
        "{n} rangerte ideer er ikke anbefalt i år. Grunnen står ved hver av dem, og er den samme "
        "som innsenderen får lese.",
        others,
    ).format(n=_sentence(_count(others)))


def _economy(facts: Facts) -> str:
    chosen = recommended(facts)
    if not chosen:
        return _("Notatet gir ingen utgifter til nye prosjekter i {year}.").format(
            year=facts["budget_year"]
        )
    return _paragraphs(
        _estimated(facts, cost_of(chosen)),
        _(
            "Pengene foreslås tatt av midlene til digitalisering i budsjettet for {year}. "
            "Sektorene dekker økt drift selv."
        ).format(year=facts["budget_year"]),
    )


def _estimated(facts: Facts, cost: int) -> str:
    """In all, and how much of it falls in the first year when it is not all."""
    spread = [row for row in facts["years"] if row["chosen"]["kroner"]]
    if len(spread) < 2:
        return _("De anbefalte prosjektene er anslått til {cost} i {year}.").format(
            cost=money(cost), year=facts["budget_year"]
        )
    return _(
        "De anbefalte prosjektene er anslått til {cost} i alt, fra {first} til {last}. Av det "
        "kommer {now} i {year}."
    ).format(
        cost=money(cost),
        first=spread[0]["year"],
        last=spread[-1]["year"],
        now=money(spread[0]["chosen"]["kroner"]),
        year=spread[0]["year"],
    )


def _risk(_facts: Facts) -> str:
    return _paragraphs(
        _(
            "Alle prosjektene skal vurdere personvern, informasjonssikkerhet og universell "
            "utforming før planleggingen er ferdig. Ingen som behandler personopplysninger, "
            "starter før konsekvensene for personvernet er vurdert."
        ),
        _("Løsningene prøves sammen med dem som skal bruke dem."),
    )


def _caveats(facts: Facts) -> str:
    scorers = facts["numbers"]["scorers"]
    return _paragraphs(
        ngettext(
            "Poengene er skjønn, satt av én person. Kostnadene er anslag.",
            "Poengene er skjønn, satt av {n} personer. Kostnadene er anslag.",
            scorers,
        ).format(n=_count(scorers)),
        _ties(facts),
    )


def _ties(facts: Facts) -> str | None:
    """Who stands equal, when it matters: two or more that share a place."""
    by_place: dict[int, list[str]] = {}
    for item in facts["items"]:
        if item["place"] is not None:
            by_place.setdefault(item["place"], []).append(f"«{item['title']}»")
    shared = [formatting.listed(titles) for titles in by_place.values() if len(titles) > 1]
    return " ".join(_("{ideas} står likt.").format(ideas=ideas) for ideas in shared[:3]) or None


def _attachments(_facts: Facts) -> str:
    return _(
        "Vedlegg 1: Poenggrunnlaget, som Excel. Der står alle svarene uten navn, og formlene gir "
        "de samme tallene som her."
    )


WRITERS: dict[SectionKey, Callable[[Facts], str]] = {
    SectionKey.PROPOSAL: _proposal,
    SectionKey.SUMMARY: _summary,
    SectionKey.BACKGROUND: _background,
    SectionKey.STATUS: _status,
    SectionKey.RECOMMENDED: _recommended,
    SectionKey.NOT_RECOMMENDED: _not_recommended,
    SectionKey.ECONOMY: _economy,
    SectionKey.RISK: _risk,
    SectionKey.CAVEATS: _caveats,
    SectionKey.ATTACHMENTS: _attachments,
}
