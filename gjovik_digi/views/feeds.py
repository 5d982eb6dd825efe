"""What happens with ideas, as Atom: for those who follow without leaving an address."""

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from gjovik_digi import thread
from gjovik_digi.thread import Step
from ideas.models import Idea

NEWEST = 50
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _plain(text: str) -> str:
    """Without the characters that XML has no way of writing."""
    return _NOT_IN_XML.sub("", text)


class NewIdeas(Feed):
    """The ideas that were published last."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Nye ideer")

    def subtitle(self) -> str:
        return _("Ideer til enklere tjenester, etter hvert som de blir publisert.")

    def link(self) -> str:
        return reverse("ideas:list")

    def feed_url(self) -> str:
        return reverse("ideas-feed")

    def items(self) -> Any:
        return Idea.objects.published().order_by("-published_at", "-pk")[:NEWEST]

    def item_title(self, item: Idea) -> str:
        return _plain(item.title)

    def item_description(self, item: Idea) -> str:
        return linebreaks(_plain(item.summary or item.problem), autoescape=True)

    def item_pubdate(self, item: Idea) -> dt.datetime | None:
        return item.published_at

    def item_updateddate(self, item: Idea) -> dt.datetime:
        return item.updated_at


class StepsOfIdea(Feed):
    """One idea, step by step: the same as its page tells."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, code: str) -> Idea:
        return get_object_or_404(Idea.objects.published().with_thread(), code=code)

    def title(self, idea: Idea) -> str:
        return _plain(idea.title)

    def subtitle(self, idea: Idea) -> str:
        return _("Det som skjer med idé {code}.").format(code=idea.code)

    def link(self, idea: Idea) -> str:
        return idea.get_absolute_url()

    def feed_url(self, idea: Idea) -> str:
        return reverse("idea-feed", args=[idea.code])

    def items(self, idea: Idea) -> list[tuple[Idea, Step]]:
        built = thread.build(idea, on=timezone.localdate())
        return [(idea, step) for step in reversed(built.steps)]

    def item_title(self, item: tuple[Idea, Step]) -> str:
        return _plain(item[1].heading)

    def item_description(self, item: tuple[Idea, Step]) -> str:
        step = item[1]
        return linebreaks(_plain("\n\n".join(filter(None, [step.text, step.quote]))), True)

    def item_link(self, item: tuple[Idea, Step]) -> str:
        return item[0].get_absolute_url()

    def item_guid(self, item: tuple[Idea, Step]) -> str:
        idea, step = item
        return f"{settings.SITE_URL}{idea.get_absolute_url()}#{step.at:%Y%m%d%H%M%S%f}-{step.icon}"

    def item_pubdate(self, item: tuple[Idea, Step]) -> dt.datetime:
        return item[1].at


new_ideas = login_not_required(NewIdeas())
steps_of_idea = login_not_required(StepsOfIdea())
