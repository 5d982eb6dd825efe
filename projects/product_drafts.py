"""A first draft of what can be said of the project's own data. Somebody reads and rewrites it.

Each function gives one section's text, or nothing where the data say nothing.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import count_word, day_with_year, listed, quantity
from projects.models import LessonKind, ProductTemplate, Project


class Facts:
    """The project's data, each kind fetched when the first section asks for it."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def benefits(self) -> list[Any]:
        return list(self.project.benefits.select_related("owner"))

    @cached_property
    def milestones(self) -> list[Any]:
        return list(self.project.milestones.order_by("planned_on", "pk"))

    @cached_property
    def lessons(self) -> list[Any]:
        return list(self.project.lessons.order_by("noted_on", "pk"))

    @cached_property
    def budget_lines(self) -> list[Any]:
        return list(self.project.budget_lines.order_by("year", "pk"))

    @cached_property
    def changes(self) -> list[Any]:
        return list(self.project.change_requests.approved().order_by("decided_at", "pk"))

    @cached_property
    def reports(self) -> list[Any]:
        return list(self.project.status_reports.sent().order_by("month"))

    @cached_property
    def goals(self) -> list[Any]:
        return list(self.project.idea.goals.all())

    @property
    def reached(self) -> list[Any]:
        return [each for each in self.milestones if each.reached_on]

    @property
    def budget(self) -> Decimal | None:
        """The sum of the lines, or the frame it was approved with when there are none."""
        if not self.budget_lines:
            return self.project.budget
        return sum((line.budget for line in self.budget_lines), Decimal())

    @property
    def spent(self) -> Decimal:
        return sum((line.spent for line in self.budget_lines), Decimal())


def drafts(project: Project, template: ProductTemplate) -> dict[str, str]:
    """What each section can begin with, by its code. Sections with nothing to say are left out."""
    facts = Facts(project)
    begun = {
        section: teller(facts).strip()
        for (product, section), teller in TELLERS.items()
        if product == template.code
    }
    return {section: text for section, text in begun.items() if text}


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def kroner(amount: Decimal) -> str:
    """To the krone: what is rounded does not add up on the next line."""
    return quantity(amount, _("kr"))


def _problem(facts: Facts) -> str:
    idea = facts.project.idea
    who = _("Dette gjelder {who}.").format(who=idea.who_has_it) if idea.who_has_it else ""
    return _paragraphs(idea.problem, who)


def _purpose(facts: Facts) -> str:
    project = facts.project
    benefit = (
        _("Ventet gevinst er: {benefit}.").format(benefit=project.expected_benefit.rstrip("."))
        if project.expected_benefit
        else ""
    )
    return _paragraphs(project.summary, benefit, _goals(facts))


def _goals(facts: Facts) -> str:
    if not facts.goals:
        return ""
    return (
        _("Prosjektet hører til disse målene i kommunens planer:")
        + "\n"
        + _bullets([str(goal) for goal in facts.goals])
    )


def _in_short(facts: Facts) -> str:
    """What the project is for, what it may cost, and what is to become better."""
    project = facts.project
    cost = (
        _("Rammen er {amount}.").format(amount=kroner(facts.budget))
        if facts.budget is not None
        else ""
    )
    return _paragraphs(project.summary, cost, _promised(facts))


def _promised(facts: Facts) -> str:
    if not facts.benefits:
        return ""
    return _bullets(
        [
            _("{name}: fra {baseline} til {target} innen {day}.").format(
                name=each.name,
                baseline=quantity(each.baseline, each.unit),
                target=quantity(each.target, each.unit),
                day=day_with_year(each.target_on),
            )
            for each in facts.benefits
        ]
    )


def _financing(facts: Facts) -> str:
    sources = listed(sorted({line.source for line in facts.budget_lines}))
    paid = _("Prosjektet betales av: {sources}.").format(sources=sources) if sources else ""
    return _paragraphs(facts.project.financing, paid)


def _organising(facts: Facts) -> str:
    return facts.project.organisation


def _frames(facts: Facts) -> str:
    project = facts.project
    conditions = (
        _("Vilkår i vedtaket: {words}").format(words=project.conditions)
        if project.conditions
        else ""
    )
    money = (
        _("Rammen er {amount}.").format(amount=kroner(facts.budget))
        if facts.budget is not None
        else ""
    )
    return _paragraphs(conditions, money)


def _solution(facts: Facts) -> str:
    return facts.project.idea.solution


def _deliveries(facts: Facts) -> str:
    return _bullets([each.delivers for each in facts.milestones if each.delivers])


def _reporting(facts: Facts) -> str:
    return _(
        "Prosjektlederen sender en statusrapport til prosjekteieren hver måned: framdrift, "
        "økonomi, kvalitet, risiko og gevinst. Går en prognose utenfor toleransen, får eieren et "
        "avvik å ta stilling til."
    )


def _result(facts: Facts) -> str:
    """Of the final report: from when to when, what it cost, how far the benefits have come."""
    project = facts.project
    began = _("«{name}» startet {day}.").format(
        name=project.name, day=day_with_year(project.started_on)
    )
    return _paragraphs(
        " ".join(filter(None, [began, project.summary])),
        " ".join(filter(None, [_reached_count(facts), _money(facts)])),
        _measured_count(facts),
    )


def _reached_count(facts: Facts) -> str:
    total = len(facts.milestones)
    if not total:
        return ""
    return ngettext(
        "{reached} av én milepæl er nådd.", "{reached} av {total} milepæler er nådd.", total
    ).format(reached=count_word(len(facts.reached)).capitalize(), total=count_word(total))


def _money(facts: Facts) -> str:
    if facts.budget is None:
        return ""
    if not facts.budget_lines:
        return _("Rammen var {budget}.").format(budget=kroner(facts.budget))
    left = facts.budget - facts.spent
    told = _("Budsjettet er {budget}, og {spent} er brukt.").format(
        budget=kroner(facts.budget), spent=kroner(facts.spent)
    )
    if left < 0:
        return told + " " + _("Det er {over} mer enn budsjettet.").format(over=kroner(-left))
    return told + " " + _("{left} er ikke brukt.").format(left=kroner(left))


def _measured_count(facts: Facts) -> str:
    total = len(facts.benefits)
    if not total:
        return ""
    measured = sum(each.is_measured for each in facts.benefits)
    return ngettext(
        "{measured} av én gevinst er målt.", "{measured} av {total} gevinster er målt.", total
    ).format(measured=count_word(measured).capitalize(), total=count_word(total))


def _attainment(facts: Facts) -> str:
    return _paragraphs(_goals(facts), _measured(facts))


def _measured(facts: Facts) -> str:
    return _bullets([_measurement(each) for each in facts.benefits])


def _measurement(benefit: Any) -> str:
    if benefit.main is None:
        return _("{name}: ingen måleindikator ennå.").format(name=benefit.name)
    promised = _("{name}: nullpunkt {baseline}, måltall {target}.").format(
        name=benefit.name,
        baseline=quantity(benefit.baseline, benefit.unit),
        target=quantity(benefit.target, benefit.unit),
    )
    if benefit.latest_value is None:
        return promised + " " + _("Ikke målt ennå.")
    return (
        promised
        + " "
        + _("Sist målt til {value} {day}.").format(
            value=quantity(benefit.latest_value, benefit.unit), day=day_with_year(benefit.latest_on)
        )
    )


def _delivered(facts: Facts) -> str:
    return _bullets(
        [
            _("{name}, ferdig {day}").format(
                name=each.delivers or each.name, day=day_with_year(each.reached_on)
            )
            for each in facts.reached
        ]
    )


def _accounts(facts: Facts) -> str:
    extra = sum((each.cost for each in facts.changes), Decimal())
    changed = (
        _("Vedtatte endringer la til {amount}.").format(amount=kroner(extra)) if extra > 0 else ""
    )
    return _paragraphs(_money(facts), changed)


def _progress(facts: Facts) -> str:
    late = [each for each in facts.reached if each.agreed_on and each.reached_on > each.agreed_on]
    still_open = _open_milestones(facts)
    is_on_time = facts.reached and not late and not still_open
    on_time = _("Milepælene ble nådd til avtalt tid.") if is_on_time else ""
    delays = _bullets(
        [
            _("{name}: {n} dager etter avtalt dato").format(
                name=each.name, n=(each.reached_on - each.agreed_on).days
            )
            for each in late
        ]
    )
    approved = len(facts.changes)
    changes = (
        ngettext(
            "IKT-styringsrådet godkjente én endring.",
            "IKT-styringsrådet godkjente {n} endringer.",
            approved,
        ).format(n=count_word(approved))
        if approved
        else ""
    )
    return _paragraphs(on_time, delays, still_open, changes)


def _evaluation(facts: Facts) -> str:
    sent = len(facts.reports)
    if not sent:
        return ""
    told = ngettext(
        "Det er sendt én statusrapport.", "Det er sendt {n} statusrapporter.", sent
    ).format(n=count_word(sent))
    last = facts.reports[-1].summary
    return _paragraphs(told, _("Den siste sa: {words}").format(words=last) if last else "")


def _learned(facts: Facts) -> str:
    return _paragraphs(
        _lessons_of(facts, LessonKind.POSITIVE, _("Dette virket godt:")),
        _lessons_of(facts, LessonKind.NEGATIVE, _("Dette ville vi gjort annerledes:")),
    )


def _lessons_of(facts: Facts, kind: LessonKind, lead: str) -> str:
    texts = [f"{each.text} {each.advice}".strip() for each in facts.lessons if each.kind == kind]
    return f"{lead}\n{_bullets(texts)}" if texts else ""


def _recommendation(facts: Facts) -> str:
    return _paragraphs(_reached_count(facts), _money(facts))


def _request_to_close(facts: Facts) -> str:
    return _("Prosjektlederen ber om at prosjektet «{name}» avsluttes.").format(
        name=facts.project.name
    )


def _open_milestones(facts: Facts) -> str:
    waiting = [each.name for each in facts.milestones if not each.reached_on]
    return _("Disse milepælene er ikke nådd:") + "\n" + _bullets(waiting) if waiting else ""


TELLERS: dict[tuple[str, str], Callable[[Facts], str]] = {
    ("mandat", "bakgrunn"): _problem,
    ("mandat", "hensikt"): _purpose,
    ("mandat", "organisering"): _organising,
    ("mandat-og-forslag", "hensikt"): _problem,
    ("mandat-og-forslag", "losning"): _solution,
    ("mandat-og-forslag", "gevinster"): _promised,
    ("mandat-og-forslag", "organisering"): _organising,
    ("mandat-og-forslag", "plan"): _frames,
    ("prosjektbegrunnelse", "oppsummering"): _in_short,
    ("prosjektbegrunnelse", "bakgrunn"): _problem,
    ("prosjektbegrunnelse", "hensikt"): _purpose,
    ("prosjektbegrunnelse", "nytte-kost"): _promised,
    ("prosjektbegrunnelse", "finansiering"): _financing,
    ("prosjektforslag", "konseptvalg"): _solution,
    ("prosjektforslag", "hovedprodukter"): _deliveries,
    ("prosjektforslag", "gevinster"): _promised,
    ("prosjektforslag", "organisering"): _organising,
    ("prosjektforslag", "rammer"): _frames,
    ("prosjektforslag", "kostnader"): _financing,
    ("styringsdokument", "virksomhetsmal"): _goals,
    ("styringsdokument", "effektmal"): _promised,
    ("styringsdokument", "produkter"): _deliveries,
    ("styringsdokument", "rammer"): _frames,
    ("styringsdokument", "organisering"): _organising,
    ("styringsdokument", "rapportering"): _reporting,
    ("gevinstrealiseringsplan", "sammendrag"): _promised,
    ("faseplan", "leveranser"): _open_milestones,
    ("avslutningsanbefaling", "anbefaling"): _recommendation,
    ("avslutningsanbefaling", "leveranser"): _delivered,
    ("avslutningsanbefaling", "gjenstar"): _open_milestones,
    ("sluttrapport", "sammendrag"): _result,
    ("sluttrapport", "maloppnaelse"): _attainment,
    ("sluttrapport", "produkter"): _delivered,
    ("sluttrapport", "regnskap"): _accounts,
    ("sluttrapport", "gevinster"): _measured,
    ("sluttrapport", "framdrift"): _progress,
    ("sluttrapport", "evaluering"): _evaluation,
    ("sluttrapport", "laering"): _learned,
    ("avslutningsanmodning", "anmodning"): _request_to_close,
    ("avslutningsanmodning", "gjenstar"): _open_milestones,
    ("konseptevaluering", "gevinster"): _measured,
    ("konseptevaluering", "laering"): _learned,
}
