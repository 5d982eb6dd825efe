from django.utils import timezone

from core.mail_kinds import LINK_MARK
from core.models import OutgoingMail


def held_mail() -> OutgoingMail:
    """To somebody who sent an idea; the team is to read it before it goes."""
    return OutgoingMail.objects.create(
        kind="idea-parked",
        to="kari@post.example",
        subject="Nytt om ideen din: Lys i svingen",
        body=f"Hei.\n\nIdeen er lagt på vent.\n\nFølg ideen her: {LINK_MARK}",
        link="https://kommune.example/ideer/folg/x/",
        held_at=timezone.now(),
    )
