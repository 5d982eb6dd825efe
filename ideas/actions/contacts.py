"""What is known about those who send and follow, and its end."""

import datetime as dt

from django.db import transaction

from ideas.models import IdeaContact


def forget_contacts(*, on: dt.date) -> int:
    """Delete contact details whose time is up, and say how many. The ideas stay."""
    with transaction.atomic():
        count, _rows = IdeaContact.objects.filter(delete_on__lte=on).delete()
    return count
