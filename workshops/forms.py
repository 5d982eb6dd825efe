from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from municipality.models import Sector, StrategyGoal, User
from workshops import codes
from workshops.models import Cluster, Workshop
from workshops.models.notes import LONGEST_NOTE
from workshops.models.workshop import MOST_MINUTES, MOST_VOTES

MOST_QUESTIONS = 10
LONGEST_QUESTION = 120


class WorkshopForm(forms.ModelForm):
    """The plan: who it is for, what is asked, how many votes and how much time."""

    version = VersionField(required=False)
    questions = forms.CharField(
        label=_("Spørsmål, ett på hver linje"),
        help_text=_(
            "Rommet tar dem i denne rekkefølgen. Korte spørsmål er lettest å lese på veggen."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv minst ett spørsmål.")},
    )
    goals = forms.ModelMultipleChoiceField(
        label=_("Mål verkstedet skal gi ideer til"),
        queryset=StrategyGoal.objects.in_order(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ideene får disse målene. Teamet kan endre dem siden."),
    )

    class Meta:
        model = Workshop
        fields = ["name", "sector", "votes_each", "minutes"]
        labels = {
            "name": _("Navn på verkstedet"),
            "sector": _("Sektor"),
            "votes_each": _("Stemmer til hver deltaker"),
            "minutes": _("Minutter på klokka"),
        }
        help_texts = {
            "name": _("Står øverst på veggen, for eksempel «Strategisamling»."),
            "minutes": _("Forslag når du starter klokka. Du kan gi mer tid underveis."),
        }
        error_messages = {
            "name": {"required": _("Gi verkstedet et navn.")},
            "sector": {"required": _("Velg sektoren din.")},
            "votes_each": {
                "required": _("Skriv hvor mange stemmer hver får."),
                "invalid": _("Skriv et helt tall fra 1 til 20."),
                "min_value": _("Skriv et helt tall fra 1 til 20."),
                "max_value": _("Skriv et helt tall fra 1 til 20."),
            },
            "minutes": {
                "invalid": _("Skriv et helt tall fra 1 til 180."),
                "min_value": _("Skriv et helt tall fra 1 til 180."),
                "max_value": _("Skriv et helt tall fra 1 til 180."),
            },
        }
        widgets = {
            "votes_each": forms.NumberInput(
                attrs={"data-width": "short", "min": 1, "max": MOST_VOTES}
            ),
            "minutes": forms.NumberInput(
                attrs={"data-width": "short", "min": 1, "max": MOST_MINUTES}
            ),
        }

    field_order = ["name", "sector", "questions", "votes_each", "minutes", "goals", "version"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by.has_perm("workshops.lead_any_workshop"):
            self.fields["sector"].empty_label = _("Hele kommunen")
        else:
            self.fields["sector"].queryset = Sector.objects.filter(
                Q(leader=by) | Q(pk=by.sector_id)
            )
            self.fields["sector"].required = True
            self.fields["sector"].empty_label = None
        self.fields["version"].initial = self.instance.version
        if self.instance.pk:
            asked = self.instance.questions.order_by("order").values_list("text", flat=True)
            self.fields["questions"].initial = "\n".join(asked)
            self.fields["goals"].initial = self.instance.goals.all()

    def clean_questions(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["questions"].splitlines()]
        questions = [line for line in lines if line]
        if len(questions) > MOST_QUESTIONS:
            raise forms.ValidationError(
                _("Ti spørsmål er det meste et verksted rekker. Ta bort noen.")
            )
        for number, question in enumerate(questions, 1):
            if len(question) > LONGEST_QUESTION:
                raise forms.ValidationError(
                    _("Spørsmål %(number)s er for langt. Det er plass til %(limit)s tegn."),
                    params={"number": number, "limit": LONGEST_QUESTION},
                )
        return questions

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned


class TimerForm(forms.Form):
    minutes = forms.IntegerField(min_value=1, max_value=MOST_MINUTES)


class ClusterForm(forms.Form):
    title = forms.CharField(
        label=_("Ny kolonne"),
        max_length=60,
        error_messages={
            "required": _("Skriv hva kolonnen skal hete."),
            "max_length": _("Det er plass til 60 tegn i overskriften."),
        },
    )


class MoveForm(forms.Form):
    """Where a note is to hang. «0» is among the unsorted."""

    version = forms.IntegerField(min_value=0)
    to = forms.IntegerField(min_value=0)


class ClusterChangeForm(forms.Form):
    """One of several things to do with a column."""

    version = forms.IntegerField(min_value=0)
    act = forms.ChoiceField(
        choices=[(act, act) for act in ("rename", "merge", "left", "right", "remove")]
    )
    title = forms.CharField(max_length=60, required=False)
    into = forms.ModelChoiceField(queryset=Cluster.objects.none(), required=False)

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Cluster.objects.filter(question=cluster.question_id)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Koden på veggen"),
        max_length=12,
        help_text=_("Fire tall, for eksempel 41 72."),
        error_messages={"required": _("Skriv de fire tallene som står på veggen.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "data-width": "short"}
        ),
    )

    def clean_code(self) -> str:
        code = codes.normalise(self.cleaned_data["code"])
        if len(code) != 4:
            raise forms.ValidationError(_("Koden er fire tall. Se på veggen en gang til."))
        return code


class NoteForm(forms.Form):
    submission_key = SubmissionKeyField()
    question = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Én ting per lapp"),
        max_length=LONGEST_NOTE,
        error_messages={
            "required": _("Skriv noe på lappen først."),
            "max_length": _("Det er plass til 140 tegn på en lapp. Del den i to."),
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class NoteChangeForm(forms.Form):
    text = forms.CharField(
        label=_("Det som står på lappen"),
        max_length=LONGEST_NOTE,
        error_messages=NoteForm.base_fields["text"].error_messages,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    clean_text = NoteForm.clean_text


class VoteForm(forms.Form):
    dots = forms.IntegerField(min_value=0, max_value=MOST_VOTES)
