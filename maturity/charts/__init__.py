"""The maturity charts as Vega-Lite specifications. Plain values in, no models."""

from maturity.charts.comparison import AreaComparison, comparison_chart
from maturity.charts.development import AreaTrend, TrendPoint, development_chart
from maturity.charts.indicators import AreaIndicator, indicator_chart
from maturity.charts.profile import AreaProfile, profile_chart
from maturity.charts.radar import AreaMean, radar_chart

__all__ = [
    "AreaComparison",
    "AreaIndicator",
    "AreaMean",
    "AreaProfile",
    "AreaTrend",
    "TrendPoint",
    "comparison_chart",
    "development_chart",
    "indicator_chart",
    "profile_chart",
    "radar_chart",
]
