"""The style sheet of Vigie's own marks: cards, deltas, chips. Streamlit's widgets follow .streamlit/config.toml."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from i18n import Locale
from pages.parts.palette import palette

STATIC = Path(__file__).parents[2] / "static" / "vigie.css"  # what needs no colour of ours
CSS = """
<style>
.v-card {{ border-top: 2px solid {ink}; padding: .45rem 0 .2rem; min-height: 8.6rem;
  font-variant-numeric: tabular-nums; }}
.v-card:not(:has(.v-spark)) {{ min-height: 0; }}
.v-card .v-name {{ font-size: .9rem; color: {soft}; line-height: 1.25; }}
.v-card .v-value {{ font-size: 1.9rem; font-weight: 620; line-height: 1.2; color: {ink}; letter-spacing: -.01em; }}
.v-card .v-change {{ font-size: .84rem; color: {soft}; line-height: 1.4; }}
.v-card .v-change b {{ color: {ink}; font-weight: 600; }}
.v-card .v-spark {{ display: block; width: 200px; max-width: 100%; height: 34px; margin: .25rem 0; }}
.v-quiet {{ border-top-color: {line}; }} .v-quiet .v-value, .v-quiet .v-change b {{ color: {soft}; }}
.v-good {{ color: {good}; font-weight: 600; }} .v-bad {{ color: {bad}; font-weight: 600; }}
.v-mark {{ font-size: .78rem; color: {soft}; border: 1px solid {line}; border-radius: 3px; padding: 0 .3rem;
  white-space: nowrap; }}
.v-lead {{ font-size: 1.08rem; line-height: 1.45; max-width: 46rem; color: {ink}; margin: 0 0 .4rem; }}
.v-headline {{ font-size: 1.3rem; font-weight: 560; max-width: 54rem; }}
.v-note {{ font-size: .84rem; color: {soft}; max-width: 46rem; }}
.v-file {{ overflow-wrap: anywhere; }}
dl.v-facts {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .6rem 1.2rem;
  margin: .35rem 0 0; padding: 0 !important; font-variant-numeric: tabular-nums; }}
dl.v-facts.wide {{ grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); }}
.v-facts dt {{ font-size: .78rem; color: {soft}; }}
.v-facts dd {{ margin: 0; font-size: .92rem; color: {ink}; overflow-wrap: anywhere; }}
.v-formula {{ font-family: inherit; background: {paper}; border-left: 3px solid {line}; padding: .2rem .6rem; }}
.v-list {{ width: 100%; border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }}
.v-list th {{ text-align: left; font-weight: 500; font-size: .8rem; color: {soft}; border-bottom: 1px solid {line};
  padding: .25rem .4rem; vertical-align: bottom; }}
.v-list td {{ border-bottom: 1px solid {line}; padding: .3rem .4rem; vertical-align: top; color: {ink};
  overflow-wrap: anywhere; }}
.v-many tr {{ border-color: {line} !important; }}
.v-list .v-num {{ text-align: right; white-space: nowrap; }} .v-list th.v-num {{ white-space: normal; }}
.v-list .v-bar {{ background: linear-gradient({line}, {line}) no-repeat left bottom / var(--share) 3px; }}
.v-list a {{ color: {ink}; text-decoration-color: {past}; }}
.v-beside {{ max-width: 62rem; }} .v-beside th.v-num {{ color: {ink}; }}
.v-beside .v-fig {{ text-align: right; overflow-wrap: normal; }}
@media (max-width: 640px) {{
  .v-list {{ font-size: .86rem; }} .v-list th, .v-list td {{ padding-left: .25rem; padding-right: .25rem; }}
  .v-beside tr {{ display: grid; grid-template-columns: repeat(var(--many), 1fr); border-bottom: 1px solid {line}; }}
  .v-beside th, .v-beside td {{ border: 0 !important; padding: .2rem .3rem; }}
  .v-beside tr > :first-child {{ grid-column: 1 / -1; color: {soft}; font-size: .8rem; padding-bottom: 0; }}
  .v-beside .v-fig, .v-beside th.v-num {{ text-align: left; }}
}}
.v-text {{ display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }}
.v-about {{ font-size: .8rem; color: {soft}; }}
[data-testid="stPopoverButton"]:hover, [data-testid="stBaseButton-tertiary"]:hover {{ color: {ink};
  text-decoration: underline; }}
.v-aim {{ border-top: 2px solid {ink}; padding: .45rem 0 .1rem; font-variant-numeric: tabular-nums; max-width: 46rem; }}
.v-aim .v-name {{ font-size: .9rem; color: {soft}; line-height: 1.3; overflow-wrap: anywhere; }}
.v-aim .v-verdict {{ font-size: 1.15rem; font-weight: 620; color: {ink}; line-height: 1.5; }}
.v-aim .v-verdict .v-good, .v-aim .v-verdict .v-bad {{ font-weight: 620; }}
.v-aim p {{ font-size: .95rem; line-height: 1.45; color: {ink}; margin: 0 0 .15rem; }}
.v-whole {{ white-space: nowrap; }}
.v-hidden {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
</style>
"""


def style() -> None:
    """Writes the style sheets, for the theme the reader has chosen."""
    st.html(STATIC)
    colours = palette()
    st.html(CSS.format(**{name: getattr(colours, name) for name in colours.__slots__}))


def uploader_words(locale: Locale) -> None:
    """Says in the reader's language what Streamlit's uploader says in English."""
    zone, limit = '[data-testid="stFileUploaderDropzone"]', st.get_option("server.maxUploadSize")
    said = {
        "button p": locale.t("Choose files"),
        '[data-testid="stFileUploaderDropzoneInstructions"] span': locale.t("{n} MB per file", n=limit),
    }
    rules = "".join(
        f"{zone} {part} {{ font-size: 0; }} "
        f"{zone} {part}::after {{ content: {json.dumps(text, ensure_ascii=False)}; font-size: .875rem; }} "
        for part, text in said.items()
    )
    st.html(f"<style>{rules}</style>")
