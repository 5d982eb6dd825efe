"""Fields that guard a form against being sent twice and against two who edit at once."""

import uuid
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Versioned


class SubmissionKeyField(forms.UUIDField):
    """A hidden key made with the form: the same key sent twice is one submission."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", uuid.uuid4)
        super().__init__(widget=forms.HiddenInput, **kwargs)


class VersionField(forms.IntegerField):
    """A hidden version of the row the person began from. Check it with `refuse_stale`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, **kwargs)


def refuse_stale(form: forms.ModelForm, *, version: int | None, stored: Versioned) -> None:
    """An error on `form` when `stored`, locked by the caller, was saved after `version` was shown.

    What the person typed stays in the form, the stored text is shown beside it (`form.theirs`),
    and sending again means that theirs is to be replaced.
    """
    if version == stored.version:
        return
    form.theirs = {  # type: ignore[attr-defined]
        name: field_value(form, name, stored) for name in form.changed_data if name != "version"
    }
    typed = cast(QueryDict, form.data).copy()
    typed[form.add_prefix("version")] = str(stored.version)
    form.data = typed
    form.add_error(None, _stale_message(stored))


def field_value(form: forms.ModelForm, name: str, stored: Versioned) -> Any:
    label = form.fields[name].label or name
    value = getattr(stored, f"get_{name}_display", lambda: getattr(stored, name, ""))()
    return {"label": label, "value": value}


def _stale_message(stored: Versioned) -> str:
    who = stored.edited_by or _("Noen")
    if stored.edited_at is None:
        return _("{who} har endret dette. Velg hvilken tekst som skal gjelde.").format(who=who)
    minutes = int((timezone.now() - stored.edited_at).total_seconds() // 60)
    if minutes < 1:
        when = _("nettopp")
    elif minutes < 60:
        when = ngettext("for {n} minutt siden", "for {n} minutter siden", minutes).format(n=minutes)
    else:
        when = timezone.localtime(stored.edited_at).strftime("%d.%m. kl. %H.%M")
    return _("{who} endret dette {when}. Velg hvilken tekst som skal gjelde.").format(
        who=who, when=when
    )
