"""`python -m benchmarks.freezing_job`: freezes the year of the open round, prints its cost.

Timed from the first row to the seal, and then from the first line read to the last place counted.
Nothing of it is kept.
"""

import json
import time

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from annual import freezing, reproduce  # noqa: E402
from annual.models import ClosedYear  # noqa: E402
from municipality.models import User  # noqa: E402
from prioritization.models import Round  # noqa: E402


@transaction.atomic
def main() -> None:
    cycle = Round.objects.select_related("cycle").get().cycle
    closed = ClosedYear.objects.create(
        cycle=cycle, by=User.objects.earliest("pk"), at=timezone.now()
    )
    start = time.perf_counter()
    freezing.freeze(closed)
    seal = freezing.seal(closed)
    frozen = time.perf_counter()
    found = reproduce.recount(reproduce.read(freezing.lines(closed)))
    counted = time.perf_counter()
    transaction.set_rollback(True)
    print(
        json.dumps(
            {
                "rows": seal.row_count,
                "seconds": frozen - start,
                "recounted_seconds": counted - frozen,
                "differences": len(found.differences),
            }
        )
    )


if __name__ == "__main__":
    main()
