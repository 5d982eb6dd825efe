import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.form_guards import VersionField, refuse_stale
from core.widgets import LevelRadioSelect
from maturity.actions.groups import Invitation
from maturity.forms.assessments import LevelField, ReasonField
from maturity.models import Assessment, IndividualAnswer, Respondent
from municipality.models import User

AT_ONCE = 40
LONGEST_NAME = Respondent._meta.get_field("name").max_length or 120


class InviteForm(forms.Form):
    """Who is in the leadership group: accounts of the sector, and others line by line."""

    accounts = forms.ModelMultipleChoiceField(
        label=_("Har konto i sektoren"),
        help_text=_("De får oppgaven på Min side og en e-post."),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("En av kontoene finnes ikke lenger.")},
    )
    people = forms.CharField(
        label=_("Navn og e-post, én på hver linje"),
        help_text=_(
            "Slik: Kari Olstad, kari.olstad@gjovik.example. De får en personlig lenke på e-post og "
            "trenger ikke logge inn."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = assessment.respondents.filter(user__isnull=False).values("user")
        sector = assessment.sector
        at_home = Q(sector=sector) | Q(pk=sector.leader_id)
        accounts = User.objects.filter(at_home, is_active=True)
        self.fields["accounts"].queryset = accounts.exclude(pk__in=asked).order_by("name", "pk")

    def clean_people(self) -> list[Invitation]:
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > AT_ONCE:
            raise ValidationError(_("Inviter høyst {count} om gangen.").format(count=AT_ONCE))
        read = [_read(line) for line in lines]
        wrong = [line for line, found in zip(lines, read, strict=True) if found is None]
        if wrong:
            raise ValidationError(
                [
                    gettext("Vi finner ikke navn og e-post i linja «{line}».").format(line=line)
                    for line in wrong[:5]
                ]
            )
        return [found for found in read if found is not None]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["accounts"] and not cleaned["people"]:
            self.add_error("people", _("Velg noen, eller skriv navn og e-post til minst én."))
        return cleaned

    def invitations(self) -> list[Invitation]:
        by_account = [
            Invitation(user.name, user.email, user) for user in self.cleaned_data["accounts"]
        ]
        return [*by_account, *self.cleaned_data["people"]]


def _read(line: str) -> Invitation | None:
    """«Kari Olstad, kari@…», also with a semicolon, a tab or the <> of a mail program."""
    found = re.search(r"[^\s,;<>]+@[^\s,;<>]+", line)
    if found is None:
        return None
    email = found.group().strip(".:")
    name = " ".join(line.replace(found.group(), " ").strip(' \t,;<>"').split()).strip(' ,;<>"')
    try:
        validate_email(email)
    except ValidationError:
        return None
    if not name or len(name) > LONGEST_NAME or len(email) > 254:
        return None
    return Invitation(name, email)


class MemberForm(forms.Form):
    """What one member thinks in one area."""

    version = VersionField()
    level = LevelField(
        label=_("Hvilket nivå mener du sektoren er på?"),
        help_text=_("Velg det som ligner mest."),
        widget=LevelRadioSelect,
    )
    reason = ReasonField(
        label=_("Hvorfor, kort"),
        help_text=_("Ledergruppa ser hva du svarte når minst tre har svart."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Begrunnelsen kan ha høyst %(limit_value)d tegn.")},
    )

    def __init__(self, data: Any = None, *, answer: IndividualAnswer) -> None:
        self.answer = answer
        initial = {"level": answer.level, "reason": answer.reason, "version": answer.version}
        super().__init__(data, initial=initial)
        self.fields["reason"].may_wait = False  # it may be left out for good
        self.fields["level"].choices = [
            (level.level, level.name) for level in answer.area.levels.all()
        ]

    @property
    def chosen(self) -> int | None:
        """The level that is marked in the form as it is shown."""
        value = str(self["level"].value() or "")
        return int(value) if value.isdecimal() else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if set(self.changed_data) - {"version"}:
            refuse_stale(self, version=cleaned.get("version"), stored=self.answer)
        return cleaned
