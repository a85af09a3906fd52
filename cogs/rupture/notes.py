"""What waits for one person of a flag: that something is there, never what it says; except words written to them."""

from typing import Any

from bot import ui
from bot.acts.due import Errand
from bot.press import Item, Spoken, quoted
from bot.tellers import tells
from bot.words import say


@tells("rupture.care")
@tells("rupture.remind")
@tells("rupture.plan_due")
@tells("rupture.added")
def to_carer(errand: Errand, names: dict[str, str]) -> Spoken:
    """Something lies before them; what it says is read by their own press."""
    return Spoken(_say(errand, errand.due.facts["kind"]), [_item(errand, "read")])


@tells("rupture.taken_up")
@tells("rupture.over")
@tells("rupture.closed_mended")
@tells("rupture.closed_settled")
@tells("rupture.closed_outside")
@tells("rupture.closed_silence")
def no_more(errand: Errand, names: dict[str, str]) -> Spoken:
    """It doesn't lie before them any more."""
    return Spoken(_say(errand, errand.due.facts["kind"]))


@tells("rupture.passed")
@tells("rupture.nobody_left")
@tells("rupture.unanswered")
def to_writer(errand: Errand, names: dict[str, str]) -> Spoken:
    """Where it is now, for who flagged it."""
    kind, people = errand.due.facts["kind"], errand.due.facts.get("people")
    slots = {"person": _mention(errand, 0)} if people else {}
    help_now = [ui.help_button(errand.language)] if kind != "rupture.passed" else []
    return Spoken(_say(errand, kind, **slots), [_item(errand, "read"), *help_now])


@tells("rupture.read")
def is_read(errand: Errand, names: dict[str, str]) -> Spoken:
    """Somebody has read it, and what they say."""
    text = _say(errand, "rupture.read", person=_mention(errand, 0))
    return Spoken(_with_words(errand, text), [_item(errand, "write-back"), _item(errand, "read")])


@tells("rupture.words")
def words_to_writer(errand: Errand, names: dict[str, str]) -> Spoken:
    """Words from who has it."""
    text = _say(errand, "rupture.words", person=_mention(errand, 0))
    return Spoken(_with_words(errand, text), [_item(errand, "write-back"), _item(errand, "read")])


@tells("rupture.words_back")
def words_to_carer(errand: Errand, names: dict[str, str]) -> Spoken:
    """Words from who flagged it, with their name if they show it."""
    named = errand.due.facts.get("people")
    text = _say(errand, "rupture.words", person=_mention(errand, 0)) if named else _say(errand, "rupture.words_back")
    return Spoken(_with_words(errand, text), [_item(errand, "write"), _item(errand, "read")])


@tells("rupture.planned")
@tells("rupture.plan_day")
def one_change(errand: Errand, names: dict[str, str]) -> Spoken:
    """One change and its day: made, or come."""
    facts = errand.due.facts
    slots = {"days": str(facts["days"])} if "days" in facts else {}
    return Spoken(_with_words(errand, _say(errand, facts["kind"], **slots)))


@tells("rupture.may_pass")
def may_pass(errand: Errand, names: dict[str, str]) -> Spoken:
    """May somebody new see it?"""
    return _asking(errand, "pass-yes", "pass-no")


@tells("rupture.how_is_it")
def how_is_it(errand: Errand, names: dict[str, str]) -> Spoken:
    """How is it for them?"""
    by = errand.due.facts.get("people")
    text = (
        _say(errand, "rupture.how_is_it_asked", person=_mention(errand, 0)) if by else _say(errand, "rupture.how_is_it")
    )
    return Spoken(text, [_item(errand, deed) for deed in ("mended", "settled", "not-yet", "take-back")])


@tells("rupture.talk_offered")
def talk_offered(errand: Errand, names: dict[str, str]) -> Spoken:
    """Would they like a talk?"""
    return _asking(errand, "talk-yes", "talk-no")


@tells("rupture.talk_wished")
def talk_wished(errand: Errand, names: dict[str, str]) -> Spoken:
    """A talk may be offered again."""
    return Spoken(_say(errand, "rupture.talk_wished"), [_item(errand, "talk"), _item(errand, "read")])


@tells("rupture.talk_asked")
def talk_asked(errand: Errand, names: dict[str, str]) -> Spoken:
    """Would the other side?"""
    text = _say(errand, "rupture.talk_asked", person=_mention(errand, 0), companion=_mention(errand, 1))
    talk = errand.due.facts["talk"]
    return Spoken(text, [ui.button(name, talk, errand.language) for name in ("talk.yes", "talk.no")])


@tells("rupture.talk_both")
@tells("rupture.talk_not")
def talk_settled(errand: Errand, names: dict[str, str]) -> Spoken:
    """Both said yes; or there is none for now."""
    kind, people = errand.due.facts["kind"], errand.due.facts.get("people")
    if not people:
        return Spoken(_say(errand, kind))
    one, other, companion = (_mention(errand, place) for place in range(3))
    if errand.due.person_id == people[2]:
        return Spoken(_say(errand, "rupture.talk_beside", one=one, other=other))
    return Spoken(_say(errand, kind, one=one, other=other, companion=companion))


def _asking(errand: Errand, *deeds: str) -> Spoken:
    text = _say(errand, errand.due.facts["kind"], person=_mention(errand, 0))
    return Spoken(text, [_item(errand, deed) for deed in deeds])


def _with_words(errand: Errand, text: str) -> str:
    return f"{text}\n{quoted(errand.words)}" if errand.words else text


def _mention(errand: Errand, place: int) -> str:
    person = errand.people.get(errand.due.facts["people"][place])
    return f"<@{person}>" if person else say("person.gone", errand.language)


def _say(errand: Errand, key: str, **slots: Any) -> str:
    return say(key, errand.language, name=errand.circle_name, **slots)


def _item(errand: Errand, deed: str) -> Item:
    return ui.button(f"rupture.{deed}", errand.due.facts["of"], errand.language)
