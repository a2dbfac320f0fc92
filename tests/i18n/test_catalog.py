"""The French catalogue is whole, has nothing to spare, and is set as French is."""

import re
from string import Formatter

import pytest

from i18n.catalog import read_catalog
from i18n.extract import marked_texts

NARROW, NO_BREAK = "\u202f", "\u00a0"
NOT_PROSE = re.compile(r"`[^`]*`|https?://\S+|\{\w+\}|%(\(\w+\))?[rs]")  # argparse has %-placeholders

TEXTS = marked_texts()
ENTRIES = {str(entry.id): entry for entry in read_catalog("fr") if entry.id}
FRENCH = {text: str(entry.string) for text, entry in ENTRIES.items() if entry.string}


def listed(faults: list[str]) -> str:
    return f"{len(faults)} to mend:\n" + "\n".join(faults)


def placeholders(text: str) -> set[tuple[str, str | None, str | None]]:
    return {(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None}


def faults_of_typography(french: str) -> list[str]:
    prose = NOT_PROSE.sub("x", french)
    rules = {
        "a narrow no-break space (U+202F) before ; ! ?": rf"(?<![{NARROW};!?])[;!?]",
        "a no-break space (U+00A0) before :": rf"(?<!{NO_BREAK}):(?=\s|$)|[ {NARROW}]:",
        "a no-break space (U+00A0) after «": rf"«(?!{NO_BREAK})",
        "a no-break space (U+00A0) before »": rf"(?<!{NO_BREAK})»",
        "a narrow no-break space (U+202F) before %": rf"(?<!{NARROW})%",
        "the apostrophe ’": "'",
        "quotation marks « »": '"|“|”',
    }
    return [rule for rule, wrong in rules.items() if re.search(wrong, prose)]


def test_every_text_of_the_product_has_a_french_text():
    missing = [f"  {', '.join(files)}: {text!r}" for text, files in TEXTS.items() if not FRENCH.get(text)]
    assert not missing, listed(missing) + "\nRun `python -m i18n.extract`, then fill i18n/fr.po."


def test_no_entry_is_unused():
    unused = [f"  {text!r}" for text in ENTRIES if text not in TEXTS]
    assert not unused, listed(unused) + "\nRun `python -m i18n.extract`."


def test_no_translation_is_marked_as_doubtful():
    doubtful = [f"  {text!r}" for text, entry in ENTRIES.items() if entry.fuzzy]
    assert not doubtful, listed(doubtful)


def test_both_languages_have_the_same_placeholders():
    different = [pair for pair in FRENCH.items() if placeholders(pair[0]) != placeholders(pair[1])]
    wrong = [f"  {text!r}\n  {said!r}" for text, said in different]
    assert not wrong, listed(wrong)


def test_placeholders_are_plain_names_because_values_come_as_text():
    wrong = [
        f"  {', '.join(files)}: {text!r}"
        for text, files in TEXTS.items()
        if any(not name.isidentifier() or spec or conversion for name, spec, conversion in placeholders(text))
    ]
    assert not wrong, listed(wrong)


def test_french_is_set_as_french_is():
    faults = {said: faults_of_typography(said) for said in FRENCH.values()}
    wrong = [f"  {said!r} wants {' and '.join(rules)}" for said, rules in faults.items() if rules]
    assert not wrong, listed(wrong)


@pytest.mark.parametrize(
    "good",
    [
        "Vraiment\u202f? Oui\u202f!",
        "Trouvé\u00a0: «\u00a0{x}\u00a0»\u202f; voir https://example.org/?a=b:c à 14:05.",
        "Lancez `vigie load: 'x'`, c’est {share} ou 95\u202f%.",
        "Écrivez réseau:compte\u202f?!",
    ],
)
def test_well_set_french_passes(good):
    assert faults_of_typography(good) == []


@pytest.mark.parametrize(
    "bad",
    ["Vrai ?", "Oui!", "a ;", "Vu :", "Vu: x", "«x»", "« x »", "c'est", "5 %", 'dit "x"', "à\u00a0?"],
)
def test_badly_set_french_is_found(bad):
    assert faults_of_typography(bad)
