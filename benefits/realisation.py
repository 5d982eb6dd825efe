"""How far a benefit has come. Plain arithmetic, no Django."""

from decimal import Decimal


def progress(value: Decimal | None, *, baseline: Decimal, target: Decimal) -> Decimal | None:
    """Share of the way from baseline to target, (måling − nullpunkt)/(mål − nullpunkt).

    0 is no change, 1 the target; negative when it got worse, above 1 when it went further.
    None when nothing is measured, or when baseline equals target: then there is no way to go.
    Works for targets below the baseline as well. Source: domain.md §4.2, own proposal; KS'
    KommIT workbook credits the baseline and is not used.
    """
    if value is None or baseline == target:
        return None
    return (value - baseline) / (target - baseline)
