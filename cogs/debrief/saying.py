"""What a circle reads of its debriefs."""

from typing import Any

from bot import dates, ui
from bot.acts.due import Errand
from bot.aloud import read_aloud
from bot.practice.debrief import Debrief
from bot.press import Spoken
from bot.tellers import tells
from bot.words import say
from cogs.debrief.aftercare import Company, WriteLater


@tells("debrief.planned")
def planned(errand: Errand, names: dict[str, str]) -> Spoken:
    """When it is, for all; the line stands until it is over."""
    return _line(errand, "debrief.planned" if errand.due.facts["hot"] else "debrief.planned_cold")


@tells("debrief.soon")
def soon(errand: Errand, names: dict[str, str]) -> Spoken:
    """The same, the day before."""
    return _line(errand, "debrief.soon" if errand.due.facts["hot"] else "debrief.soon_cold")


@tells("debrief.reminder")
def reminder(errand: Errand, names: dict[str, str]) -> Spoken:
    """The same for one person who asked to be reminded."""
    facts = errand.due.facts
    return Spoken(_timed(errand), [ui.button("reminder.off", facts["token"], errand.language)])


@tells("debrief.missed")
@tells("debrief.nobody")
@tells("debrief.you_hold")
@tells("debrief.running_still")
def timed(errand: Errand, names: dict[str, str]) -> Spoken:
    """What came, or didn't, at its time."""
    return Spoken(_timed(errand))


@tells("debrief.invitation")
def invitation(errand: Errand, names: dict[str, str]) -> Spoken:
    """The public message in the circle's channel."""
    facts = errand.due.facts
    stage = "_slow" if facts.get("slow") else "_begun" if facts.get("begun") else ""
    known = facts["holder"] in errand.people
    holder = names.get(facts["holder"], "?") if known else say("session.whoever", errand.language)
    text = _say(errand, f"debrief.invitation{stage}", holder=holder)
    if facts.get("at"):
        text = say("session.invitation_at", errand.language, at=f"<t:{int(facts['at'])}:t>") + "\n" + text
    buttons = [ui.button(f"session.{deed}", facts["token"], errand.language) for deed in ("speak", "listen")]
    return Spoken(text, buttons)


@tells("debrief.invitation_over")
def invitation_over(errand: Errand, names: dict[str, str]) -> Spoken:
    """What the invitation becomes once it is closed."""
    return Spoken(_say(errand, "debrief.invitation_over"))


@tells("debrief.closed")
def closed(errand: Errand, names: dict[str, str]) -> Spoken:
    """The last line: what can be asked for, and when the thread goes."""
    facts, language = errand.due.facts, errand.language
    thanked = facts["before"] in errand.people  # who was forgotten meanwhile isn't
    lines = [say("round.thanks", language, before=names.get(facts["before"], "?"))] if thanked else []
    lines += read_aloud(errand, names)
    if facts["debrief"] == Debrief.HOT:
        lines.append(say("debrief.enough", language))
    key = "debrief.closed" if facts["held"] else "debrief.closed_early"
    lines.append(say(key, language, at=dates.shown(facts["deleted_at"])))
    if facts["cold_at"]:
        lines.append(say("debrief.cold_comes", language, at=dates.shown(facts["cold_at"])))
    offered = [Company] if facts["debrief"] == Debrief.HOT else [WriteLater, Company]
    lines += [say(f"debrief.offers.{kind.deed}", language) for kind in offered]
    lines.append(say("debrief.offers.last", language))
    return Spoken("\n".join(lines), [kind(facts["token"], language) for kind in offered])


@tells("debrief.goes")
def goes(errand: Errand, names: dict[str, str]) -> Spoken:
    """An hour before the thread is deleted."""
    return Spoken(_timed(errand))


def _line(errand: Errand, key: str) -> Spoken:
    facts = errand.due.facts
    text = _say(errand, key, hot=dates.shown(facts["hot"] or 0), cold=dates.shown(facts["cold"]))
    return Spoken(text, [ui.button("reminder.on", facts["token"], errand.language)])


def _timed(errand: Errand) -> str:
    facts = errand.due.facts
    place = f"<#{errand.circle_channel_id}>"
    return _say(errand, facts["kind"], at=dates.shown(facts["at"]), channel=place)


def _say(errand: Errand, key: str, **slots: Any) -> str:
    return say(key, errand.language, number=errand.due.facts["number"], name=errand.circle_name, **slots)
