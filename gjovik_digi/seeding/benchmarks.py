"""Other municipalities' results, to compare with."""

from decimal import Decimal

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene, moment
from maturity.models import Benchmark, BenchmarkLevel, Instrument

IMPORTED_BY = "marte.sveen@demo.gjovik.example"
SECTORS = 5


def make(scene: Scene) -> None:
    version = Instrument.objects.get(is_current=True).version
    for row in texts.read("benchmarks"):
        for offset, levels in row["levels"].items():
            benchmark = Benchmark.objects.create(
                municipality_number=row["number"],
                municipality_name=row["name"],
                year=scene.cycles[offset].year,
                scale_version=version,
                source=row["source"],
                file_name=f"modenhet-{row['number']}.json",
                imported_at=moment(scene.day(-20), "benchmark", row["number"]),
                imported_by=scene.person(IMPORTED_BY),
            )
            BenchmarkLevel.objects.bulk_create(
                BenchmarkLevel(benchmark=benchmark, area=area, level=Decimal(level), n=SECTORS)
                for area, level in levels.items()
            )
