"""All the answers of a round as a workbook, beside openpyxl alone writing the same cells."""

import json
import subprocess
import sys
from dataclasses import dataclass

from benchmarks.servers import BASE_DIR, Site


@dataclass(frozen=True)
class Exported:
    ideas: int
    cells: int
    seconds: float
    alone_seconds: float
    peak_bytes: int

    @property
    def times_alone(self) -> float:
        return self.seconds / self.alone_seconds

    def as_json(self) -> dict[str, float]:
        return {
            "ideas": self.ideas,
            "cells": self.cells,
            "seconds": round(self.seconds, 2),
            "alone_seconds": round(self.alone_seconds, 2),
            "times_alone": round(self.times_alone, 2),
            "peak_megabytes": round(self.peak_bytes / 1024 / 1024),
        }

    def as_text(self) -> str:
        row = self.as_json()
        return (
            f"export of {self.ideas} ideas, {self.cells} cells: {row['seconds']} s, openpyxl alone "
            f"with the same cells: {row['alone_seconds']} s; times: {row['times_alone']}; peak: "
            f"{row['peak_megabytes']} MB"
        )


def measure(site: Site) -> Exported:
    ours, alone = _job(site, "ours"), _job(site, "cells")
    return Exported(
        ideas=site.volume,
        cells=int(alone["count"]),
        seconds=ours["seconds"],
        alone_seconds=alone["seconds"],
        peak_bytes=int(ours["peak_bytes"]),
    )


def _job(site: Site, which: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scoring_export_job", which],
        env=site.environment,
        cwd=BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)
