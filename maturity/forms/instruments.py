"""A version of the instrument as it is written: its names, and one area with all its statements."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.draft_forms import VersionNameForm
from core.form_guards import VersionField, refuse_stale
from maturity.actions.instruments import AreaText, Line, Names
from maturity.models import Area, Instrument, LevelGuidance, MaturityLevel
from maturity.models.instrument import new_key

PLACE = re.compile(r"text-([1-5])-([-\w]{1,60})")
LONGEST = 200


class InstrumentVersionForm(VersionNameForm):
    EXAMPLE = "2027-1"
    HELP = _("Bruk gjerne året den skal måle, og et løpenummer, som 2027-1.")


class NamesForm(InstrumentVersionForm):
    """The names a version uses in all its areas. `seen` tells whether others changed them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Hva heter målingen?"),
        max_length=120,
        error_messages={
            "required": _("Skriv hva målingen heter."),
            "max_length": _("Navnet kan ha høyst %(limit_value)d tegn."),
        },
    )
    source = forms.CharField(
        label=_("Hvor kommer spørsmålene fra?"),
        help_text=_("Vises overalt der spørsmålene står. Skriv hva som er egne formuleringer."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv hvor spørsmålene kommer fra.")},
    )

    field_order = ["seen", "name", "version", "source"]

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        self.instrument = instrument
        stored = self._stored()
        super().__init__(*args, initial=stored | {"seen": repr(stored)}, **kwargs)
        self.fields["version"].label = _("Hva heter versjonen?")
        for level in MaturityLevel:
            self.fields[f"level_{level}"] = forms.CharField(
                label=_("Navn på nivå {level}").format(level=level.value),
                max_length=60,
                initial=stored[f"level_{level}"],
                error_messages={
                    "required": _("Skriv hva nivå {level} heter.").format(level=level.value),
                    "max_length": _("Navnet kan ha høyst %(limit_value)d tegn."),
                },
            )

    def _stored(self) -> dict[str, str]:
        named = LevelGuidance.objects.filter(area__instrument=self.instrument)
        names = dict(named.order_by("-area__order", "-pk").values_list("level", "name"))
        return {
            "name": self.instrument.name,
            "version": self.instrument.version,
            "source": self.instrument.source,
            **{f"level_{level}": names.get(level.value, level.label) for level in MaturityLevel},
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        stored = self._stored()
        if cleaned.get("seen") != repr(stored):
            self.theirs = {
                name: {"label": self.fields[name].label, "value": value}
                for name, value in stored.items()
                if value != self.data.get(name)
            }
            typed = cast(QueryDict, self.data).copy()
            typed["seen"] = repr(stored)
            self.data = typed
            self.add_error(None, _("Noen har endret dette. Velg hvilken tekst som skal gjelde."))
        return cleaned

    def names(self) -> Names:
        cleaned = self.cleaned_data
        levels = {level.value: cleaned[f"level_{level}"] for level in MaturityLevel}
        return Names(cleaned["name"], cleaned["version"], cleaned["source"], levels)


class NewAreaForm(forms.ModelForm):
    class Meta:
        model = Area
        fields = ["name", "question"]
        labels = {"name": _("Hva heter området?"), "question": _("Hva spør vi sektorene om?")}
        help_texts = {"question": _("Ett spørsmål, som står øverst når sektoren svarer.")}
        error_messages = {
            "name": {
                "required": _("Skriv hva området heter."),
                "max_length": _("Navnet kan ha høyst %(limit_value)d tegn."),
            },
            "question": {
                "required": _("Skriv spørsmålet."),
                "max_length": _("Spørsmålet kan ha høyst %(limit_value)d tegn."),
            },
        }


class Meaning:
    SAME = "same"
    NEW = "new"
    CHOICES = [
        (SAME, _("Bare språk – kan sammenliknes")),
        (NEW, _("Ny mening – kan ikke sammenliknes")),
    ]


@dataclass(frozen=True)
class Row:
    """A statement in the form. `before` is its text in the version this one builds on."""

    place: str  # level and key, as the buttons name it
    text: forms.BoundField
    before: str
    meaning: forms.BoundField | None


@dataclass(frozen=True)
class LevelPart:
    """What is written about a level: its description, its statements, and room for one more."""

    level: int
    name: str
    description: forms.BoundField
    rows: list[Row]
    new: forms.BoundField
    gone: list[Line] = field(default_factory=list)


class AreaForm(NewAreaForm):
    """All that is written about one area.

    Every button saves what is written; «Opp», «Ned», «Ta bort» and «Ta med igjen» (`up`, `down`,
    `remove`, `restore`, with the place as value) then do their own. Which statements there are is
    what was sent, so that nothing typed is lost when others change the area meanwhile.

    `before` is level → key → text in the version this one builds on. Where a text differs from it,
    the form asks whether the meaning does.
    """

    version = VersionField()

    def __init__(self, *args: Any, before: Mapping[int, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        self.guidance = list(self.instance.levels.prefetch_related("characteristics"))
        self.keys: dict[int, list[str]] = {}
        self.fields["version"].initial = self.instance.version
        for guidance in self.guidance:
            self._add_level(guidance)

    def _add_level(self, guidance: LevelGuidance) -> None:
        level = guidance.level
        self.fields[f"description-{level}"] = forms.CharField(
            label=_("Slik er det på nivå {level}").format(level=level),
            initial=guidance.description,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"description-{level}"].may_wait = True
        stored = {each.key: each.text for each in guidance.characteristics.all()}
        self.keys[level] = self._keys(level, stored)
        self._take_along(level, stored)
        for number, key in enumerate(self.keys[level], 1):
            self._add_statement(f"{level}-{key}", number, level, stored.get(key, ""))
        self.fields[f"new-{level}"] = forms.CharField(
            label=_("Nytt kjennetegn på nivå {level}").format(level=level),
            required=False,
            validators=[_not_too_long()],
            widget=forms.Textarea(attrs={"rows": 1}),
        )
        self.fields[f"new-{level}"].may_wait = True

    def _keys(self, level: int, stored: Mapping[str, str]) -> list[str]:
        """In the order they were sent; first shown in the order they are stored."""
        sent = [match.groups() for match in map(PLACE.fullmatch, self.data) if match]
        here = [key for sent_level, key in sent if int(sent_level) == level]
        keys = [*here, *(key for key in stored if key not in here)]
        removed = self.data.get("remove", "")
        return [key for key in keys if f"{level}-{key}" != removed]

    def _take_along(self, level: int, stored: Mapping[str, str]) -> None:
        """Statements that others added after the page was shown stand as they are stored."""
        unseen = {f"text-{level}-{key}": stored[key] for key in self.keys[level] if key in stored}
        if self.is_bound:
            sent = cast(QueryDict, self.data).copy()
            sent.update({name: text for name, text in unseen.items() if name not in sent})
            self.data = sent

    def _add_statement(self, place: str, number: int, level: int, stored: str) -> None:
        self.fields[f"text-{place}"] = forms.CharField(
            label=_("Nivå {level}, kjennetegn {number}").format(level=level, number=number),
            initial=stored,
            validators=[_not_too_long()],
            error_messages={"required": _("Skriv kjennetegnet, eller ta det bort.")},
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        before = self._text_before(place)
        shown = self.data.get(f"text-{place}", stored).strip()
        if before and shown and shown != before:
            self.fields[f"meaning-{place}"] = forms.ChoiceField(
                label=_("Betyr kjennetegnet fortsatt det samme?"),
                choices=Meaning.CHOICES,
                initial=Meaning.SAME if stored and stored != before else None,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Du har endret kjennetegnet. Velg om meningen er den samme.")
                },
            )

    def _text_before(self, place: str) -> str:
        level, key = place.split("-", 1)
        return self.before.get(int(level), {}).get(key, "")

    def levels(self) -> Iterator[LevelPart]:
        for guidance in self.guidance:
            level = guidance.level
            keys = self.keys[level]
            before = self.before.get(level, {})
            yield LevelPart(
                level=level,
                name=guidance.name,
                description=self[f"description-{level}"],
                rows=[self._row(f"{level}-{key}") for key in keys],
                new=self[f"new-{level}"],
                gone=[Line(key, text) for key, text in before.items() if key not in keys],
            )

    def _row(self, place: str) -> Row:
        asks = f"meaning-{place}" in self.fields
        return Row(
            place=place,
            text=self[f"text-{place}"],
            before=self._text_before(place) if asks else "",
            meaning=self[f"meaning-{place}"] if asks else None,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for level, keys in self.keys.items():
            self._refuse_twice(level, [f"text-{level}-{key}" for key in keys] + [f"new-{level}"])
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        for name, theirs in getattr(self, "theirs", {}).items():
            theirs["value"] = self.get_initial_for_field(self.fields[name], name)
        return cleaned

    def _refuse_twice(self, level: int, names: list[str]) -> None:
        texts = {name: self.cleaned_data.get(name, "").casefold() for name in names}
        counted = Counter(texts.values())
        for name, text in texts.items():
            if text and counted[text] > 1:
                counted[text] = 0  # say it once
                self.add_error(name, _("Det samme kjennetegnet står to ganger på dette nivået."))

    def content(self) -> AreaText:
        """What is to be stored, with what the pressed button does done."""
        lines = {level: self._lines(level) for level in self.keys}
        self._restore(lines)
        for button, step in (("up", -1), ("down", 1)):
            _move(lines, self.data.get(button, ""), step)
        return AreaText(
            name=self.cleaned_data["name"],
            question=self.cleaned_data["question"],
            descriptions={level: self.cleaned_data[f"description-{level}"] for level in self.keys},
            lines=lines,
        )

    def _lines(self, level: int) -> list[Line]:
        lines = []
        for key in self.keys[level]:
            has_new_meaning = self.cleaned_data.get(f"meaning-{level}-{key}") == Meaning.NEW
            text = self.cleaned_data[f"text-{level}-{key}"]
            lines.append(Line(new_key() if has_new_meaning else key, text))
        new = self.cleaned_data[f"new-{level}"]
        return [*lines, Line(new_key(), new)] if new else lines

    def _restore(self, lines: dict[int, list[Line]]) -> None:
        place = self.data.get("restore", "")
        level, _dash, key = place.partition("-")
        text = self._text_before(place) if level.isdecimal() else ""
        if text and key not in self.keys.get(int(level), [key]):
            lines[int(level)].append(Line(key, text))


def _not_too_long() -> MaxLengthValidator:
    return MaxLengthValidator(LONGEST, message=_("Kjennetegnet kan ha høyst %(limit_value)d tegn."))


def _move(lines: dict[int, list[Line]], place: str, step: int) -> None:
    """Move the statement one place within its level, if there is such a place."""
    level, _dash, key = place.partition("-")
    here = lines.get(int(level), []) if level.isdecimal() else []
    at = next((number for number, line in enumerate(here) if line.key == key), None)
    if at is not None and 0 <= at + step < len(here):
        here.insert(at + step, here.pop(at))
