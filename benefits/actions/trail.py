"""What one import made and changed, kept so that all of it can be taken back, or nothing."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from benefits.models import Benefit, Measurement, MeasuringRequest
from core.models import Versioned

# Written by the calendar, not by somebody who works on the row.
BY_ITSELF = {"updated_at", "next_measurement_on"}

Kept = dict[str, Any]


class Trail:
    """Collects rows while an import writes them."""

    def __init__(self) -> None:
        self._made: list[models.Model] = []
        self._before: dict[tuple[str, Any], Kept] = {}

    def made(self, rows: Iterable[models.Model]) -> None:
        self._made += rows

    def will_change(self, rows: Iterable[models.Model]) -> None:
        """To be said before: what the rows are now is what they go back to."""
        for row in rows:
            self._before.setdefault((row._meta.label_lower, row.pk), _values(row))

    def made_as_json(self) -> list[Kept]:
        now = _stored((row._meta.label_lower, row.pk) for row in self._made)
        return [
            {"model": label, "pk": pk, "print": _print(values)}
            for (label, pk), values in now.items()
        ]

    def changed_as_json(self) -> list[Kept]:
        """Of the rows that were there before and were to change, those that did."""
        made = {(row._meta.label_lower, row.pk) for row in self._made}
        now = _stored(key for key in self._before if key not in made)
        return [
            {"model": label, "pk": pk, "was": self._before[label, pk], "print": _print(values)}
            for (label, pk), values in now.items()
            if values != self._before[label, pk]
        ]


def _values(row: models.Model) -> Kept:
    fields = serializers.serialize("python", [row])[0]["fields"]
    return json.loads(json.dumps(fields, cls=DjangoJSONEncoder))


def _print(values: Kept) -> str:
    """A fingerprint of what somebody wrote in a row: enough to see whether it was changed since."""
    by_hand = {name: value for name, value in values.items() if name not in BY_ITSELF}
    return hashlib.sha256(json.dumps(by_hand, sort_keys=True).encode()).hexdigest()


def _stored(keys: Iterable[tuple[str, Any]]) -> dict[tuple[str, Any], Kept]:
    """What the rows hold in the database, without those that are gone. A query for each kind."""
    wanted = list(keys)
    found = {
        (label, pk): _values(row)
        for label, pks in _by_kind(wanted).items()
        for pk, row in _rows(label).in_bulk(pks).items()
    }
    return {key: found[key] for key in wanted if key in found}


def _by_kind(keys: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    by_kind = defaultdict(list)
    for label, pk in keys:
        by_kind[label].append(pk)
    return by_kind


def _rows(label: str) -> models.QuerySet[Any]:
    return apps.get_model(label)._base_manager.all()


def worked_on(made: list[Kept], changed: list[Kept]) -> bool:
    """Has somebody changed or removed a row since, or built something on one that was made?"""
    kept = {(each["model"], each["pk"]): each["print"] for each in [*made, *changed]}
    now = {key: _print(values) for key, values in _stored(kept).items()}
    return kept != now or _built_on(made, known=kept)


def _built_on(made: list[Kept], *, known: Iterable[tuple[str, Any]]) -> bool:
    """A question that nobody has answered is no work: it goes away with its indicator."""
    ours = _by_kind((each["model"], each["pk"]) for each in made)
    of_import = _by_kind(known)
    for label, pks in ours.items():
        for relation in apps.get_model(label)._meta.related_objects:
            model: Any = relation.related_model
            others = model._base_manager.filter(**{f"{relation.field.name}__in": pks})
            others = others.exclude(pk__in=of_import.get(model._meta.label_lower, []))
            if model is MeasuringRequest:
                others = others.filter(used_at__isnull=False)
            if others.exists():
                return True
    return False


def take_back(made: list[Kept], changed: list[Kept]) -> None:
    """Measurements go first and benefits after what they were: the others hang on them."""
    _delete(made, Measurement._meta.label_lower)
    for each in changed:
        _restore(each)
    _delete(made, Benefit._meta.label_lower)
    for label in dict.fromkeys(each["model"] for each in reversed(made)):
        _delete(made, label)


def _delete(made: list[Kept], label: str) -> None:
    pks = [each["pk"] for each in made if each["model"] == label]
    if pks:
        _rows(label).filter(pk__in=pks).delete()


def _restore(each: Kept) -> None:
    row = {"model": each["model"], "pk": each["pk"], "fields": each["was"]}
    (restored,) = serializers.deserialize("python", [row])
    if isinstance(restored.object, Versioned):
        now = _rows(each["model"]).get(pk=each["pk"])
        restored.object.version = now.version + 1  # whoever has it open is told
    restored.save()
