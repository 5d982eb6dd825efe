"""What people type on the way to a decision point, and when they decide it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_guards import SubmissionKeyField, VersionField, refuse_stale
from core.widgets import DateInput, SegmentedRadioSelect
from projects.gates import Point, Requirement
from projects.models import CaseStatus, Checkpoint, CheckpointState, GateCase, GateCode, Stage

SHORT_TEXT = forms.Textarea(attrs={"rows": 2})
LONG_TEXT = forms.Textarea(attrs={"rows": 4})
WITH_CONDITIONS = "conditional"


class CheckpointForm(forms.ModelForm):
    """One question of the checklist. Saves itself; its page has one for each question.

    Carries the name of the decision point the page was about, so that a stale page is refused.
    """

    who = ""  # it falls to, set by the page

    version = VersionField()
    at = forms.CharField(widget=forms.HiddenInput)
    responsible = forms.TypedChoiceField(
        label=_("Avklares av"), required=False, coerce=int, empty_value=None
    )

    class Meta:
        model = Checkpoint
        fields = ["state", "reason"]
        labels = {"state": _("Hvor langt er dere?"), "reason": _("Merknad")}
        widgets = {"state": SegmentedRadioSelect, "reason": SHORT_TEXT}
        error_messages = {
            "state": {"required": _("Velg hvor langt dere er.")},
            "reason": {"max_length": _("Skriv høyst %(limit_value)d tegn.")},
        }

    def __init__(
        self, *args: Any, point: Point, at: str, people: Iterable[Any], **kwargs: Any
    ) -> None:
        code = point.item.code
        super().__init__(*args, instance=point.answer, auto_id=f"punkt-{code}-%s", **kwargs)
        self.point = point
        self.fields["state"].choices = CheckpointState.choices
        everybody = [*people, self.instance.responsible]
        named = {person.pk: str(person) for person in everybody if person is not None}
        self.fields["responsible"].choices = [("", _("Den som har rollen")), *named.items()]
        self.fields["responsible"].initial = self.instance.responsible_id
        self.fields["version"].initial = self.instance.version
        self.fields["at"].initial = at

    @property
    def is_unfolded(self) -> bool:
        """The remark stands open where there is one, or where one is asked for."""
        state = self["state"].value()
        return bool(self["reason"].value() or self.errors or state == CheckpointState.NOT_RELEVANT)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_left_out = cleaned.get("state") == CheckpointState.NOT_RELEVANT
        if is_left_out and not cleaned.get("reason"):
            self.add_error("reason", _("Skriv hvorfor punktet ikke gjelder."))
        refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        if "responsible" in cleaned and not self.errors:
            self.instance.responsible_id = cleaned["responsible"]
        return cleaned


class AskForm(forms.Form):
    """Asks for a decision, with a reason for each thing that is missing.

    Carries the name of the decision point the page was about, so that a stale page is refused.
    """

    point = forms.CharField(widget=forms.HiddenInput)
    submission_key = SubmissionKeyField()

    def __init__(
        self, *args: Any, missing: Iterable[Requirement], is_self_check: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.waivable = [each for each in missing if each.can_be_waived]
        for each in self.waivable:
            self.fields[f"waiver-{each.key}"] = forms.CharField(
                label=each.words,
                max_length=1000,
                widget=SHORT_TEXT,
                error_messages={"required": _("Skriv hvorfor dere kan gå videre uten dette.")},
            )
        self.fields["note"] = forms.CharField(
            label=_("Begrunnelse") if is_self_check else _("Til den som beslutter"),
            required=is_self_check,
            max_length=1000,
            widget=LONG_TEXT,
            help_text=_("Blir offentlig. Den som sendte ideen, får den på e-post.")
            if is_self_check
            else _("Det viktigste i saken. Sjekklisten og dokumentene følger med."),
            error_messages={"required": _("Skriv hvorfor prosjektet går videre.")},
        )

    def waivers(self) -> dict[str, str]:
        return {each.key: self.cleaned_data[f"waiver-{each.key}"] for each in self.waivable}


OUTCOMES = [
    (CaseStatus.APPROVED, _("Godkjent. Prosjektet går videre.")),
    (WITH_CONDITIONS, _("Godkjent med vilkår. Prosjektet går videre, og følger vilkårene.")),
    (CaseStatus.SENT_BACK, _("Sendt tilbake. Prosjektet retter opp og ber på nytt.")),
    (CaseStatus.REJECTED, _("Avvist. Prosjektet går ikke videre slik det er.")),
]
TO_THE_LINE = (CaseStatus.LINE, _("Løses i linjen. Det blir ikke noe prosjekt."))


class GateDecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Hva er beslutningen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva beslutningen er.")},
    )
    conditions = forms.CharField(
        label=_("Vilkår"),
        required=False,
        max_length=1000,
        widget=SHORT_TEXT,
        help_text=_("Bare når beslutningen er godkjent med vilkår."),
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        max_length=1000,
        widget=LONG_TEXT,
        help_text=_("Blir offentlig når prosjektet går videre. Innsenderne får den på e-post."),
        error_messages={"required": _("Skriv hvorfor.")},
    )

    def __init__(self, *args: Any, case: GateCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*OUTCOMES, TO_THE_LINE] if case.gate == GateCode.BP1 else OUTCOMES
        self.fields["outcome"].choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == WITH_CONDITIONS and not cleaned.get("conditions"):
            self.add_error("conditions", _("Skriv vilkårene, eller velg «Godkjent»."))
        return cleaned

    def decision(self) -> dict[str, Any]:
        """As `actions.decide_gate` wants it: conditions belong to one outcome only."""
        data = self.cleaned_data
        if data["outcome"] == WITH_CONDITIONS:
            return {**data, "outcome": CaseStatus.APPROVED}
        return {**data, "outcome": CaseStatus(data["outcome"]), "conditions": ""}


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor stoppes prosjektet?"),
        max_length=2000,
        widget=LONG_TEXT,
        help_text=_("Blir offentlig. De som sendte ideene, får det på e-post."),
        error_messages={"required": _("Skriv hvorfor prosjektet stoppes.")},
    )
    consequence = forms.CharField(
        label=_("Hva betyr det for gevinstene?"),
        max_length=2000,
        widget=LONG_TEXT,
        help_text=_("Hvilke gevinster faller bort, og hva kan fortsatt oppnås på andre måter?"),
        error_messages={"required": _("Skriv hva det betyr for gevinstene.")},
    )


class StageForm(forms.ModelForm):
    """A delfase, among the others of its project: each begins when the one before has ended."""

    class Meta:
        model = Stage
        fields = ["name", "starts_on", "ends_on"]
        labels = {"name": _("Navn"), "starts_on": _("Begynner"), "ends_on": _("Slutter")}
        help_texts = {"name": _("Slik: Prøvedrift i to soner")}
        widgets = {
            "starts_on": DateInput(attrs={"data-width": "short"}),
            "ends_on": DateInput(attrs={"data-width": "short"}),
        }
        error_messages = {
            "name": {"required": _("Gi delfasen et navn.")},
            "starts_on": {
                "required": _("Skriv når delfasen begynner."),
                "invalid": _("Skriv en dato, for eksempel 31.12.2026."),
            },
            "ends_on": {
                "required": _("Skriv når delfasen slutter."),
                "invalid": _("Skriv en dato, for eksempel 31.12.2026."),
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"] = VersionField(initial=self.instance.version)
        else:
            self.fields["submission_key"] = SubmissionKeyField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_overlap(cleaned)
        if self.instance.pk:
            refuse_stale(self, version=cleaned.get("version"), stored=self.instance)
        return cleaned

    def _refuse_overlap(self, cleaned: dict[str, Any]) -> None:
        number = self.instance.number or self.instance.project.stages.count() + 1
        others = self.instance.project.stages.exclude(pk=self.instance.pk)
        before = others.filter(number__lt=number).last()
        after = others.filter(number__gt=number).first()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if before and starts_on and starts_on < before.ends_on:
            self.add_error("starts_on", _("Delfasen før slutter senere enn dette."))
        if after and ends_on and ends_on > after.starts_on:
            self.add_error("ends_on", _("Delfasen etter begynner før dette."))

    def filled_in(self) -> Stage:
        if self.instance.pk is None:
            self.instance.submission_key = self.cleaned_data["submission_key"]
        return self.instance
