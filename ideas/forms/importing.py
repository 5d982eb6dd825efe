from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.workbook_fields import WorkbookUploadField
from ideas.workbook.likeness import Noted
from ideas.workbook.rows import ImportedIdea


class IdeaFileForm(forms.Form):
    file = WorkbookUploadField(label=_("Regneark med ideer"))


class ChooseRowsForm(forms.Form):
    """Says yes to the ideas that are ticked. What needs a look is not ticked beforehand."""

    rows = forms.MultipleChoiceField(
        label=_("Ideer som leses inn"),
        error_messages={
            "required": _("Kryss av for minst én idé."),
            "invalid_choice": _("En av radene står ikke i fila."),
        },
    )

    def __init__(
        self, *args: Any, ideas: Sequence[ImportedIdea], noted: Sequence[Noted], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ideas = ideas
        self.fields["rows"].choices = [(str(each.row), str(each.row)) for each in ideas]
        self.fields["rows"].initial = [
            str(idea.row)
            for idea, note in zip(ideas, noted, strict=True)
            if not note.is_there_already and not note.personal
        ]

    @property
    def ticked(self) -> set[str]:
        return set(self["rows"].value() or [])

    def chosen(self) -> list[ImportedIdea]:
        """After `is_valid`."""
        wanted = set(self.cleaned_data["rows"])
        return [each for each in self.ideas if str(each.row) in wanted]
