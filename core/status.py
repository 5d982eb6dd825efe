"""A status that moves only along its table, one step at a time, and never twice."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from core.errors import ActionRefused


class HasStatus(models.Model):
    """Wants a status field and a `TRANSITIONS` table: status → the statuses that may follow."""

    STATUS_FIELD: ClassVar[str] = "status"
    TRANSITIONS: ClassVar[dict[Any, set[Any]]]

    class Meta:
        abstract = True

    def can_move_to(self, target: str) -> bool:
        return target in self.TRANSITIONS[getattr(self, self.STATUS_FIELD)]

    def move_to(self, target: str) -> None:
        """Set the status in the database if it still is what this object believes.

        Raises ActionRefused when the table has no such step, or when somebody was faster.
        """
        current = getattr(self, self.STATUS_FIELD)
        if not self.can_move_to(target):
            raise ActionRefused(
                _("«{name}» er nå «{status}» og kan ikke bli «{target}».").format(
                    name=self, status=self._status_label(current), target=self._status_label(target)
                )
            )
        unchanged = {"pk": self.pk, self.STATUS_FIELD: current}
        if not type(self)._base_manager.filter(**unchanged).update(**{self.STATUS_FIELD: target}):
            raise ActionRefused(_("Noen andre rakk det før deg. Se hva som står der nå."))
        setattr(self, self.STATUS_FIELD, target)

    def _status_label(self, status: str) -> str:
        labels = dict(getattr(self._meta.get_field(self.STATUS_FIELD), "flatchoices", []))
        return str(labels.get(status, status))
