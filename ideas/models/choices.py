"""The words of an idea: who sent it, how it came, where it stands, and how that looks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Submitter(models.TextChoices):
    """Who the sender says they are (strategy §6.2)."""

    CITIZEN = "citizen", _("Innbygger")
    EMPLOYEE = "employee", _("Ansatt i kommunen")
    LEADER = "leader", _("Leder i kommunen")
    POLITICIAN = "politician", _("Politiker")
    BUSINESS = "business", _("Fra næringslivet")


class IdeaStatus(models.TextChoices):
    RECEIVED = "received", _("Mottatt")
    FORWARDED = "forwarded", _("Til vurdering")
    APPROVED = "approved", _("Godkjent")
    POSTPONED = "postponed", _("Utsatt")
    REJECTED = "rejected", _("Ikke videreført")
    RETURNED = "returned", _("Retur for utredning")
    LINE = "line", _("Gjøres i linja")
    IN_PROJECT = "in_project", _("Del av et prosjekt")
    PARKED = "parked", _("Parkert")
    DECLINED = "declined", _("Ikke aktuelt")
    MERGED = "merged", _("Slått sammen")
    SPLIT = "split", _("Delt opp")
    WITHDRAWN = "withdrawn", _("Trukket")


# What the team answers with, beside passing the idea on to screening. Always with a reason.
OUTCOMES = (IdeaStatus.LINE, IdeaStatus.IN_PROJECT, IdeaStatus.PARKED, IdeaStatus.DECLINED)

# Nobody waits for an answer in these: the idea has an outcome.
WITH_OUTCOME = frozenset(IdeaStatus) - {
    IdeaStatus.RECEIVED,
    IdeaStatus.FORWARDED,
    IdeaStatus.RETURNED,
}


# What is over or gone takes no other idea in: those who sent it would wait for nothing.
TAKES_NOBODY_IN = frozenset(
    {
        IdeaStatus.MERGED,
        IdeaStatus.SPLIT,
        IdeaStatus.WITHDRAWN,
        IdeaStatus.DECLINED,
        IdeaStatus.REJECTED,
    }
)


class Origin(models.TextChoices):
    """How the idea came to us."""

    FORM = "form", _("Sendt inn på nett")
    WORKSHOP = "workshop", _("Fra et verksted")
    IMPORT = "import", _("Lest inn fra et regneark")
    MEASURE = "measure", _("Tiltak fra en egenvurdering")
    SPLIT = "split", _("Delt ut av en annen idé")


# How a status looks (core.icons): colour, icon and words belong together.
LOOKS = {
    IdeaStatus.RECEIVED: "open",
    IdeaStatus.FORWARDED: "working",
    IdeaStatus.APPROVED: "done",
    IdeaStatus.POSTPONED: "paused",
    IdeaStatus.REJECTED: "stopped",
    IdeaStatus.RETURNED: "paused",
    IdeaStatus.LINE: "done",
    IdeaStatus.IN_PROJECT: "done",
    IdeaStatus.PARKED: "paused",
    IdeaStatus.DECLINED: "stopped",
    IdeaStatus.MERGED: "stopped",
    IdeaStatus.SPLIT: "stopped",
    IdeaStatus.WITHDRAWN: "stopped",
}
