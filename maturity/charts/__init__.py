"""The maturity charts as Vega-Lite specifications. Plain values in, no models."""

from maturity.charts.development import AreaTrend, TrendPoint, development_chart
from maturity.charts.indicators import AreaIndicator, indicator_chart
from maturity.charts.profile import AreaProfile, profile_chart
from maturity.charts.radar import AreaMean, radar_chart

__all__ = [
    "AreaIndicator",
    "AreaMean",
    "AreaProfile",
    "AreaTrend",
    "TrendPoint",
    "development_chart",
    "indicator_chart",
    "profile_chart",
    "radar_chart",
]
