import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import OutgoingMail
from core.waiting import Task
from gjovik_digi import outbox_filter
from municipality.models import User


def waiting_for(user: User, *, on: dt.date) -> list[Task]:
    """For the team: mail to read before it goes, and mail that did not get through."""
    if not user.has_perm("core.use_outbox"):
        return []
    mails = OutgoingMail.objects.unsent()
    gave_up = Q(held_at=None, attempts__gte=OutgoingMail.MAX_ATTEMPTS)
    counts = mails.aggregate(
        held=Count("pk", filter=Q(held_at__isnull=False)), failed=Count("pk", filter=gave_up)
    )
    tasks = []
    if counts["held"]:
        title = ngettext(
            "Se over {count} e-post før den går",
            "Se over {count} e-poster før de går",
            counts["held"],
        )
        tasks.append(
            Task(
                title=title.format(count=counts["held"]),
                text=_("De som venter på svar, får det ikke før du sender."),
                url=_in_tab(outbox_filter.HELD),
                verb=_("Se over"),
                minutes=min(counts["held"], 15),
            )
        )
    if counts["failed"]:
        title = ngettext(
            "{count} e-post ble ikke sendt", "{count} e-poster ble ikke sendt", counts["failed"]
        )
        tasks.append(
            Task(
                title=title.format(count=counts["failed"]),
                text=_("E-posttjeneren tok ikke imot. Se hvorfor, og send på nytt."),
                url=_in_tab(outbox_filter.FAILED),
                verb=_("Se hvorfor"),
            )
        )
    return tasks


def _in_tab(tab: str) -> str:
    return f"{reverse('outbox:list')}?mappe={tab}"
