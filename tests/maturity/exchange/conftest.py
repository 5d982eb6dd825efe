from decimal import Decimal

import pytest

from maturity.exchange.checking import Known
from maturity.exchange.document import TOTAL, AreaText, Document, Row, Statement


@pytest.fixture
def known() -> Known:
    """We are Gjøvik in 2026, with two areas."""
    areas = {
        "innovasjon": "innovasjon",
        "styring-og-ledelse": "styring-og-ledelse",
        "styring og ledelse": "styring-og-ledelse",
    }
    return Known(own_number="3407", areas=areas, latest_year=2026)


@pytest.fixture
def document() -> Document:
    return Document(
        municipality_number="0301",
        municipality_name="Guovdageainnu suohkan 🏔",
        year=2025,
        scale_version="2026-1",
        rows=(
            Row("innovasjon", TOTAL, Decimal("2.8"), 5),
            Row(TOTAL, TOTAL, Decimal("3.05"), 5),
            Row("innovasjon", "Dearvvašvuohta, bargu", Decimal(3), 1),
            Row("styring-og-ledelse", "=HELSE()", Decimal(4), 1),
        ),
        is_preliminary=True,
        submitted=4,
        sectors=5,
        aggregation="uvektet",
        areas=(AreaText("innovasjon", "Innovasjon", (Statement("innovasjon-1-1", 1, "Nei."),)),),
    )
