"""The headline and the three sentences under it, by rules on what was found: fact, worry, decision.

What is said rests on a test that said so: a figure out of its usual range, a peak, an objective, a crisis that people
have noted. Where nothing is, that is the headline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.model import Annotation, Window, says
from i18n import Locale
from metrics.dossier import Dossier
from metrics.model import Good
from metrics.progress import Progress, Standing
from metrics.reviews import Reviews
from metrics.said import explained
from metrics.signals import ENOUGH, Level
from metrics.tiles import Tile
from metrics.verdict import Facts, shifted, unusual
from metrics.verdict import headline as verdict
from metrics.watched import Watched
from reports.model import Sentence, Tone
from wording.figures import changes_told
from wording.names import network_name, short
from wording.objectives import VERDICTS, Name, period_name, scope_name, target
from wording.peaks import cause_told, of_expected, series_name, when
from wording.progress import reached, takes

Thing = Tile | Progress | Dossier | Annotation
CRISIS = "crisis"
LONGEST = 90  # characters of a text that people wrote, in a headline


@dataclass(frozen=True)
class Found:
    """What the rules look at: what the verdict on the week rests on, and what people have noted, asked or reviewed."""

    facts: Facts
    notes: Sequence[Annotation] = ()
    reviews: Sequence[Reviews] = ()
    late: int = 0  # accounts that are not known until the week's last day
    decision: str = ""


def main_fact(found: Found) -> Thing | None:
    """What leads the report: an objective met this week, a figure or a peak that is good news, or is neither."""
    ended = (
        one for one in found.facts.objectives if one.standing is Standing.MET and _ends_in(one, found.facts.window)
    )
    out = (tile for tile in _strongest(found.facts.tiles) if _tone(tile) is not Tone.BAD)
    peaks = (case for case in _largest(found.facts.cases) if peak_tone(case) is not Tone.BAD)
    met = (one for one in found.facts.objectives if one.standing is Standing.MET)
    return _first(ended, out, peaks, met)


def main_worry(found: Found) -> Thing | None:
    """What calls for attention: a crisis, an objective missed this week, a figure, an objective at risk, a peak."""
    crises = _crises(found)
    missed = (
        one for one in found.facts.objectives if one.standing is Standing.MISSED and _ends_in(one, found.facts.window)
    )
    out = (tile for tile in _strongest(found.facts.tiles) if _tone(tile) is Tone.BAD)
    at_risk = (one for one in found.facts.objectives if one.standing is Standing.AT_RISK)
    over = (one for one in found.facts.objectives if one.standing is Standing.MISSED and not one.over)
    peaks = (case for case in _largest(found.facts.cases) if peak_tone(case) is Tone.BAD)
    behind = (one for one in found.facts.objectives if one.standing is Standing.BEHIND)
    return _first(crises, missed, out, at_risk, over, peaks, behind)


def headline(locale: Locale, found: Found) -> str:
    """The week in a line: the verdict that This week tells as well, after a crisis that people have noted."""
    facts = found.facts
    told = locale.t(verdict(facts, network_name))
    if not facts.cases and all(tile.reading.value is None for tile in facts.tiles):
        told = locale.t("No export states the figures of this week yet.")
    if crises := _crises(found):
        return " ".join([_ended(locale.t("Crisis: {text}", text=short(crises[0].text, LONGEST))), told])
    return told


def sentences(locale: Locale, found: Found, name: Name) -> tuple[Sentence, ...]:
    """Main fact, main worry, decision requested: three, whatever the week was."""
    fact, worry = main_fact(found), main_worry(found)
    worse = [level for level in found.facts.levels if _worse(*level)]
    other = [level for level in found.facts.levels if not _worse(*level)]
    if fact is not None:
        said_fact = _in_full(locale, fact, found, name)
    else:
        said_fact = _shifted(locale, other) or _nothing_unusual(locale, found.facts.tiles, beside=bool(worse))
    if worry is not None:
        said_worry = _in_full(locale, worry, found, name)
    else:
        said_worry = _shifted(locale, worse) or _no_worry(locale, found)
    return (
        Sentence(locale.t("Main fact"), said_fact, Tone.NONE if fact is None else _tone(fact)),
        Sentence(locale.t("Main worry"), said_worry, Tone.NONE if worry is None and not worse else Tone.BAD),
        Sentence(locale.t("Decision requested"), decision(locale, found, name)),
    )


def decision(locale: Locale, found: Found, name: Name) -> str:
    """What its author asks for; else what the main worry, or a poor review without an answer, leaves to decide."""
    if found.decision:
        return found.decision
    worry = main_worry(found)
    match worry:
        case Progress(standing=Standing.MISSED):
            return locale.t("Keep the target for the next period, or change it: {aim}.", aim=_aim(locale, worry, name))
        case Progress(standing=Standing.AT_RISK) if _out_of_reach(worry):
            return locale.t("Keep the target, or change it: {aim}.", aim=_aim(locale, worry, name))
        case Dossier() if not explained(worry.peak, found.facts.said):
            return locale.t("Say who looks into what is not explained: {peak}.", peak=_peak(locale, worry))
        case Tile() if not _causes(locale, worry, found):
            return locale.t("Say who looks into what is not explained: {peak}.", peak=_name(locale, worry))
    if waiting := sum(one.poor_open for one in found.reviews if one.poor_open):
        return locale.t("Say who answers the poor reviews of the week that have no answer: {n}.", n=waiting)
    return locale.t("No decision is requested.")


def peak_tone(case: Dossier) -> Tone:
    """Whether a peak is good news."""
    good = case.peak.watched.metric.good
    return Tone.NONE if good is Good.NEITHER else Tone.GOOD if case.peak.up == (good is Good.UP) else Tone.BAD


def verdict_tone(tile: Tile) -> Tone:
    """Whether it is good news that a figure is out of its usual range; nothing where it is not."""
    good = tile.reading.metric.good
    if tile.verdict is None or good is Good.NEITHER:
        return Tone.NONE
    return Tone.GOOD if tile.verdict.up == (good is Good.UP) else Tone.BAD


def _crises(found: Found) -> list[Annotation]:
    return [note for note in found.notes if note.category == CRISIS]


def _tone(thing: Thing) -> Tone:
    match thing:
        case Tile():
            return verdict_tone(thing)
        case Dossier():
            return peak_tone(thing)
        case Progress():
            return Tone.GOOD if thing.standing is Standing.MET else Tone.BAD
    return Tone.BAD


def _first(*groups: Iterable[Thing]) -> Thing | None:
    return next((thing for group in groups for thing in group), None)


def _ends_in(one: Progress, week: Window) -> bool:
    return one.over and week.first <= one.window.last <= week.last


def _strongest(tiles: Sequence[Tile]) -> list[Tile]:
    """The figures out of their usual range, the one furthest out in widths of that range first."""
    return sorted((tile for tile in tiles if tile.verdict), key=_outside, reverse=True)


def _outside(tile: Tile) -> float:
    value, verdict = tile.reading.value, tile.verdict
    if value is None or verdict is None:
        return 0.0
    width = verdict.high - verdict.low
    beyond = value - verdict.high if verdict.up else verdict.low - value
    return beyond / width if width > 0 else float("inf")


def _largest(peaks: Sequence[Dossier]) -> list[Dossier]:
    return sorted(peaks, key=lambda case: abs(case.peak.day.strength or 0.0), reverse=True)


def _out_of_reach(one: Progress) -> bool:
    return bool(one.needed and one.needed.low and one.usual and one.needed.low > one.usual[1])


def _in_full(locale: Locale, thing: Thing, found: Found, name: Name) -> str:
    """A thing in a sentence or two, with its cause where one is known."""
    match thing:
        case Tile():
            said = [locale.t(says("{said}.", said=unusual(thing))), *changes_told(locale, thing)]
            return " ".join([*said, *_causes(locale, thing, found)])
        case Progress():
            scope = scope_name(locale, thing.objective.aim, name)
            about = " · ".join(filter(None, [locale.t(VERDICTS[thing.standing]), locale.t(thing.metric.name), scope]))
            aimed = target(locale, thing.objective, thing.metric.unit)
            said = [locale.t("{about}, {sentence}", about=about, sentence=" ".join(reached(locale, thing))),
                    locale.t("Target: {target}.", target=aimed)]  # fmt: skip
            return " ".join([*said, *takes(locale, thing)])
        case Dossier():
            said = locale.t("{peak}: {figures}.", peak=_peak(locale, thing), figures=of_expected(locale, thing.peak))
            return f"{said} {_ended(cause_told(locale, thing, found.facts.said))}"
    return locale.t("Noted as a crisis, {when}: {text}", when=thing.window, text=_ended(short(thing.text, 2 * LONGEST)))


def _causes(locale: Locale, tile: Tile, found: Found) -> list[str]:
    """The causes that people have stated of the peaks of a figure in the week, on the side it is out on."""
    said = found.facts.said
    cases = [
        case for case in found.facts.cases
        if case.peak.watched.metric.key == tile.reading.metric.key and tile.verdict and case.peak.up == tile.verdict.up
    ]  # fmt: skip
    told = [cause_told(locale, case, said) for case in _largest(cases) if explained(case.peak, said)]
    return [locale.t("Cause: {cause}", cause=_ended(text)) for text in dict.fromkeys(told)][:1]


def _no_worry(locale: Locale, found: Found) -> str:
    """That nothing calls for worry, as far as that is known."""
    if found.late:
        return locale.t("Accounts that are not known until the end of the week: {n}. See the quality of the data.",
                        n=found.late)  # fmt: skip
    if not any(tile.judged for tile in found.facts.tiles) and not found.facts.objectives:
        return locale.t("Too little is known to say.")
    if not found.facts.objectives:
        return locale.t("Of the figures that can be judged, none is unusually bad.")
    return locale.t("Of the figures that can be judged, none is unusually bad, and no objective is missed or at risk.")


def _name(locale: Locale, tile: Tile) -> str:
    return locale.t(tile.reading.metric.name)


def _aim(locale: Locale, one: Progress, name: Name) -> str:
    """An objective in a few words: its figure, whose, and when."""
    scope = scope_name(locale, one.objective.aim, name)
    period = period_name(locale, one.objective.aim.period, one.window)
    return ", ".join(filter(None, [locale.t(one.metric.name), scope, period]))


def _peak(locale: Locale, case: Dossier) -> str:
    return f"{series_name(locale, case.peak.watched)}, {when(locale, case.peak)}"


def _ended(text: str) -> str:
    """A text with a full stop, if it has no end of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _worse(one: Watched, level: Level) -> bool:
    """Whether a new level is bad news."""
    return one.metric.good is not Good.NEITHER and level.up != (one.metric.good is Good.UP)


def _shifted(locale: Locale, levels: Sequence[tuple[Watched, Level]]) -> str:
    """The first of some new levels in a sentence; nothing where there is none."""
    return locale.t(says("{said}.", said=shifted(*levels[0], network_name))) if levels else ""


def _nothing_unusual(locale: Locale, tiles: Sequence[Tile], beside: bool) -> str:
    """That no figure, or no other one, is out of its usual range, as far as that can be said. `beside`: a new level."""
    judged = [tile for tile in tiles if tile.judged]
    usual = sum(tile.verdict is None for tile in judged)
    if not judged:
        if any(sum(r.value is not None for r in tile.past[:-1]) >= ENOUGH for tile in tiles):
            return locale.t("Whether anything is unusual cannot be said yet: the figures may still change.")
        return locale.t("Too short a past to say what is unusual: that takes {n} complete periods.", n=ENOUGH + 1)
    if beside or usual < len(judged):
        return locale.t("Nothing else unusual: {n} of {of} figures are in their usual range.", n=usual, of=len(tiles))
    if usual == len(tiles):
        return locale.t("Nothing unusual: all {n} figures are in their usual range.", n=len(tiles))
    return locale.t(
        "Nothing unusual among the figures that can be judged ({n} of {of}).",
        n=usual, of=len(tiles),
    )  # fmt: skip
