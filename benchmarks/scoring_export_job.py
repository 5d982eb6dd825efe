"""`python -m benchmarks.scoring_export_job ours|cells`: writes one workbook, prints its cost.

«ours» exports the round in the database, from the first query to the last byte. «cells» has the
same rows in memory, and gives them to openpyxl's write-only workbook and does nothing else. Both
are timed without start-up; the memory is the process' peak with all it imported.
"""

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.utils import timezone
from openpyxl import Workbook

KILOBYTE = 1024 if sys.platform != "darwin" else 1


def locked_round() -> Any:
    """The round as it is when all its answers may be shown. Nothing is stored."""
    from prioritization.models import Round, RoundStatus  # noqa: PLC0415

    scored = Round.objects.get()
    scored.status = RoundStatus.CLOSED
    return scored


def ours() -> tuple[Callable[[], object], int]:
    from prioritization.models import Score  # noqa: PLC0415  after the settings are read
    from prioritization.scoring_export import write_export  # noqa: PLC0415

    scored = locked_round()
    made_at = timezone.now()
    return (
        lambda: write_export(scored, io.BytesIO(), creator="Gjøvik kommune", made_at=made_at),
        Score.objects.count(),
    )


def cells() -> tuple[Callable[[], object], int]:
    from prioritization.scoring_export import Export  # noqa: PLC0415  after the settings are read

    contents = [[titles, *map(list, rows)] for titles, rows in Export(locked_round()).contents()]

    def write() -> None:
        book = Workbook(write_only=True)
        for rows in contents:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
        book.save(io.BytesIO())

    return write, sum(value is not None for rows in contents for row in rows for value in row)


def main() -> None:
    django.setup()
    write, count = {"ours": ours, "cells": cells}[sys.argv[1]]()
    start = time.perf_counter()
    write()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE
    print(json.dumps({"seconds": seconds, "peak_bytes": peak, "count": count}))


if __name__ == "__main__":
    main()
