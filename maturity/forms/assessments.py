from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.form_guards import VersionField, refuse_stale
from core.widgets import LevelRadioSelect, SegmentedRadioSelect
from maturity.models import Answer, Content, LevelGuidance
from maturity.scoring import Suggestion, suggest


class LevelField(forms.TypedChoiceField):
    """Not required now, yet not optional either: it is asked for before the sector submits."""

    may_wait = True

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid_choice": _("Nivået må være fra 1 til 5.")})
        super().__init__(coerce=int, empty_value=None, required=False, **kwargs)


class ReasonField(forms.CharField):
    may_wait = True

    def to_python(self, value: Any) -> str:
        """Lines end alike whether the browser or a script sent them: no difference is made up."""
        return super().to_python(value).replace("\r\n", "\n")


@dataclass(frozen=True)
class LevelRow:
    """One level with its statements, as the form shows them."""

    guidance: LevelGuidance
    count: int
    total: int
    is_suggested: bool


def _level_choices(answer: Answer) -> list[tuple[int, str]]:
    return [(level.level, level.name) for level in answer.area.levels.all()]


class AgreementForm(forms.Form):
    """What the group agrees on in one area. Half done is allowed until the sector submits."""

    version = VersionField()
    level = LevelField(label=_("Felles nivå"), widget=SegmentedRadioSelect)
    reason = ReasonField(
        label=_("Hvorfor, med egne ord"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        error_messages={"max_length": _("Begrunnelsen kan ha høyst %(limit_value)d tegn.")},
    )
    target = LevelField(
        label=_("Mål for neste år"),
        widget=forms.Select(attrs={"data-width": "short"}),
        error_messages={"invalid_choice": _("Målet må være et nivå fra 1 til 5.")},
    )

    def __init__(self, data: Any = None, *, answer: Answer) -> None:
        self.answer, self.stored = answer, answer.content()
        initial = {**asdict(self.stored), "version": answer.version}
        initial["ticks"] = sorted(self.stored.ticks)
        super().__init__(data, initial=initial, auto_id=f"id_{answer.area.code}_%s")
        levels = _level_choices(answer)
        named = [(level, f"{level} {name}") for level, name in levels]
        self.fields["level"].choices = [(level, str(level)) for level, _name in levels]
        self.fields["target"].choices = [("", gettext("Ikke satt ennå")), *named]
        self.fields["target"].label = gettext("Mål for {year}").format(
            year=answer.assessment.cycle.year + 1
        )

    def content(self) -> Content:
        """What was typed, with what this form does not ask about as it stands."""
        cleaned = self.cleaned_data
        return Content(cleaned["level"], cleaned["reason"], cleaned["target"], self.stored.ticks)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if set(self.changed_data) - {"version"}:  # the same once more takes nothing from anybody
            refuse_stale(self, version=cleaned.get("version"), stored=self.answer)
        if hasattr(self, "theirs"):
            self._take_over(self.theirs, typed=cast(QueryDict, self.data))
        return cleaned

    def _take_over(self, theirs: dict[str, Any], *, typed: QueryDict) -> None:
        """What the second of two left empty shall not empty what the first wrote."""
        for name in ("level", "reason", "target"):
            stored = getattr(self.stored, name)
            if stored and not typed.get(name):
                typed[name] = str(stored)
                theirs.pop(name, None)


class AnswerForm(AgreementForm):
    """One area of the self-assessment: which statements hold, the level, why, and the target."""

    field_order = ["version", "ticks", "level", "reason", "target"]

    ticks = forms.TypedMultipleChoiceField(
        label=_("Hva stemmer hos dere i dag?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Kjennetegnene hører til en annen versjon. Last siden på nytt.")
        },
    )

    def __init__(self, data: Any = None, *, answer: Answer) -> None:
        super().__init__(data, answer=answer)
        self.statements = {
            mark.pk: mark
            for level in answer.area.levels.all()
            for mark in level.characteristics.all()
        }
        self.fields["ticks"].choices = [(pk, mark.text) for pk, mark in self.statements.items()]
        level = self.fields["level"]
        level.label = _("Hvilket nivå er dere på?")
        level.widget = LevelRadioSelect()
        level.choices = _level_choices(answer)
        reason = self.fields["reason"]
        reason.label = _("Hvorfor dette nivået?")
        reason.help_text = _(
            "Skriv det du ville sagt til en kollega. Begrunnelsen leses før tallet."
        )
        self._say_suggestion()

    def _say_suggestion(self) -> None:
        self.fields["level"].help_text = format_html(
            '<span id="forslag-{}">{}</span>', self.answer.area.code, self.suggestion_words
        )

    def content(self) -> Content:
        cleaned = self.cleaned_data
        ticks = frozenset(cleaned["ticks"])
        return Content(cleaned["level"], cleaned["reason"], cleaned["target"], ticks)

    def _take_over(self, theirs: dict[str, Any], *, typed: QueryDict) -> None:
        """The ticks of both stand in the form: which of them is too many, the second decides."""
        super()._take_over(theirs, typed=typed)
        if "ticks" not in theirs:
            return
        held = [mark.text for pk, mark in self.statements.items() if pk in self.stored.ticks]
        theirs["ticks"] = {"label": gettext("Kryss"), "value": " ".join(held)}
        both = {*typed.getlist("ticks"), *(str(pk) for pk in self.stored.ticks)}
        typed.setlist("ticks", sorted(both))
        self._say_suggestion()

    @property
    def ticked(self) -> set[int]:
        """The statements that are ticked in the form as it is shown."""
        shown = (str(value) for value in self["ticks"].value() or [])
        return {int(value) for value in shown if value.isdecimal()}

    @property
    def suggestion(self) -> Suggestion:
        return suggest(self.answer.area.ticked(self.ticked))

    def rows(self) -> Iterator[LevelRow]:
        counts, suggested = self.answer.area.ticked(self.ticked), self.suggestion.level
        for guidance in self.answer.area.levels.all():
            count, total = counts[guidance.level]
            yield LevelRow(guidance, count, total, is_suggested=guidance.level == suggested)

    @property
    def suggestion_words(self) -> str:
        """What the ticks point to, in words; last that the people decide."""
        return " ".join([*self._what_the_ticks_say(), gettext("Det er dere som bestemmer.")])

    def _what_the_ticks_say(self) -> Iterator[str]:
        level, chosen = self.suggestion.level, self.answer.level
        if not self.ticked:
            yield gettext("Sett kryss over, så ser dere hva de peker mot.")
        elif level is None:
            yield gettext("Kryssene peker ikke mot noe nivå ennå.")
        elif chosen is None or chosen == level:
            yield gettext("Kryssene peker mot {level}.").format(level=level)
        else:
            yield gettext(
                "Dere valgte {chosen}, kryssene peker mot {level}. Si gjerne hvorfor."
            ).format(chosen=chosen, level=level)
        if self.suggestion.is_scattered:
            yield gettext("Mønsteret er spredt: det er hull mellom nivåene dere har krysset av på.")
