"""A new version of the instrument: copied, written, taken into use, or thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import resolve, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.formatting import listed
from core.models import record
from maturity.models import Area, Characteristic, Instrument, LevelGuidance, MaturityLevel
from municipality.models import User


@dataclass(frozen=True)
class Line:
    """A statement as it is to stand. A key that the version does not have is a new statement."""

    key: str
    text: str


@dataclass(frozen=True)
class AreaText:
    """All that is written about an area. `lines` are by level, in their order."""

    name: str
    question: str
    descriptions: Mapping[int, str]
    lines: Mapping[int, Sequence[Line]]


@dataclass(frozen=True)
class Names:
    """What a version is called, where it comes from, and what its levels are called."""

    name: str
    version: str
    source: str
    levels: Mapping[int, str]


def _draft(instrument: Instrument) -> Instrument:
    """The row, kept from others until the transaction ends; refused when it cannot be changed."""
    locked = Instrument.objects.select_for_update().get(pk=instrument.pk)
    if locked.is_frozen:
        raise ActionRefused(
            _("Versjon {version} er låst, fordi den er brukt. Lag en ny versjon.").format(
                version=locked.version
            )
        )
    return locked


def _require_free(version: str, *, but: Instrument | None = None) -> None:
    taken = Instrument.objects.filter(version=version)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise ActionRefused(
            _("Det finnes allerede en versjon som heter {version}.").format(version=version)
        )


@transaction.atomic
def copy(instrument: Instrument, *, version: str, by: User) -> Instrument:
    """A draft with the same texts under the same keys, so that all of it can be compared."""
    _require_free(version)
    made = Instrument.objects.create(
        name=instrument.name, version=version, source=instrument.source, based_on=instrument
    )
    for area in instrument.areas.prefetch_related("levels__characteristics"):
        copied = Area.objects.create(
            instrument=made,
            code=area.code,
            name=area.name,
            question=area.question,
            order=area.order,
        )
        _copy_levels(area, copied)
    record("instrument copied", made, by=by, version=version, based_on=instrument.version)
    return made


def _copy_levels(area: Area, copied: Area) -> None:
    levels = list(area.levels.all())
    made = LevelGuidance.objects.bulk_create(
        LevelGuidance(area=copied, level=each.level, name=each.name, description=each.description)
        for each in levels
    )
    Characteristic.objects.bulk_create(
        Characteristic(guidance=new, key=each.key, text=each.text, order=each.order)
        for old, new in zip(levels, made, strict=True)
        for each in old.characteristics.all()
    )


@transaction.atomic
def rename(instrument: Instrument, names: Names, *, by: User) -> Instrument:
    """The names of the levels are the same in all areas."""
    draft = _draft(instrument)
    _require_free(names.version, but=draft)
    draft.name, draft.version, draft.source = names.name, names.version, names.source
    draft.save(update_fields=["name", "version", "source"])
    for level, name in names.levels.items():
        LevelGuidance.objects.filter(area__instrument=draft, level=level).update(name=name)
    record("instrument renamed", draft, by=by, version=names.version)
    return draft


@transaction.atomic
def write_area(area: Area, text: AreaText, *, by: User) -> Area:
    """Replace all that is written about the area. What keeps its key is the same statement."""
    _draft(area.instrument)
    stored = Area.objects.select_for_update(of=("self",)).get(pk=area.pk)
    stored.name, stored.question = text.name, text.question
    stored.mark_edited(by)
    stored.save()
    levels = list(stored.levels.prefetch_related("characteristics"))
    for guidance in levels:
        guidance.description = text.descriptions[guidance.level]
    LevelGuidance.objects.bulk_update(levels, ["description"])
    _write_lines(levels, text.lines)
    record("instrument area written", stored, by=by, version=stored.version)
    return stored


def _write_lines(levels: list[LevelGuidance], lines: Mapping[int, Sequence[Line]]) -> None:
    """Statements that are not among `lines` go, those that are get their text and their place."""
    stored = {
        (guidance.level, each.key): each
        for guidance in levels
        for each in guidance.characteristics.all()
    }
    kept: list[Characteristic] = []
    for guidance in levels:
        for order, line in enumerate(lines[guidance.level], 1):
            statement = stored.pop((guidance.level, line.key), None)
            statement = statement or Characteristic(guidance=guidance, key=line.key)
            statement.text, statement.order = line.text, order
            kept.append(statement)
    Characteristic.objects.filter(pk__in=[each.pk for each in stored.values()]).delete()
    Characteristic.objects.bulk_update([each for each in kept if each.pk], ["text", "order"])
    Characteristic.objects.bulk_create(each for each in kept if not each.pk)


@transaction.atomic
def add_area(instrument: Instrument, *, name: str, question: str, by: User) -> Area:
    """An area with five empty levels, after the others."""
    draft = _draft(instrument)
    others = list(draft.areas.prefetch_related("levels"))
    area = Area.objects.create(
        instrument=draft,
        code=_code(name, taken={other.code for other in others}),
        name=name,
        question=question,
        order=max((other.order for other in others), default=0) + 1,
        edited_by=by,
    )
    names = {level.level: level.name for other in others[:1] for level in other.levels.all()}
    LevelGuidance.objects.bulk_create(
        LevelGuidance(area=area, level=level, name=names.get(level, level.label))
        for level in MaturityLevel
    )
    record("instrument area added", area, by=by, code=area.code)
    return area


def _code(name: str, *, taken: set[str]) -> str:
    """From the name, in plain letters: it stands in addresses and in files for other systems."""
    plain = slugify(name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a"))
    stem = plain[:40].strip("-") or "omrade"
    codes = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 3))
    return next(code for code in codes if code not in taken and _has_an_address(code))


def _has_an_address(code: str) -> bool:
    """Is `code` not a word that the addresses of a sector use for something else?"""
    address = resolve(reverse("maturity:answer", args=["sektor", code]))
    return address.kwargs.get("area") == code


@transaction.atomic
def remove_area(area: Area, *, by: User) -> None:
    draft = _draft(area.instrument)
    record("instrument area removed", draft, by=by, code=area.code)
    area.delete()


@transaction.atomic
def move_area(area: Area, *, step: int, by: User) -> None:
    """One place up (-1) or down (1) among the areas. At the end it stays where it is."""
    draft = _draft(area.instrument)
    areas = list(draft.areas.all())
    place = areas.index(area)
    if not 0 <= place + step < len(areas):
        return
    areas.insert(place + step, areas.pop(place))
    for order, each in enumerate(areas, 1):
        each.order = order
    Area.objects.bulk_update(areas, ["order"])
    record("instrument areas moved", draft, by=by, order=[each.code for each in areas])


@transaction.atomic
def take_into_use(instrument: Instrument, *, by: User) -> Instrument:
    """The next round is measured with it. What is missing is said, and then nothing changes."""
    in_use = list(Instrument.objects.select_for_update().filter(is_current=True))
    chosen = Instrument.objects.with_texts().get(pk=instrument.pk)
    if chosen in in_use:
        raise ActionRefused(
            _("Versjon {version} er i bruk fra før.").format(version=chosen.version)
        )
    missing = chosen.missing()
    if missing:
        raise ActionRefused(
            _("Versjonen er ikke ferdig. {missing}").format(missing=listed(missing))
        )
    Instrument.objects.filter(is_current=True).update(is_current=False)
    Instrument.objects.filter(pk=chosen.pk).update(is_current=True)
    record("instrument taken into use", chosen, by=by, version=chosen.version)
    return chosen


@transaction.atomic
def delete(instrument: Instrument, *, by: User) -> None:
    """Throw a draft away."""
    draft = _draft(instrument)
    if not draft.is_draft:
        raise ActionRefused(
            _("Versjon {version} er i bruk. Ta en annen i bruk først.").format(
                version=draft.version
            )
        )
    successors = [each.version for each in draft.successors.all()]
    if successors:
        raise ActionRefused(
            _("Versjon {versions} bygger på denne. Slett den først.").format(
                versions=listed(successors)
            )
        )
    record("instrument deleted", draft, by=by, version=draft.version)
    draft.areas.all().delete()
    draft.delete()
