"""What the circle reads of a session, in its channel and its thread."""

import re
from typing import Any

from bot import ui
from bot.acts.due import Errand
from bot.aloud import read_aloud
from bot.press import Item, Spoken
from bot.tellers import tells
from bot.words import say


def _item(errand: Errand, name: str) -> Item:
    return ui.button(name, errand.due.facts["token"], errand.language)


def _say(errand: Errand, key: str, /, **slots: Any) -> str:
    return say(key, errand.language, **slots)


def _holder(errand: Errand, names: dict[str, str], person: str) -> str:
    """Who holds the session; when they were forgotten, whoever takes it on."""
    return names.get(person, "?") if person in errand.people else _say(errand, "session.whoever")


def _capital(errand: Errand, text: str) -> str:
    """The same, where whoever takes it on begins a sentence."""
    whoever = _say(errand, "session.whoever")
    return re.sub(rf"([.!?]\**\s){whoever}", rf"\1{whoever[0].upper()}{whoever[1:]}", text)


def numbered(people: list[str], names: dict[str, str]) -> str:
    """The order, as a list anybody can hear or read (D1.11)."""
    return "\n".join(f"{place}. {names.get(person, '?')}" for place, person in enumerate(people, 1))


@tells("session.waiting")
def waiting_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """The first message in the thread."""
    key = "session.waiting_slow" if errand.due.facts.get("slow") else "session.waiting"
    text = _say(errand, key, holder=_holder(errand, names, errand.due.facts["holder"]))
    return Spoken(_with_guardian(errand, names, text), [_item(errand, "session.more")])


@tells("session.together")
@tells("session.begun_slow")
def without_order(errand: Errand, names: dict[str, str]) -> Spoken:
    """What the waiting message becomes where nobody has the piece."""
    text = _say(errand, errand.due.facts["kind"], holder=_holder(errand, names, errand.due.facts["holder"]))
    return Spoken(_with_guardian(errand, names, text), [_item(errand, "session.more")])


@tells("session.begun")
def begun_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """What the waiting message becomes."""
    facts = errand.due.facts
    holder = _holder(errand, names, facts["holder"])
    text = _capital(errand, _say(errand, "session.begun", order=numbered(facts["order"], names), holder=holder))
    return Spoken(_with_guardian(errand, names, text), [_item(errand, "session.more")])


def _with_guardian(errand: Errand, names: dict[str, str], text: str) -> str:
    guardian = errand.due.facts.get("guardian")
    return f"{text}\n{_say(errand, 'session.guards', name=names.get(guardian, '?'))}" if guardian else text


@tells("session.invitation")
def invitation(errand: Errand, names: dict[str, str]) -> Spoken:
    """The public message in the circle's channel."""
    facts = errand.due.facts
    stage = "_slow" if facts.get("slow") else "_begun" if facts.get("begun") else ""
    key = f"session.invitation{stage}"
    holder = _holder(errand, names, facts["holder"])
    text = _say(errand, key, number=facts["number"], name=errand.circle_name, holder=holder)
    if facts.get("at"):
        text = _say(errand, "session.invitation_at", at=f"<t:{int(facts['at'])}:t>") + "\n" + text
    return Spoken(_capital(errand, text), [_item(errand, "session.speak"), _item(errand, "session.listen")])


@tells("session.invitation_over")
def invitation_over(errand: Errand, names: dict[str, str]) -> Spoken:
    """What the invitation becomes once the session is closed."""
    return Spoken(_say(errand, "session.invitation_over", number=errand.due.facts["number"], name=errand.circle_name))


@tells("round.pause")
def pause_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """Somebody asked for a pause."""
    holder = _holder(errand, names, errand.due.facts["people"][0])
    return Spoken(
        _say(errand, "round.pause", holder=holder), [_item(errand, "session.go-on"), _item(errand, "session.more")]
    )


@tells("session.awaits")
def awaits_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """The session has waited for its holder."""
    (holder,) = errand.due.facts["people"]
    key = "session.awaits_slow" if errand.due.facts["slow"] else "session.awaits"
    if holder in errand.people:
        text = _say(errand, key, holder=names.get(holder, "?"))
    else:
        text = _say(errand, "session.awaits_nobody")
    return Spoken(text, [_item(errand, "session.hold"), _item(errand, "session.more")])


@tells("session.hold")
def hold_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """Somebody else holds it now."""
    holder, former = errand.due.facts["people"]
    if former not in errand.people:
        text = _say(errand, "session.hold_alone", holder=names.get(holder, "?"))
        return Spoken(text, [_item(errand, "session.more")])
    text = _say(errand, "session.hold", holder=names.get(holder, "?"), former=names.get(former, "?"))
    return Spoken(text, [_item(errand, "session.hold-back"), _item(errand, "session.more")])


@tells("session.hold_back")
def hold_back_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """The former holder is back."""
    holder = names.get(errand.due.facts["people"][0], "?")
    return Spoken(_say(errand, "session.hold_back", holder=holder), [_item(errand, "session.more")])


@tells("session.closed")
def closed_message(errand: Errand, names: dict[str, str]) -> Spoken:
    """The last line."""
    facts = errand.due.facts
    thanked = facts["before"] in errand.people  # who was forgotten meanwhile isn't
    lines = [_say(errand, "round.thanks", before=names.get(facts["before"], "?"))] if thanked else []
    lines += read_aloud(errand, names)
    key = "session.closed" if facts["held"] else "session.closed_early"
    day = f"<t:{int(facts['deleted_at'])}:D>"
    lines.append(_say(errand, key, channel=f"<#{facts['channel_hint']}>", day=day))
    if not facts.get("offers_checkins"):
        return Spoken("\n".join(lines))
    lines.append(_say(errand, "rc.offered"))
    return Spoken("\n".join(lines), [ui.button("checkin.about", facts["offers_checkins"], errand.language)])


@tells("session.you_hold")
def you_hold_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Whoever is next in the rota holds a session that somebody opened."""
    facts = errand.due.facts
    text = _say(
        errand,
        "session.you_hold",
        number=facts["number"],
        name=errand.circle_name,
        channel=f"<#{errand.circle_channel_id}>",
    )
    return Spoken(text)


@tells("session.write_to")
def write_to_note(errand: Errand, names: dict[str, str]) -> Spoken:
    """Somebody in a session asks to be written to."""
    person = errand.people.get(errand.due.facts["people"][0])
    return Spoken(_say(errand, "session.write_to", person=f"<@{person}>", name=errand.circle_name))
