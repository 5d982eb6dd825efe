"""Pages of a list that may be very long."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class LongPaginator(Paginator):
    """Counts, and leafs through, no more than the first `MOST`.

    Counting all takes longer the more there are, and nobody reads that far.
    """

    MOST = 1000

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: self.MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.MOST)

    @property
    def has_more(self) -> bool:
        return self._counted > self.MOST
