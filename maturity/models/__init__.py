"""Digital maturity (modenhet): the instrument, the year's round, and each sector's assessment."""

from maturity.models.assessments import (
    Answer,
    AnswerEdit,
    AnswerQuerySet,
    Assessment,
    AssessmentQuerySet,
    AssessmentSource,
    AssessmentStatus,
    Content,
    Measure,
    Revision,
)
from maturity.models.benchmarks import Benchmark, BenchmarkLevel
from maturity.models.groups import IndividualAnswer, Reminder, Respondent
from maturity.models.instrument import (
    Area,
    Characteristic,
    Instrument,
    LevelGuidance,
    MaturityLevel,
)
from maturity.models.reports import Report
from maturity.models.rounds import Aggregation, MeasurementRound, SectorWeight

__all__ = [
    "Aggregation",
    "Answer",
    "AnswerEdit",
    "AnswerQuerySet",
    "Area",
    "Assessment",
    "AssessmentQuerySet",
    "AssessmentSource",
    "AssessmentStatus",
    "Benchmark",
    "BenchmarkLevel",
    "Characteristic",
    "Content",
    "IndividualAnswer",
    "Instrument",
    "LevelGuidance",
    "MaturityLevel",
    "Measure",
    "MeasurementRound",
    "Reminder",
    "Report",
    "Respondent",
    "Revision",
    "SectorWeight",
]
