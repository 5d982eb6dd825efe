"""Who takes over what somebody has."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import ActionRefused
from gjovik_digi.leaving import DUTIES, Duty, Item
from municipality.models import User

SHOWN = 40  # each has a list of all people to choose from
UNCHANGED = gettext_lazy("Velg hvem")
Choices = list[tuple[Any, Any]]


def able_to_take_over(leaver: User) -> list[User]:
    """Everybody with an account in use, with their roles. Two reads."""
    others = User.objects.filter(is_active=True).exclude(pk=leaver.pk)
    return list(others.prefetch_related("groups").order_by("name", "pk"))


class TakerField(forms.TypedChoiceField):
    """Not asked for now, yet not optional: the account stays open until somebody is chosen."""

    may_wait = True

    def __init__(self, choices: Choices, taker_of: Callable[[str], User], **kwargs: Any) -> None:
        errors = {"invalid_choice": gettext_lazy("Velg noen fra listen.")}
        super().__init__(
            choices=choices,
            coerce=taker_of,
            empty_value=None,
            required=False,
            error_messages=errors,
            **kwargs,
        )


class HandOverForm(forms.Form):
    """One person for all, or one for each item. What nobody is chosen for, stays."""

    def __init__(self, *args: Any, leaver: User, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leaver, self.items = leaver, items
        self.people = {str(person.pk): person for person in able_to_take_over(leaver)}
        self.fields["everything"] = TakerField(
            self._choices(None),
            self.people.__getitem__,
            label=_("Én person for alt"),
            help_text=_("Gjelder alt du ikke velger noen annen for nedenfor."),
        )
        choices = {duty.key: self._choices(duty) for duty in DUTIES}
        for item in items[:SHOWN]:
            self.fields[item.key] = TakerField(
                choices[item.duty.key], self.people.__getitem__, label=_capitalized(item.words)
            )

    def _choices(self, duty: Duty | None) -> Choices:
        """Those of the same sector, or with the role that goes with it, are suggested first."""
        able = [each for each in self.people.values() if duty is None or duty.can_be_given(each)]
        near = [person for person in able if self._is_near(person, duty)]
        others = [person for person in able if person not in near]
        groups: Choices = [("", UNCHANGED)]
        for heading, people in ((_("Forslag"), near), (_("Andre"), others)):
            if people:
                groups.append((heading, [(person.pk, person.name) for person in people]))
        return groups

    def _is_near(self, person: User, duty: Duty | None) -> bool:
        same_sector = person.sector_id is not None and person.sector_id == self.leaver.sector_id
        return same_sector or (
            duty is not None and duty.role in {group.name for group in person.groups.all()}
        )

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under the heading of their duty, in order."""
        shown = [(item.duty, self[item.key]) for item in self.items[:SHOWN]]
        return [
            (duty.heading, fields)
            for duty in DUTIES
            if (fields := [field for of, field in shown if of == duty])
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._require_current()
        self.takers = self._chosen(cleaned)
        if not self.takers and not self.errors:
            self.add_error("everything", _("Velg hvem som tar over, for alt eller for noe av det."))
        return cleaned

    def _require_current(self) -> None:
        """What was chosen for something given away meanwhile, is not dropped in silence."""
        for name, value in self.data.items():
            key, _dash, number = name.rpartition("-")
            is_item = number.isdecimal() and any(duty.key == key for duty in DUTIES)
            if is_item and value and name not in self.fields:
                raise ActionRefused(
                    _("Noe av dette er gitt videre i mellomtiden. Se hva som står igjen.")
                )

    def _chosen(self, cleaned: dict[str, Any]) -> dict[str, User]:
        chosen = {}
        for item in self.items:
            own, everything = cleaned.get(item.key), cleaned.get("everything")
            taker = own or everything
            if taker is None or item.key in self.errors:
                continue
            if item.duty.can_be_given(taker):
                chosen[item.key] = taker
            elif item.key in self.fields:
                self.add_error(item.key, str(item.duty.refusal).format(name=taker))
        return chosen


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]
