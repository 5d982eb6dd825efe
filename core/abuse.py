"""Keeping robots from forms that are open to all, with nothing for a person to solve.

A field no person sees, a count of how often each address sends, and, only when that rises, a
proof of work that the visitor's browser does by itself (the protocol of ALTCHA, from our own
origin: static/js/proof.js). Use:

    class CommentForm(Guarded, forms.Form): …

    form = CommentForm(request.POST or None, guard=Guard(request, "comment"))
    if form.is_valid():
        actions.comment(…)
        form.guard.count()

    {% include "components/guard.html" %}     inside <form>, where `form` is the form
"""

import json
from functools import cached_property
from typing import Any, cast

import altcha
from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core import rate
from core.form_guards import SubmissionKeyField

ALGORITHM = "PBKDF2/SHA-256"
COST = 5000  # iterations of one try, which is also what it costs us to check
PREFIX = "00"  # so one try in 256 succeeds: about a second on a phone
VALID_FOR = 60 * 60  # seconds: as long as a person may take to write
LONGEST_PROOF = 4000  # characters


class Guard:
    """What this visitor has to do before sending, for one purpose."""

    def __init__(self, request: HttpRequest, purpose: str) -> None:
        self.purpose = purpose
        self.address = rate.address_of(request)
        self.is_known = request.user.is_authenticated

    @cached_property
    def sent(self) -> rate.Rate:
        return rate.now(self.purpose, self.address)

    @property
    def is_closed(self) -> bool:
        """So much has come from the address that nothing more is taken from it this hour."""
        return not self.is_known and self.sent.from_address >= settings.ABUSE_CLOSED_AFTER

    @property
    def needs_proof(self) -> bool:
        return not self.is_known and (
            self.sent.from_address >= settings.ABUSE_PROOF_AFTER
            or self.sent.from_all >= settings.ABUSE_PROOF_AFTER_ALL
        )

    def count(self) -> None:
        """One more has been sent."""
        if not self.is_known:
            rate.add(self.purpose, self.address)

    def challenge(self, submission_key: Any) -> str:
        """What the browser is to solve, as JSON: good for this submission only."""
        challenge = altcha.create_challenge(
            ALGORITHM,
            COST,
            key_prefix=PREFIX,
            expires_at=int(timezone.now().timestamp()) + VALID_FOR,
            data={"for": self._bound_to(submission_key)},
            hmac_secret=_secret(),
        )
        return json.dumps(challenge.to_dict())

    def accepts(self, proof: str, submission_key: Any) -> bool:
        """The proof is signed by us, for this submission, and right."""
        if not altcha.verify_solution(proof, _secret()).verified:
            return False
        challenge = altcha.Payload.from_base64(proof).challenge
        return challenge.parameters.data == {"for": self._bound_to(submission_key)}

    def _bound_to(self, submission_key: Any) -> str:
        return f"{self.purpose} {submission_key}"


def _secret() -> str:
    return salted_hmac("core.abuse", "proof of work", algorithm="sha256").hexdigest()


class Guarded(forms.Form):
    """A form that is open to all. Its guard is asked when everything else has been looked at."""

    submission_key = SubmissionKeyField()
    website = forms.CharField(
        label=_("La dette feltet stå tomt"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    proof = forms.CharField(required=False, max_length=LONGEST_PROOF, widget=forms.HiddenInput)

    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guard = guard

    @cached_property
    def challenge(self) -> str:
        """Empty when the browser need not prove anything."""
        if not self.guard.needs_proof:
            return ""
        return self.guard.challenge(self["submission_key"].value())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("website"):
            emptied = cast(QueryDict, self.data).copy()
            emptied[self.add_prefix("website")] = ""
            self.data = emptied
            raise forms.ValidationError(
                _("Et felt som skal stå tomt, var fylt ut. Vi har tømt det. Send en gang til.")
            )
        if self.guard.is_closed:
            raise forms.ValidationError(
                _(
                    "Det har kommet svært mye fra nettet du er på. Prøv igjen om en time, eller"
                    " ring kommunen. Ta vare på teksten din så lenge."
                )
            )
        if self.guard.needs_proof and not self.guard.accepts(
            cleaned.get("proof", ""), cleaned.get("submission_key")
        ):
            raise forms.ValidationError(
                _(
                    "Det kommer uvanlig mye akkurat nå, så nettleseren din må vise at den ikke er"
                    " en robot. Det gjør den selv. Send en gang til om noen sekunder. Virker det"
                    " ikke, prøv igjen om en time, eller ring kommunen."
                )
            )
        return cleaned
