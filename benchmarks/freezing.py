"""A year frozen as it is when it is closed: ten thousand ideas, and all the answers about them."""

import json
import subprocess
import sys
from dataclasses import dataclass

from benchmarks.servers import BASE_DIR, Site


@dataclass(frozen=True)
class Frozen:
    """The rows written and sealed, and the ranking counted again from them."""

    ideas: int
    rows: int
    seconds: float
    recounted_seconds: float
    differences: int

    @property
    def rows_a_second(self) -> float:
        return self.rows / self.seconds

    def as_json(self) -> dict[str, float]:
        return {
            "ideas": self.ideas,
            "rows": self.rows,
            "seconds": round(self.seconds, 2),
            "rows_a_second": round(self.rows_a_second),
            "recounted_seconds": round(self.recounted_seconds, 2),
            "differences": self.differences,
        }

    def as_text(self) -> str:
        row = self.as_json()
        return (
            f"freezing a year with {self.ideas} ideas: {row['seconds']} s, {self.rows} rows, "
            f"{row['rows_a_second']} rows/s; counted again from them: "
            f"{row['recounted_seconds']} s, {self.differences} differences"
        )


def measure(site: Site) -> Frozen:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.freezing_job"],
        env=site.environment,
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    )
    return Frozen(ideas=site.volume, **json.loads(done.stdout))
