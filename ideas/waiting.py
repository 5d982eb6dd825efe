import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import day, listed
from core.waiting import Task
from ideas.models import Comment, Idea, IdeaQuerySet, IdeaStatus
from ideas.rules import sectors_of
from municipality.models import Sector, User

MINUTES_PER_IDEA = 5


def waiting_for(user: User, *, on: dt.date) -> list[Task]:
    """Ideas nobody has answered: all for the team, the sector's own for its leader."""
    if user.has_perm("ideas.handle_all_ideas"):
        return [*_tasks(Idea.objects.all(), whose="", on=on), *_read_comments()]
    sectors = sectors_of(user)
    if not sectors:
        return []
    names = Sector.objects.filter(pk__in=sectors).values_list("name", flat=True)
    own = Idea.objects.filter(sector__in=sectors)
    return list(_tasks(own, whose=listed(list(names)), on=on))


def _tasks(ideas: IdeaQuerySet, *, whose: str, on: dt.date) -> Iterator[Task]:
    received = Q(status=IdeaStatus.RECEIVED)
    counts = ideas.order_by().aggregate(
        count=Count("pk", filter=received),
        late=Count("pk", filter=received & Q(answer_due_on__lt=on)),
        back=Count("pk", filter=received & Q(parked_to__isnull=False)),
        returned=Count("pk", filter=Q(status=IdeaStatus.RETURNED)),
        first_due=Min("answer_due_on", filter=received),
    )
    returned = counts.pop("returned")
    if counts["count"]:
        yield _answer(whose=whose, on=on, **counts)
    if returned:
        yield _look_into(returned, whose=whose)


def _answer(
    *,
    count: int,
    late: int,
    back: int,
    first_due: dt.date,
    whose: str,
    on: dt.date,
) -> Task:
    text = _("Den første er lovet svar innen {date}.").format(date=day(first_due, today=on))
    if late:
        text = ngettext(
            "{late} av dem har ventet lenger enn vi lovet.",
            "{late} av dem har ventet lenger enn vi lovet.",
            late,
        ).format(late=late)
    if back:
        text += " " + ngettext(
            "{back} var parkert, og er tilbake.", "{back} var parkert, og er tilbake.", back
        ).format(back=back)
    title = ngettext("Svar på {count} idé", "Svar på {count} ideer", count).format(count=count)
    return Task(
        title=_("{title} til {sector}").format(title=title, sector=whose) if whose else title,
        text=text,
        url=reverse("ideas:inbox"),
        verb=_("Svar"),
        due_on=first_due,
        minutes=min(count, 12) * MINUTES_PER_IDEA,
    )


def _look_into(count: int, *, whose: str) -> Task:
    title = ngettext(
        "Utred {count} idé som er i retur", "Utred {count} ideer som er i retur", count
    ).format(count=count)
    return Task(
        title=_("{title} til {sector}").format(title=title, sector=whose) if whose else title,
        text=_("Ledergruppa vil vite mer. Send dem videre igjen, eller gi dem et annet utfall."),
        url=f"{reverse('ideas:inbox')}?tab=venter",
        verb=_("Se dem"),
    )


def _read_comments() -> Iterator[Task]:
    count = Comment.objects.waiting().count()
    if count:
        yield Task(
            title=ngettext(
                "Les {count} kommentar til en idé", "Les {count} kommentarer til ideer", count
            ).format(count=count),
            text=_("Ingen andre ser dem før dere har lest dem."),
            url=reverse("ideas:comments"),
            verb=_("Les"),
            minutes=min(count, 30),
        )
