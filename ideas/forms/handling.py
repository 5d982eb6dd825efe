from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import NorwegianDecimalField
from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from ideas.models import Idea, Note, Reply
from municipality.models import Sector, StrategyGoal, User

TAGS_LIST = "stikkord-forslag"  # the datalist on the page, with the tags that are in use


class TagsField(forms.CharField):
    """Words parted by commas, in small letters, each once."""

    LONGEST = 40  # as Tag.name

    def to_python(self, value: Any) -> Any:
        words = [word.strip().lower() for word in str(value or "").split(",")]
        return list(dict.fromkeys(word for word in words if word))

    def validate(self, value: Any) -> None:
        for word in value:
            if len(word) > self.LONGEST:
                raise forms.ValidationError(
                    _("Stikkordet «{word}» er for langt. Bruk høyst {most} tegn.").format(
                        word=word, most=self.LONGEST
                    )
                )

    def run_validators(self, value: Any) -> None:
        """Each word was looked at above."""


class HandleForm(forms.ModelForm):
    """What the team adds to an idea, so that others can score it."""

    version = VersionField()
    goals = forms.ModelMultipleChoiceField(
        label=_("Mål ideen støtter"),
        queryset=StrategyGoal.objects.in_order(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    also_touches = forms.ModelMultipleChoiceField(
        label=_("Berører også"),
        queryset=Sector.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De ser ideen i innboksen sin."),
    )
    estimated_cost = NorwegianDecimalField(
        label=_("Anslått kostnad i kroner"),
        required=False,
        max_digits=12,
        decimal_places=0,
        min_value=0,
        localize=True,
    )
    estimated_effort = NorwegianDecimalField(
        label=_("Anslått innsats i årsverk"),
        required=False,
        max_digits=5,
        decimal_places=1,
        min_value=0,
        localize=True,
        help_text=_("Egen tid. 0,2 er en dag i uka i ett år."),
    )
    tags = TagsField(
        label=_("Stikkord"),
        required=False,
        help_text=_("Skill dem med komma. Bruk gjerne ord som er brukt før."),
        widget=forms.TextInput(attrs={"list": TAGS_LIST, "autocomplete": "off"}),
    )

    class Meta:
        model = Idea
        fields = [
            "title",
            "summary",
            "sector",
            "also_touches",
            "goals",
            "no_goal_reason",
            "owner",
            "estimated_cost",
            "estimated_effort",
            "is_statutory",
            "tags",
        ]
        labels = {
            "title": _("Tittel"),
            "summary": _("Ideen i én setning"),
            "sector": _("Sektor"),
            "no_goal_reason": _("Hvorfor ideen ikke støtter et mål"),
            "owner": _("Tenkt prosjekteier"),
            "is_statutory": _("Tiltaket er lovpålagt"),
        }
        help_texts = {
            "summary": _("Den som leser lista, skal skjønne hva det gjelder."),
            "no_goal_reason": _("Bare når ingen av målene passer. Én setning holder."),
            "is_statutory": _("Lovpålagte tiltak står i en egen liste og konkurrerer ikke."),
        }
        error_messages = {"title": {"required": _("Gi ideen en tittel.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(is_active=True).order_by("name", "pk")
        self.fields["owner"].empty_label = _("Ikke avklart")
        self.fields["sector"].queryset = Sector.objects.all()
        self.fields["sector"].empty_label = _("Ikke valgt")
        self.initial["goals"] = self.instance.goals.all()
        self.initial["also_touches"] = self.instance.also_touches.all()
        self.initial["tags"] = ", ".join(tag.name for tag in self.instance.tags.all())
        for name in ("summary", "sector", "goals"):
            self.fields[name].may_wait = True  # not now, but before anybody can score the idea
        self.fields["version"].initial = self.instance.version

    def _save_m2m(self) -> None:
        """The action sets them, together with what else happens."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned

    def clean_also_touches(self) -> list[Sector]:
        """Its own sector is not one more."""
        own = self.cleaned_data.get("sector")
        return [sector for sector in self.cleaned_data["also_touches"] if sector != own]


class ReplyForm(forms.Form):
    """The official reply. Its field has a name of its own, so no note can be posted as one."""

    submission_key = SubmissionKeyField()
    reply_text = forms.CharField(
        label=_("Svaret"),
        max_length=Reply._meta.get_field("text").max_length,
        error_messages={"required": _("Skriv svaret.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class NoteForm(forms.Form):
    """An internal note. Its field has a name of its own, so no reply can be posted as one."""

    submission_key = SubmissionKeyField()
    note_text = forms.CharField(
        label=_("Notatet"),
        max_length=Note._meta.get_field("text").max_length,
        error_messages={"required": _("Skriv notatet.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(forms.Form):
    """A sentence that the sender of the idea will read."""

    reason = forms.CharField(
        label=_("Hvorfor?"),
        max_length=1000,
        help_text=_("Den som sendte ideen, får lese dette."),
        error_messages={"required": _("Skriv hvorfor. Én setning holder.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
