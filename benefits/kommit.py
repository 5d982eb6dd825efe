"""What KS' workbook «KommIT gevinstverktøy» computes, as it computes it. Plain arithmetic.

Shown beside our own numbers, so that whoever knows the workbook finds theirs again
(domain.md §4.2).
"""

from collections.abc import Sequence
from decimal import Decimal

# Of the sheet «støtteark», row 3: the first budget year is discounted once.
DISCOUNTED_YEARS = (2, 3, 4, 5)


def goal_attainment(measured: Decimal | None, *, today: Decimal, wanted: Decimal) -> Decimal | None:
    """Måloppnåelse of «Resultatoppfølging» E14:E27.

    `=IF(D14=0,"",IF(dagens<ønsket, D14/ønsket, IF(ønsket=0, (dagens-D14)/dagens, ønsket/D14)))`

    It credits the baseline: from 90 towards 100, no change is 90 %. None where the workbook is
    blank, as for a measured 0, and where it says #DIV/0!.
    """
    if not measured:
        return None
    if today < wanted:
        return measured / wanted if wanted else None
    if wanted == 0:
        return (today - measured) / today if today else None
    return wanted / measured


def discount_factor(rate: Decimal, year: int) -> Decimal:
    """1/(1+r)^(year−1), «støtteark» row 4. `rate` is a share: 0.04 is four per cent."""
    return 1 / (1 + rate) ** (year - 1)


def net_present_value(
    *,
    benefits: Sequence[Decimal],
    operating: Sequence[Decimal],
    investment: Decimal,
    rate: Decimal,
) -> Decimal:
    """Netto økonomisk effekt, «Gevinstanalyse» C39: Σ(direkte − drift)·factor − investering.

    `benefits` and `operating` are the sums of the four budget years; of the benefits only those
    that are direct count.
    """
    worth = sum(
        (
            (gain - cost) * discount_factor(rate, year)
            for gain, cost, year in zip(benefits, operating, DISCOUNTED_YEARS, strict=True)
        ),
        Decimal(0),
    )
    return worth - investment
