"""Numbers as SVG attributes, and round numbers for scales."""

from math import ceil, floor, log10


def length(value: float) -> str:
    """A coordinate with at most two decimals, always with a point: ``12.5``, ``40``."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def percent(value: float) -> str:
    """A share of the drawing's size, from 0 to 100: ``12.5%``."""
    return f"{length(value)}%"


def scale_steps(most: int, steps: int = 4) -> list[int]:
    """Round numbers from above 0 up to the first that is not below ``most``.

    Whole numbers only, since everything drawn is a count; about ``steps`` of them.
    """
    if most <= 0:
        return [1]
    wanted = most / steps
    magnitude = 10 ** floor(log10(wanted)) if wanted >= 1 else 1
    step = next(
        (each for each in (magnitude, 2 * magnitude, 5 * magnitude) if each >= wanted),
        10 * magnitude,
    )
    return [step * number for number in range(1, ceil(most / step) + 1)]
