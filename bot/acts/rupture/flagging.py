"""Writing a flag: the lanes, the preview, and sending it (D3.1 to D3.3)."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.acts import Presser
from bot.acts.circle import by_token, find, membership_of, present_membership
from bot.acts.rupture.keeping import Kept, Standing, add_words, keep, mark, mine, standing
from bot.acts.rupture.passing import tell
from bot.acts.server import setup
from bot.practice.circle import Circle
from bot.practice.refusals import Refusal
from bot.practice.rupture.clock import A_WEEK, MOST_A_WEEK, MOST_OPEN, NOTICED_AFTER, asked_for_by
from bot.practice.rupture.flag import Flag, Stage
from bot.practice.rupture.route import Reach, Route, draw_route
from bot.practice.rupture.words import LONGEST_WORDS, MOST_EXCLUDED, Lane, Look, Soon, Wish, wishes
from bot.store.unit import Unit

DRAFT = "flag draft"
HOLDS, DRAFT_LASTS = timedelta(hours=1), timedelta(days=2)


@dataclass(frozen=True)
class Lanes:
    """Where somebody would write a flag: the circle's token and name, and what the server lacks before one can go."""

    token: str
    name: str
    missing: list[str]


@dataclass(frozen=True)
class Reached:
    """One line of the preview: a person (a Discord id), after how many hours, and whether they are outside."""

    person: int
    hours: int
    outside: bool


@dataclass(frozen=True)
class Preview:
    """A flag about to be sent, as its writer sees it before anything is sent.

    `excluded`: who must not see it (Discord ids). `ticked`: facilitators too, in the harm lane; None where that can't
    be chosen. `renewed`: who it may reach was drawn anew, because the last preview was old or not true any more.
    `full`: "open" or "week" when no more can be sent now, "left" when its writer isn't in the circle; `adds_to`: who
    would read its words in a flag still open.
    """

    token: str
    lane: Lane
    look: Look
    wish: Wish
    soon: Soon
    reaches: list[Reached]
    excluded: list[int]
    named: bool
    ticked: bool | None
    words: str
    renewed: bool = False
    full: str | None = None
    adds_to: list[int] | None = None


@dataclass(frozen=True)
class Sent:
    """It is sent. `answer_by`: until when an answer is asked for."""

    lane: Lane
    answer_by: datetime


async def lanes(unit: Unit, by: Presser, *, named: str | None) -> Lanes:
    """The circle in which `by` would flag something. Raises Refusal when they aren't a member of it."""
    return await _lanes(unit, by, await find(unit, by, named))


async def lanes_of(unit: Unit, by: Presser, token: str) -> Lanes:
    """The same, from a circle's card."""
    return await _lanes(unit, by, await by_token(unit, token))


async def draft(
    unit: Unit, by: Presser, token: str, *, lane: Lane, look: Look, wish: Wish, soon: Soon, excluded: list[int],
    words: str,
) -> Preview:  # fmt: skip
    """Let what was written wait for its writer's yes, and draw whom it may reach.

    `token` is the circle's; `excluded` are Discord ids. Raises Refusal when the server isn't set up, the words are too
    long, or nobody is left who may see it: then nothing is kept.
    """
    circle = await by_token(unit, token)
    if (await _lanes(unit, by, circle)).missing:
        raise Refusal("rupture.not_yet")
    said = words.strip()
    if len(said) > LONGEST_WORDS:
        raise Refusal("rupture.too_long", most=LONGEST_WORDS, length=len(said))
    if len(excluded) > MOST_EXCLUDED or wish not in wishes(lane):
        raise Refusal("rupture.cannot_be_chosen")
    person = await unit.people.meet(by.discord_id, by.language)
    kept_from = sorted(set(excluded) - {by.discord_id})
    facts = {
        "by": person.id, "circle": circle.id, "lane": lane, "look": look, "wish": wish, "soon": soon, "named": False,
        "ticked": False,
        "wrapped": await unit.words.wrap(person.id, json.dumps([said, kept_from], ensure_ascii=False)),
    }  # fmt: skip
    await _draw(unit, facts)
    draft_token = await unit.waiting.write("forget", DRAFT, person=person.id, after=DRAFT_LASTS, draft=facts)
    return await _preview(unit, by, draft_token, facts)


async def choose(
    unit: Unit, by: Presser, token: str, *, named: bool | None = None, ticked: bool | None = None
) -> Preview:
    """Show one's name or hold it back; facilitators too, or not (in the harm lane). Raises Refusal when it is gone."""
    facts = await _draft_of(unit, by, token)
    facts["named"] = facts["named"] if named is None else named
    facts["ticked"] = facts["ticked"] if ticked is None else ticked
    renewed = not await _is_true(unit, facts)
    if renewed:
        await _draw(unit, facts)
    await unit.waiting.change(token, draft=facts)
    return await _preview(unit, by, token, facts, renewed=renewed)


async def throw_away(unit: Unit, by: Presser, token: str) -> None:
    """Keep nothing of it."""
    await _draft_of(unit, by, token)
    await unit.waiting.done(token)


async def send(unit: Unit, by: Presser, token: str) -> Sent | Preview:
    """Send it, to nobody but those in the preview; or show a new preview when the old one is an hour old or not true.

    Who left the circle meanwhile is shown their words, and nothing is sent. Raises Refusal when it is sent already, is
    gone, or no more can be sent now.
    """
    facts = await _draft_of(unit, by, token)
    circle = await unit.one(Circle, id=facts["circle"])
    if not isinstance(circle, Circle):
        raise Refusal("circle.gone")
    if await _full(unit, by, facts) == "left":
        return await _preview(unit, by, token, facts)
    people = _route(facts).people(ticked=facts["ticked"])
    if not people:
        raise Refusal("rupture.nobody_unless_ticked")
    fresh = unit.now - datetime.fromtimestamp(facts["drawn_at"], UTC) <= HOLDS
    if not fresh or not await _is_true(unit, facts):
        await _draw(unit, facts)
        await unit.waiting.change(token, draft=facts)
        return await _preview(unit, by, token, facts, renewed=True)
    if await _full(unit, by, facts):
        return await _preview(unit, by, token, facts)
    await unit.waiting.done(token)
    said, excluded = _said(unit, facts)
    lane = Lane(facts["lane"])
    flag = Flag(
        facts["by"], circle.id, lane, Look(facts["look"]), Wish(facts["wish"]), Soon(facts["soon"]), facts["named"],
        token, [mark(unit, token, person) for person in excluded], people, unit.now, unit.now,
        unit.now + timedelta(seconds=unit.between(*NOTICED_AFTER[lane])), unit.now,
    )  # fmt: skip
    await keep(unit, flag, await unit.words.wrap(flag.by, said) if said else None)
    return Sent(lane, asked_for_by(flag))


async def add(unit: Unit, by: Presser, token: str) -> None:
    """Add the words of a draft to one's newest open flag, where no other can be sent now.

    Raises Refusal when there are no words, or no open flag that keeps out all whom the draft keeps out.
    """
    facts = await _draft_of(unit, by, token)
    said, excluded = _said(unit, facts)
    open_one = await _to_add_to(unit, by, facts["circle"], excluded)
    if not said or open_one is None:
        raise Refusal("rupture.nothing_to_add_to")
    await unit.waiting.done(token)
    wrapped = await unit.words.wrap(facts["by"], said)
    await add_words(unit, open_one, wrapped)
    for reader in open_one.flag.readers:
        await tell(unit, open_one, reader, "rupture.added")


async def _lanes(unit: Unit, by: Presser, circle: Circle) -> Lanes:
    await membership_of(unit, by, circle)
    return Lanes(circle.token, await unit.words.read(circle.name_id), (await setup(unit)).missing)


async def _draw(unit: Unit, facts: dict[str, Any]) -> None:
    """Draw whom it may reach, and freeze it in the draft."""
    _, excluded = _said(unit, facts)
    now = await standing(unit, facts["circle"])
    found = [await unit.people.find(person) for person in excluded]
    route = draw_route(
        Lane(facts["lane"]), Look(facts["look"]), Soon(facts["soon"]), facilitators=now.facilitators,
        contacts=now.contacts, flagger=facts["by"], excluded={person.id for person in found if person},
        shuffle=unit.shuffle,
    )  # fmt: skip
    facts["reaches"] = [[reach.person, reach.hours, reach.outside] for reach in route.reaches]
    facts["if_ticked"] = [[reach.person, reach.hours, reach.outside] for reach in route.if_ticked]
    facts["drawn_at"] = unit.now.timestamp()


async def _draft_of(unit: Unit, by: Presser, token: str) -> dict[str, Any]:
    waits = await unit.waiting.get(token)
    person = await unit.people.find(by.discord_id)
    if waits is None or waits.lane != DRAFT or person is None or waits.facts["draft"]["by"] != person.id:
        raise Refusal("rupture.draft_gone")
    return dict(waits.facts["draft"])


def _route(facts: dict[str, Any]) -> Route:
    return Route(*([Reach(*reach) for reach in facts[part]] for part in ("reaches", "if_ticked")))


async def _is_true(unit: Unit, facts: dict[str, Any]) -> bool:
    """Whether all whom it may reach still are what they were named as; somebody may have been forgotten meanwhile."""
    now = await standing(unit, facts["circle"])
    return all(_stands(now, reach) for reach in _route(facts).people(ticked=True))


def _stands(now: Standing, reach: Reach) -> bool:
    return reach.person in (now.contacts if reach.outside else now.facilitators)


def _said(unit: Unit, facts: dict[str, Any]) -> tuple[str, list[int]]:
    words, excluded = json.loads(unit.words.unwrap(facts["by"], facts["wrapped"]) or '["", []]')
    return words, excluded


async def _full(unit: Unit, by: Presser, facts: dict[str, Any]) -> str | None:
    """Whether no other flag can be sent now. Harm is never counted; nothing is counted of anybody but the writer."""
    if await present_membership(unit, by, facts["circle"]) is None:
        return "left"
    if facts["lane"] == Lane.HARM:
        return None
    theirs = [kept.flag for kept in await mine(unit, by) if kept.flag.lane is Lane.FRICTION]
    if sum(flag.stage is not Stage.CLOSED for flag in theirs) >= MOST_OPEN:
        return "open"
    return "week" if sum(flag.raised_at > unit.now - A_WEEK for flag in theirs) >= MOST_A_WEEK else None


async def _to_add_to(unit: Unit, by: Presser, circle_id: str, excluded: list[int]) -> Kept | None:
    """One's newest open flag of this circle that none of these can come to see."""
    for kept in reversed(await mine(unit, by)):
        flag = kept.flag
        reached = {*flag.readers, *(reach.person for reach in flag.reaches)}
        addresses = {await unit.people.known_address(person) for person in reached}
        if flag.stage is not Stage.CLOSED and flag.circle_id == circle_id and not addresses & set(excluded):
            return kept
    return None


async def _preview(unit: Unit, by: Presser, token: str, facts: dict[str, Any], *, renewed: bool = False) -> Preview:
    said, excluded = _said(unit, facts)
    route = _route(facts)
    full = await _full(unit, by, facts)
    open_one = await _to_add_to(unit, by, facts["circle"], excluded) if full and full != "left" and said else None
    readers = [reach.person for reach in open_one.flag.reaches] if open_one else []
    known = [await unit.people.known_address(person) for person in dict.fromkeys(readers)]
    return Preview(
        token,
        Lane(facts["lane"]),
        Look(facts["look"]),
        Wish(facts["wish"]),
        Soon(facts["soon"]),
        [
            Reached(await unit.people.address(reach.person), reach.hours, reach.outside)
            for reach in route.people(ticked=facts["ticked"])
        ],
        excluded,
        facts["named"],
        facts["ticked"] if route.if_ticked else None,
        said,
        renewed,
        full,
        [person for person in known if person] if open_one else None,
    )
