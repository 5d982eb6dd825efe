"""Gevinster: what a project promised, how it is measured, and what has come of it.

A benefit (gevinst) has indicators (måleindikatorer), and each of those dated measurements. The main
indicator speaks for the benefit where one number is asked for. What the benefit is worth a year
stands beside, in its own unit.
"""

from benefits.models.benefits import (
    Benefit,
    BenefitKind,
    BenefitQuerySet,
    BenefitUse,
    Importance,
    Receiver,
)
from benefits.models.calculation import Calculation, OperatingCost
from benefits.models.chart import MapColumn, MapLink, MapNode
from benefits.models.files import PlanFile, PlanFileKind, PortfolioFile, PortfolioFileKind
from benefits.models.imports import KommitImport
from benefits.models.indicators import (
    WARN_BEFORE,
    BenefitState,
    Direction,
    Evidence,
    Indicator,
    Measurement,
    MeasurementFile,
)
from benefits.models.other_bodies import OtherBody
from benefits.models.realising import ActionStatus, RealisationAction, RiskProfile
from benefits.models.requests import MeasuringRequest, RequestState
from benefits.models.years import BenefitChange, BenefitYear, ChangeKind

__all__ = [
    "WARN_BEFORE",
    "ActionStatus",
    "Benefit",
    "BenefitChange",
    "BenefitKind",
    "BenefitQuerySet",
    "BenefitState",
    "BenefitUse",
    "BenefitYear",
    "Calculation",
    "ChangeKind",
    "Direction",
    "Evidence",
    "Importance",
    "Indicator",
    "KommitImport",
    "MapColumn",
    "MapLink",
    "MapNode",
    "Measurement",
    "MeasurementFile",
    "MeasuringRequest",
    "OperatingCost",
    "OtherBody",
    "PlanFile",
    "PlanFileKind",
    "PortfolioFile",
    "PortfolioFileKind",
    "RealisationAction",
    "Receiver",
    "RequestState",
    "RiskProfile",
]
