"""A scorer's answers: one at a time, all about one idea, or a page of the grid."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.widgets import SegmentedRadioSelect
from prioritization.models import Entry, Question, Score, ScoreLevel

PARTS = ("level", "abstention", "comment")
LONG_COMMENT = 500
LONG_REASON = 200


def _with_plain_breaks(text: str) -> str:
    """As a script reads what is typed; a form sends another line break."""
    return text.replace("\r\n", "\n")


class LevelField(forms.TypedChoiceField):
    """Lav, middels, høy, or nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=ScoreLevel.choices,
            coerce=int,
            empty_value=None,
            required=False,
            widget=SegmentedRadioSelect,
            error_messages={"invalid_choice": _("Svar lav, middels eller høy.")},
            **kwargs,
        )


class CommentField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Kommentar"),
            max_length=LONG_COMMENT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={
                "max_length": _("Kommentaren er for lang. Den kan ha 500 tegn."),
                "null_characters_not_allowed": _("Kommentaren har tegn vi ikke kan lagre."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return _with_plain_breaks(super().to_python(value))


class AbstentionField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Hvorfor avstår du?"),
            max_length=LONG_REASON,
            required=False,
            error_messages={
                "max_length": _("Grunnen er for lang. Den kan ha 200 tegn."),
                "null_characters_not_allowed": _("Grunnen har tegn vi ikke kan lagre."),
            },
            **kwargs,
        )


class AnswerForm(forms.Form):
    """What is new in one answer, from the script that saves while somebody answers.

    Only the parts that are sent are changed. `seen_level` and `seen_comment` are what the page
    showed: a comment that has become another meanwhile is not overwritten unseen.
    """

    level = LevelField()
    abstention = AbstentionField()
    comment = CommentField()
    seen_level = LevelField()
    seen_comment = forms.CharField(required=False, strip=False)

    def __init__(self, *args: Any, stored: Score | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_level = stored.level if stored else None
        self.stored_comment = stored.comment if stored else ""

    def changes(self) -> dict[str, Any]:
        return {part: self.cleaned_data[part] for part in PARTS if part in self.data}

    @property
    def is_comment_stale(self) -> bool:
        if "comment" not in self.data or "seen_comment" not in self.data:
            return False
        seen = _with_plain_breaks(self.cleaned_data["seen_comment"])
        return self.stored_comment not in {seen, self.cleaned_data["comment"]}

    @property
    def was_changed_elsewhere(self) -> bool:
        """The newest level counts, but the person is told that there was another."""
        if "level" not in self.data or "seen_level" not in self.data:
            return False
        known = {self.cleaned_data["seen_level"], self.cleaned_data["level"]}
        return self.stored_level not in known


class ScoreForm(forms.Form):
    """All questions about one idea. All may be left open.

    Each field carries what the page showed first, so that only what the person has changed here
    is saved.
    """

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        stored: Mapping[int, Score],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.stored = stored
        self.theirs: dict[str, dict[str, Any]] = {}
        for question in questions:
            score = stored.get(question.pk)
            self.fields[f"level-{question.pk}"] = LevelField(
                label=question.text,
                initial=score.level if score else None,
                show_hidden_initial=True,
            )
            self.fields[f"comment-{question.pk}"] = CommentField(
                initial=score.comment if score else "", show_hidden_initial=True
            )
            self.fields[f"abstention-{question.pk}"] = AbstentionField(
                initial=score.abstention if score else "", show_hidden_initial=True
            )

    def rows(self) -> Iterator[dict[str, forms.BoundField]]:
        """The fields of each question, by the part of the answer."""
        for question in self.questions:
            yield {part: self[f"{part}-{question.pk}"] for part in PARTS}

    def first_shown(self) -> list[SafeString]:
        """The hidden fields with what the page showed first."""
        return [field.as_hidden(only_initial=True) for field in self]

    def clean(self) -> None:
        for question in self.questions:
            self._refuse_both(question)
            self._refuse_stale_comment(question)

    def _refuse_both(self, question: Question) -> None:
        changes = self._changes(question)
        if changes.get("level") and changes.get("abstention"):
            self.add_error(
                f"abstention-{question.pk}", _("Velg ett av dem: et svar, eller å avstå.")
            )

    def _refuse_stale_comment(self, question: Question) -> None:
        name = f"comment-{question.pk}"
        stored = self.stored.get(question.pk)
        now = stored.comment if stored else ""
        if name not in self.changed_data or name not in self.cleaned_data:
            return
        first = _with_plain_breaks(self.data.get(f"initial-{name}", ""))
        if now in {first, self.cleaned_data[name]}:
            return
        self.theirs[name] = {"label": question.text, "value": now}
        typed = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        typed[f"initial-{name}"] = now
        self.data = typed
        self.add_error(
            name, _("Kommentaren ble endret i et annet vindu. Velg hvilken tekst som skal gjelde.")
        )

    def _changes(self, question: Question) -> dict[str, Any]:
        """What is new about one question; an empty row of levels takes no answer back."""
        found = {}
        for part in PARTS:
            name = f"{part}-{question.pk}"
            if name in self.changed_data and name in self.cleaned_data:
                found[part] = self.cleaned_data[name]
        if found.get("level", 0) is None:
            del found["level"]
        return found

    def changes(self) -> dict[Question, dict[str, Any]]:
        found = {question: self._changes(question) for question in self.questions}
        return {question: change for question, change in found.items() if change}


class GridForm(forms.Form):
    """The levels of a page of the grid, for whoever has no script. Empty cells change nothing."""

    def __init__(
        self, *args: Any, entries: Sequence[Entry], questions: Sequence[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        self.questions = questions
        for entry in entries:
            for question in questions:
                self.fields[self._name(entry, question)] = LevelField(
                    label=f"{entry.idea}: {question.text}"
                )

    @staticmethod
    def _name(entry: Entry, question: Question) -> str:
        return f"svar-{entry.pk}-{question.pk}"

    def changes(self) -> dict[int, dict[Question, dict[str, Any]]]:
        found = {}
        for entry in self.entries:
            given = {
                question: {"level": level}
                for question in self.questions
                if (level := self.cleaned_data[self._name(entry, question)]) is not None
            }
            if given:
                found[entry.pk] = given
        return found


class RecusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor er du inhabil?"),
        max_length=200,
        help_text=_("Alle som ser runden, kan lese det."),
        error_messages={
            "required": _("Skriv hvorfor. Noen få ord holder."),
            "max_length": _("Grunnen er for lang. Den kan ha 200 tegn."),
        },
    )


class GiveBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor gir dere svarene tilbake?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den som får dem tilbake, leser dette i en e-post."),
        error_messages={
            "required": _("Skriv hvorfor. Da vet den som svarte, hva som skal ses på."),
            "max_length": _("Grunnen er for lang. Den kan ha 300 tegn."),
        },
    )
