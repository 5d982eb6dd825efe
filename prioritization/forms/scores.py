"""A scorer's answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from core.widgets import SegmentedRadioSelect
from prioritization.models import Question, ScoreLevel


class ScoreForm(forms.Form):
    """One row of lav–middels–høy per question. All may be left open."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        stored: Mapping[int, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[str(question.pk)] = forms.TypedChoiceField(
                label=question.text,
                choices=ScoreLevel.choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=stored.get(question.pk),
                widget=SegmentedRadioSelect,
            )

    def rows(self) -> list[tuple[Question, forms.BoundField]]:
        return [(question, self[str(question.pk)]) for question in self.questions]

    def levels(self) -> dict[Question, int]:
        """The answers that were given; an empty row is no answer, and takes none back."""
        given = {question: self.cleaned_data[str(question.pk)] for question in self.questions}
        return {question: level for question, level in given.items() if level is not None}
