"""The colours of the look, once: ink on paper or paper on ink. Good and bad never speak by colour alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme; .streamlit/config.toml holds the same values for Streamlit's own widgets."""

    paper: str
    ink: str
    soft: str  # secondary text
    past: str  # last year, the window before
    line: str  # rules and grids
    good: str
    bad: str


LIGHT = Palette("#FBFAF6", "#161513", "#5F5B53", "#8A877F", "#DAD6CB", "#0060A0", "#B34700")
DARK = Palette("#171613", "#F3F0E8", "#B3AEA2", "#8F8B81", "#45423B", "#74B9EC", "#F59A63")
PRINT = Palette("#FFFFFF", "#161513", "#5F5B53", "#8A877F", "#DAD6CB", "#0060A0", "#B34700")
