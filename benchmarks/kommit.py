"""A full KommIT workbook taken into a project, beside openpyxl alone reading the same file."""

import json
import subprocess
import sys
from dataclasses import dataclass

from benchmarks.servers import BASE_DIR, Site


@dataclass(frozen=True)
class TakenIn:
    """`read_seconds` until all is checked, `seconds` until all of it is in the database."""

    benefits: int
    rows: int
    queries: int
    alone_seconds: float
    read_seconds: float
    seconds: float

    @property
    def times_alone(self) -> float:
        return self.read_seconds / self.alone_seconds

    def as_json(self) -> dict[str, float]:
        return {
            "benefits": self.benefits,
            "rows": self.rows,
            "queries": self.queries,
            "openpyxl_ms": round(self.alone_seconds * 1000, 1),
            "read_ms": round(self.read_seconds * 1000, 1),
            "taken_in_ms": round(self.seconds * 1000, 1),
            "read_times_openpyxl": round(self.times_alone, 2),
            "taken_in_times_openpyxl": round(self.seconds / self.alone_seconds, 2),
        }

    def as_text(self) -> str:
        row = self.as_json()
        return (
            f"KommIT workbook of {self.benefits} benefits: read in {row['read_ms']} ms, "
            f"openpyxl alone {row['openpyxl_ms']} ms, times: {row['read_times_openpyxl']}; with "
            f"{self.rows} rows written in {self.queries} queries {row['taken_in_ms']} ms, times: "
            f"{row['taken_in_times_openpyxl']}"
        )


def measure(site: Site) -> TakenIn:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kommit_job"],
        env=site.environment,
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    )
    return TakenIn(**json.loads(done.stdout))
