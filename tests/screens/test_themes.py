"""Our colours are read easily, and told apart by people who do not see every colour."""

from itertools import combinations

import pytest

from screens.theme import BY_NAME, DARK, DARK_TRITAN, LIGHT, LIGHT_TRITAN, called
from workbench.configuration.settings import THEME

# what an eye without one kind of cone sees, of linear light. Source: Machado, Oliveira, Fernandes 2009,
# severity 1.0
SEEN = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
LEAST_APART = 20.0  # of CIE76: 2.3 is what can just be seen
FITS = [(DARK, "protan"), (DARK, "deutan"), (LIGHT, "protan"), (LIGHT, "deutan"), (DARK_TRITAN, "tritan"),
        (LIGHT_TRITAN, "tritan")]  # fmt: skip


def linear(colour: str) -> tuple[float, ...]:
    """Return linear light of ``#rrggbb``. Source: IEC 61966-2-1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def luminance(light: tuple[float, ...]) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio. Source: WCAG 2.2, 1.4.3."""
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def lab(light: tuple[float, ...]) -> tuple[float, float, float]:
    """Return CIE L*a*b* (D65) of linear light."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    scaled = [
        sum(a * b for a, b in zip(row, light, strict=True)) / w for row, w in zip(rows, white, strict=True)
    ]
    x, y, z = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, eye: str) -> float:
    """Return how far two colours lie from each other for an eye."""

    def seen(colour: str) -> tuple[float, float, float]:
        light = linear(colour)
        mixed = (sum(a * b for a, b in zip(row, light, strict=True)) for row in SEEN[eye])
        return lab(tuple(min(max(each, 0.0), 1.0) for each in mixed))

    return sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_text_is_read_easily(name: str) -> None:
    theme = BY_NAME[name]
    for ground in (theme.background, theme.panel):
        assert contrast(theme.foreground, ground) >= 7.0
        for colour in (theme.accent, theme.secondary, theme.warning, theme.error, theme.success):
            assert contrast(colour, ground) >= 4.5, (colour, ground)


@pytest.mark.parametrize(("theme", "eye"), FITS, ids=[f"{theme.name}-{eye}" for theme, eye in FITS])
def test_what_is_late_is_told_from_what_is_in_hand_and_from_plain_text(theme, eye: str) -> None:  # type: ignore[no-untyped-def]
    for one, other in combinations((theme.error, theme.accent, theme.foreground), 2):
        assert apart(one, other, eye) >= LEAST_APART, (one, other)


def test_colours_that_an_eye_confuses_are_seen_as_such() -> None:
    assert apart("#00a000", "#c05000", "deutan") < apart("#00a000", "#c05000", "tritan") / 2
    assert apart("#0080ff", "#00a0a0", "tritan") < apart("#0080ff", "#00a0a0", "deutan") / 2


def test_every_value_of_the_setting_has_its_theme() -> None:
    assert set(THEME.values) == {"auto", *BY_NAME}
    assert called("auto", {"COLORFGBG": "0;15"}) == LIGHT.name
    assert called("auto", {}) == DARK.name
    assert called("light-tritan", {"COLORFGBG": "15;0"}) == LIGHT_TRITAN.name
