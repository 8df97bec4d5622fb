"""Letters stand out from what is behind them, by day and by night (WCAG 2.2, 1.4.3: 4.5 to 1)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "admin_web" / "static" / "tokens.css"
PAIRS = (
    ("ink", "card"),
    ("ink", "paper"),
    ("ink", "well"),
    ("ink", "theirs"),
    ("ink-soft", "card"),
    ("ink-soft", "paper"),
    ("ink-soft", "well"),
    ("mine-ink", "mine"),
    ("jade-deep", "mine"),
    ("jade-deep", "card"),
    ("jade-deep", "theirs"),
    ("jade-deep", "well"),
    ("jade-deep", "jade-tint"),
    ("on-jade", "jade"),
    ("on-jade", "jade-deep"),
    ("seal-ink", "card"),
    ("seal-ink", "seal-tint"),
    ("amber-ink", "card"),
    ("amber-ink", "amber-tint"),
    ("blue-ink", "blue-tint"),
    ("grey-ink", "grey-tint"),
)


def read_scheme(dark: str) -> dict[str, str]:
    light, night = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light))
    return found | (dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", night)) if dark == "night" else {})


def contrast(one: str, other: str) -> float:
    """The formula of WCAG 2.2, "contrast ratio"."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_letters_stand_out(scheme: str):
    colours = read_scheme(scheme)

    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in PAIRS}

    assert {pair: round(ratio, 2) for pair, ratio in weak.items() if ratio < 4.5} == {}


def test_white_initials_stand_out_from_every_face():
    hues = [colour for name, colour in read_scheme("day").items() if name.startswith("hue-")]

    assert len(hues) == 6
    assert [hue for hue in hues if contrast("#ffffff", hue) < 4.5] == []


def test_the_edge_of_an_input_can_be_seen():
    for scheme in ("day", "night"):
        colours = read_scheme(scheme)
        assert contrast(colours["line-strong"], colours["well"]) >= 3
