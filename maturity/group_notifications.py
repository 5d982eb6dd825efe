"""Mails to the members of a sector's leadership group."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.formatting import day_with_year
from core.mail_kinds import LINK_MARK
from core.notifications import queue_mail
from maturity import links
from maturity.mail_kinds import TO_MEMBERS
from maturity.models import Respondent
from municipality.models import Municipality


def _tell(respondent: Respondent, *, subject: str, body: str) -> None:
    context = {
        "name": respondent.name,
        "body": body,
        "url": LINK_MARK,
        "is_personal": respondent.user_id is None,
        "municipality": Municipality.load(),
    }
    text = render_to_string("maturity/member_mail.txt", context)
    queue_mail(
        to=respondent.email,
        subject=subject,
        body=text,
        link=links.url(respondent),
        kind=TO_MEMBERS,
    )


def tell_invited(respondent: Respondent) -> None:
    """With the link that goes straight to the questions."""
    assessment = respondent.assessment
    _tell(
        respondent,
        subject=_("Hvor digitalt modne er dere i {sector}?").format(sector=assessment.sector.name),
        body=_(
            "{who} ber deg svare på fem spørsmål om {sector}. Det tar ti minutter, og du kan "
            "gjøre det på telefonen. Svar hva du selv mener. Etterpå blir ledergruppa enige "
            "sammen.\n\nSiste dag er {date}."
        ).format(
            who=respondent.invited_by or _("Lederen"),
            sector=assessment.sector.name,
            date=day_with_year(assessment.due_on),
        ),
    )


def remind_member(respondent: Respondent, *, due_on: dt.date) -> None:
    """To somebody who has not answered everything."""
    _tell(
        respondent,
        subject=_("Vi mangler svaret ditt om {sector}").format(
            sector=respondent.assessment.sector.name
        ),
        body=_(
            "Svaret ditt mangler før ledergruppa kan bli enige. Det tar ti minutter.\n\n"
            "Siste dag er {date}."
        ).format(date=day_with_year(due_on)),
    )
