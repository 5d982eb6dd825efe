"""The scale: whole numbers from 1 to 5."""

SCALE = range(1, 6)


def require_level(level: int) -> int:
    if level not in SCALE:
        raise ValueError(f"{level} is not a level from 1 to 5")
    return level
