"""`python -m benchmarks.memo_job ours|alone <file> [projects]`: one memo, and what it cost.

«ours» drafts a memo of the round in the database, of so many projects and as many ideas that are
not recommended, makes it as the worker does with its annex, and leaves its HTML in the file.
«alone» gives that file to WeasyPrint and does nothing else. Both are timed from the first byte to
the last, without start-up; the memory is the process' peak with all it imported.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import django

BASE_DIR = Path(__file__).resolve().parent.parent
FOLDERS = {  # what the memo's HTML asks for
    "static": [BASE_DIR / "static", BASE_DIR / "assets"],
    "fonts": [BASE_DIR / "fonts"],
}
REASON = "Kan løses i en ny kontrakt, som kommer om ett år. Da ser vi på det igjen. " * 3
KILOBYTE = 1024 if sys.platform != "darwin" else 1


def ours(html_file: Path, projects: str) -> dict[str, float]:
    django.setup()
    from django.db import transaction  # noqa: PLC0415  after the settings are read

    from municipality.calendar import PhaseKind  # noqa: PLC0415
    from municipality.models import User  # noqa: PLC0415
    from prioritization import exports, memo_actions, memo_making  # noqa: PLC0415
    from prioritization.models import Entry, Round  # noqa: PLC0415

    with transaction.atomic():
        scored = Round.objects.get()
        opens_on = scored.cycle.phase(PhaseKind.MEMO).opens_on
        by = User.objects.earliest("pk")
        count = int(projects)
        kept = scored.entries.ranked()[: 2 * count].values_list("pk", flat=True)
        Entry.objects.exclude(pk__in=list(kept)).delete()
        drafted = memo_actions.compose(scored, by=by, on=opens_on, budget_frame=Decimal(5_000_000))
        drafted.items.update(is_recommended=False, text=REASON)
        first = list(drafted.items.ranked()[:count].values_list("pk", flat=True))
        drafted.items.filter(pk__in=first).update(is_recommended=True, risk=REASON)
        file = memo_actions.make_draft_file(drafted, by=by)
        html_file.write_text(
            exports.memo_html(
                file.snapshot,
                is_draft=True,
                chart=exports.maturity_chart(file.snapshot),
                matrix_chart=exports.matrix_drawing(file.snapshot),
            )
        )
        answer = _timed(lambda: memo_making.make(file))
        file.refresh_from_db()
        assert file.is_ready, file.error
        transaction.set_rollback(True)
    return answer


def alone(html_file: Path) -> dict[str, float]:
    from weasyprint import HTML  # noqa: PLC0415  the other job does without it until its turn
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            scheme, _colon, name = url.partition(":")
            if scheme not in FOLDERS:
                return super().fetch(url, headers)
            found = next(path for path in FOLDERS[scheme] if (path / name).exists())
            return URLFetcherResponse(url, (found / name).read_bytes())

    html = html_file.read_text()
    pages = 0

    def make() -> None:
        nonlocal pages
        document = HTML(string=html, base_url="static:", url_fetcher=OwnFiles()).render()
        document.write_pdf()
        pages = len(document.pages)

    return {**_timed(make), "pages": pages}


def _timed(work: Callable[[], object]) -> dict[str, float]:
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE
    return {"seconds": seconds, "peak_bytes": peak}


if __name__ == "__main__":
    which: dict[str, Callable[..., dict[str, float]]] = {"ours": ours, "alone": alone}
    print(json.dumps(which[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])))
