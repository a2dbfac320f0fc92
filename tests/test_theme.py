"""The theme can be read: every text colour reaches WCAG AA on every ground it stands on."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from wording.colours import PRINT

ROOT = Path(__file__).parent.parent
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEMES = {name: CONFIG["theme"][name] for name in ("light", "dark")}

TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.11
SECONDARY = 0.6  # Streamlit sets captions and labels in the text colour at this opacity
HUES = ("green", "red", "orange", "yellow", "blue", "violet", "gray")

Colour = tuple[float, ...]


def colour(text: str) -> Colour:
    return tuple(int(text[i : i + 2], 16) for i in (1, 3, 5))


def luminance(c: Colour) -> float:
    parts = [x / 255 for x in c]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: Colour, b: Colour) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(front: Colour, ground: Colour, opacity: float) -> Colour:
    return tuple(opacity * f + (1 - opacity) * g for f, g in zip(front, ground, strict=True))


def grounds(theme: dict) -> dict[str, Colour]:
    return {key: colour(theme[key]) for key in ("backgroundColor", "secondaryBackgroundColor")}


def test_the_contrast_of_black_on_white_is_21():
    assert contrast(colour("#000000"), colour("#FFFFFF")) == pytest.approx(21)
    assert contrast(colour("#777777"), colour("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("key", ["textColor", "linkColor", "primaryColor", "codeTextColor", "dataframeHeaderTextColor"])
def test_text_and_links_reach_aa(name, key):
    theme = THEMES[name]
    for ground, paper in grounds(theme).items():
        assert contrast(colour(theme[key]), paper) >= TEXT, (key, ground)


@pytest.mark.parametrize("name", THEMES)
def test_secondary_text_reaches_aa(name):
    theme = THEMES[name]
    for ground, paper in grounds(theme).items():
        assert contrast(over(colour(theme["textColor"]), paper, SECONDARY), paper) >= TEXT, ground


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("hue", HUES)
def test_coloured_text_reaches_aa_on_the_page_and_in_its_own_box(name, hue):
    theme = THEMES[name]
    box = {f"{hue}BackgroundColor": colour(theme[f"{hue}BackgroundColor"])}
    for ground, paper in (grounds(theme) | box).items():
        assert contrast(colour(theme[f"{hue}TextColor"]), paper) >= TEXT, ground


def test_what_is_written_on_the_accent_reaches_aa():
    style = (ROOT / "static" / "vigie.css").read_text(encoding="utf-8")
    labels = re.findall(r"color: light-dark\((#\w{6}), (#\w{6})\)", style)
    assert labels
    for pair in labels:
        for label, theme in zip(pair, THEMES.values(), strict=True):
            assert contrast(colour(label), colour(theme["primaryColor"])) >= TEXT, label


@pytest.mark.parametrize("name", THEMES)
def test_lines_and_bars_stand_out_from_the_page(name):
    theme = THEMES[name]
    for line in theme["chartCategoricalColors"]:
        for ground, paper in grounds(theme).items():
            assert contrast(colour(line), paper) >= GRAPHIC, (line, ground)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("scale", ["chartCategoricalColors", "chartSequentialColors", "chartDivergingColors"])
def test_charts_have_exactly_ten_different_colours(name, scale):
    assert len(set(THEMES[name][scale])) == len(THEMES[name][scale]) == 10


@pytest.mark.parametrize("name", THEMES)
def test_a_sequential_scale_goes_one_way_from_paper_to_ink(name):
    theme = THEMES[name]
    steps = [contrast(colour(c), colour(theme["backgroundColor"])) for c in theme["chartSequentialColors"]]
    assert all(lighter < darker for lighter, darker in pairwise(steps))
    assert theme["chartSequentialColors"][-1] == theme["textColor"]


@pytest.mark.parametrize("name", THEMES)
def test_a_diverging_scale_goes_from_bad_to_good_and_is_faint_in_the_middle(name):
    theme = THEMES[name]
    scale = theme["chartDivergingColors"]
    assert (theme["redColor"] in scale[:5]) and (theme["greenColor"] in scale[5:])
    strength = [contrast(colour(c), colour(theme["backgroundColor"])) for c in scale]
    assert all(outer > inner for outer, inner in pairwise(strength[:5]))
    assert all(inner < outer for inner, outer in pairwise(strength[5:]))


def test_the_verdicts_are_those_of_the_design():
    assert (THEMES["light"]["greenColor"], THEMES["light"]["redColor"]) == ("#0060A0", "#B34700")


def test_the_typeface_is_served_by_vigie_itself():
    for face in CONFIG["theme"]["fontFaces"]:
        assert face["url"].startswith("app/static/")
        assert (ROOT / face["url"].removeprefix("app/")).stat().st_size < 400_000
    assert CONFIG["server"]["enableStaticServing"]
    assert "://" not in CONFIG["theme"]["font"]


def test_the_server_is_private_by_default():
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["server"]["allowedHosts"] == ["localhost", "127.0.0.1"]
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "type"


@pytest.mark.parametrize("name", ["ink", "soft", "good", "bad"])
def test_what_is_printed_in_a_report_reaches_aa(name: str) -> None:
    grounds_of_print = (PRINT.paper, "#F4F2ED")  # the second stands behind the quality of the data
    assert all(contrast(colour(getattr(PRINT, name)), colour(ground)) >= TEXT for ground in grounds_of_print)


@pytest.mark.parametrize("name", ["past", "good", "bad", "ink"])
def test_what_is_drawn_in_a_report_stands_out_of_the_paper(name: str) -> None:
    assert contrast(colour(getattr(PRINT, name)), colour(PRINT.paper)) >= GRAPHIC
