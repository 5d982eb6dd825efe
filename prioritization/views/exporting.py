"""All the answers of a round as a file, for those who may see them."""

import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import get_permitted
from core.responses import attachment
from core.workbook_writing import CONTENT_TYPE
from municipality.models import Municipality
from prioritization.models import Round
from prioritization.rules import sees_others
from prioritization.scoring_export import write_export


@require_GET
def scoring_export(request: HttpRequest, pk: int) -> HttpResponse:
    scored = get_permitted(
        request.user, "prioritization.view_round", Round.objects.for_page(), pk=pk
    )
    if not sees_others(request.user, scored):
        return render(request, "prioritization/answers_wait.html", {"round": scored})
    made = io.BytesIO()
    write_export(scored, made, creator=Municipality.load().name, made_at=timezone.now())
    return attachment(
        made.getvalue(),
        filename=_("svar-{round}.xlsx").format(round=slugify(str(scored))),
        content_type=CONTENT_TYPE,
    )
