"""What differs between a version of the method and the one it builds on, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from core.formatting import kroner, listed
from projects.models import Method, RoleKey, Size


@dataclass(frozen=True)
class Change:
    """One thing that is new, gone or changed. `before` and `now` are empty where there is none."""

    where: str
    what: str
    before: str = ""
    now: str = ""


Lines = Mapping[Any, Any]  # the key that both versions know a line by → the line


def changes(method: Method) -> list[Change]:
    """Against the version it builds on; none when it builds on none. Five reads."""
    if method.based_on_id is None:
        return []
    both = Method.objects.in_bulk([method.pk, method.based_on_id])
    now, before = both[method.pk], both[method.based_on_id]
    prefetch_related_objects([now, before], "checklist", "profiles", "templates__sections")
    return [
        *_silence(now, before),
        *_checklists(now, before),
        *_products(now, before),
        *_profiles(now, before),
    ]


def _silence(now: Method, before: Method) -> Iterator[Change]:
    if now.silent_after_days != before.silent_after_days:
        yield Change(
            _("Stille prosjekter"),
            _("antall dager"),
            str(before.silent_after_days),
            str(now.silent_after_days),
        )


def _compared(
    now: Lines, before: Lines, *, where: Any, fields: Mapping[str, tuple[str, Any]]
) -> Iterator[Change]:
    """`fields`: name → its label, and how its value is written."""
    for key, line in now.items():
        earlier = before.get(key)
        if earlier is None:
            yield Change(where(line), _("nytt"), now=str(line))
            continue
        for name, (label, write) in fields.items():
            old, new = getattr(earlier, name), getattr(line, name)
            if old != new:
                what = f"{label}: {line}" if name not in ("text", "name", "heading") else label
                yield Change(where(line), what, write(old) or _("tomt"), write(new) or _("tomt"))
    for key, earlier in before.items():
        if key not in now:
            yield Change(where(earlier), _("tatt bort"), before=str(earlier))


def _checklists(now: Method, before: Method) -> Iterator[Change]:
    def lines(method: Method) -> Lines:
        return {(each.gate, each.code): each for each in method.checklist.all()}

    fields = {
        "text": (_("spørsmålet"), str),
        "help": (_("hjelpen"), str),
        "falls_to": (_("hvem som avklarer"), lambda role: str(RoleKey(role).label)),
    }
    yield from _compared(
        lines(now),
        lines(before),
        where=lambda line: _("Sjekklisten for {gate}").format(gate=line.gate),
        fields=fields,
    )


def _sizes(values: list[str]) -> str:
    return listed([str(size.label).lower() for size in Size if size in values])


def _products(now: Method, before: Method) -> Iterator[Change]:
    ours = {each.code: each for each in now.templates.all()}
    theirs = {each.code: each for each in before.templates.all()}
    yield from _compared(
        ours,
        theirs,
        where=lambda _line: _("Dokumentene"),
        fields={
            "name": (_("navnet"), str),
            "purpose": (_("hensikten"), str),
            "gate": (_("beslutningspunktet"), str),
            "required_in": (_("hvor det kreves"), _sizes),
        },
    )
    for code in (code for code in ours if code in theirs):
        name = str(ours[code])
        yield from _compared(
            {each.code: each for each in ours[code].sections.all()},
            {each.code: each for each in theirs[code].sections.all()},
            where=lambda _line, name=name: _("Avsnitt i «{product}»").format(product=name),
            fields={
                "heading": (_("overskriften"), str),
                "guidance": (_("veiledningen"), str),
                "data": (_("data fra prosjektet"), str),
                "is_required": (_("må skrives"), lambda value: _("ja") if value else _("nei")),
            },
        )


def _profiles(now: Method, before: Method) -> Iterator[Change]:
    yield from _compared(
        {each.size: each for each in now.profiles.all()},
        {each.size: each for each in before.profiles.all()},
        where=lambda _line: _("Størrelser"),
        fields={
            "max_months": (_("måneder"), lambda months: str(months or "")),
            "max_cost": (_("kroner"), lambda cost: "" if cost is None else kroner(cost)),
            "formal_gates": (_("det som vedtas"), lambda gates: listed(list(gates))),
            "description": (_("beskrivelsen"), str),
        },
    )
