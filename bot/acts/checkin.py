"""Anonymous check-ins, from the side of one person: saying yes to being asked, and answering (P7, D4.4-D4.6).

A tap writes one letter and nothing else. So nothing here may touch another row: whoever answers isn't *met*, nothing is
noted about them, and no waiting row is written.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.acts import Presser
from bot.acts.circle import by_token, expect_facilitator, find, membership_of
from bot.acts.server import care_contacts
from bot.acts.wave import open_one, void, wave_by_token
from bot.practice.checkin import MOST, Tap, expect_threshold
from bot.practice.circle import Circle, Membership
from bot.practice.refusals import Refusal
from bot.practice.wave import Wave
from bot.store.answers import AnswersGone
from bot.store.unit import Unit


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with the check-ins of a circle. `asked`: they said yes; `now_open`: one is open now.

    `highest`: to how many answers a question the threshold can be raised.
    """

    token: str
    name: str
    threshold: int
    asked: bool
    now_open: bool
    highest: int


@dataclass(frozen=True)
class Question:
    """What one person is asked next. `item`: None after the last one; `care`: the care contacts here (Discord ids)."""

    token: str
    item: str | None
    place: int
    of: int
    closes_at: datetime
    care: list[int]


async def about(unit: Unit, by: Presser, *, named: str | None) -> Standing:
    """Where one stands, before one says anything. Members only."""
    circle = await find(unit, by, named)
    return await _standing(unit, circle, await membership_of(unit, by, circle))


async def about_here(unit: Unit, by: Presser, token: str) -> Standing:
    """The same, of the circle with this token."""
    circle = await by_token(unit, token)
    return await _standing(unit, circle, await membership_of(unit, by, circle))


async def join(unit: Unit, by: Presser, token: str) -> Standing:
    """Be asked, from the next check-in that opens; nobody is told. Saying it again changes nothing."""
    circle = await by_token(unit, token)
    membership = await membership_of(unit, by, circle)
    if membership.checks_in_from is None:
        membership.checks_in_from = circle.waves + 1
    return await _standing(unit, circle, membership)


async def leave(unit: Unit, by: Presser, *, named: str | None) -> Standing:
    """Not be asked any more; nobody is told. What one answered in an open check-in isn't counted.

    Its rows stay as they are until it closes: changed together with the membership they could be told apart.
    """
    circle = await find(unit, by, named)
    membership = await membership_of(unit, by, circle)
    membership.checks_in_from = None
    return await _standing(unit, circle, membership)


async def begin(unit: Unit, by: Presser, token: str) -> Question | None:
    """The first question of an open check-in; None when it turns out to have lost its key, and is void from now on.

    Raises Refusal when `by` isn't a member, isn't asked this time, or it isn't open.
    """
    wave = await wave_by_token(unit, token)
    await _expect_asked(unit, by, wave)
    try:
        await unit.answers.expect(wave.id)
    except AnswersGone:
        await void(unit, wave)
        return None
    return await _question(unit, wave, wave.items[0])


async def begin_here(unit: Unit, by: Presser, *, named: str | None) -> Question | None:
    """The same, of the check-in that is open in this circle. Raises Refusal, too, when none is."""
    circle = await find(unit, by, named)
    await _member(unit, by, circle.id)
    found = await open_one(unit, circle)
    if found is None:
        raise Refusal("rc.none_open")
    return await begin(unit, by, found.token)


async def answer(unit: Unit, by: Presser, token: str, *, item: str, tap: Tap) -> Question | None:
    """Keep what somebody tapped, in place of what they tapped before. Returns what they are asked next, as `begin`."""
    wave = await wave_by_token(unit, token)
    person_id = await _expect_asked(unit, by, wave)
    following = wave.item_after(item)
    try:
        await unit.answers.put(wave.id, person_id, item, tap)
    except AnswersGone:
        await void(unit, wave)
        return None
    unit.keep_no_order()
    return await _question(unit, wave, following)


async def threshold(unit: Unit, by: Presser, token: str) -> Standing:
    """What is set, for those who facilitate."""
    circle = await by_token(unit, token)
    return await _standing(unit, circle, await expect_facilitator(unit, by, circle))


async def set_threshold(unit: Unit, by: Presser, token: str, *, threshold: int) -> Standing:
    """How many answers a question needs, from the next check-in on; never fewer than before: people said yes to that.

    When it is raised the circle reads it, without a name. Raises Refusal when it would be lowered, or is more than
    twelve or than there are members: nobody can end check-ins by it.
    """
    circle = await by_token(unit, token)
    membership = await expect_facilitator(unit, by, circle)
    expect_threshold(threshold, circle.threshold, len(await unit.all(Membership, circle_id=circle.id)))
    if threshold > circle.threshold:
        circle.threshold = threshold
        await unit.waiting.write(
            "post", circle.id, kind="checkin.raised", threshold=threshold, channel=circle.channel_id,
            language=circle.language, circle=circle.id,
        )  # fmt: skip
    return await _standing(unit, circle, membership)


async def _expect_asked(unit: Unit, by: Presser, wave: Wave) -> str:
    membership = await _member(unit, by, wave.circle_id)
    wave.expect_open(unit.now)
    wave.expect_asked(membership.checks_in_from)
    return membership.person_id


async def _member(unit: Unit, by: Presser, circle_id: str) -> Membership:
    """As `membership_of`, which may write."""
    person = await unit.people.find(by.discord_id)
    found = person and await unit.one(Membership, circle_id=circle_id, person_id=person.id)
    if not isinstance(found, Membership):
        raise Refusal("circle.members_only")
    if by.came_anew(found.came_at):
        raise Refusal("circle.was_away")
    return found


async def _question(unit: Unit, wave: Wave, item: str | None) -> Question:
    assert wave.closes_at is not None
    place = wave.items.index(item) + 1 if item else len(wave.items)
    return Question(wave.token, item, place, len(wave.items), wave.closes_at, await care_contacts(unit))


async def _standing(unit: Unit, circle: Circle, membership: Membership) -> Standing:
    return Standing(
        circle.token,
        await unit.words.read(circle.name_id),
        circle.threshold,
        membership.checks_in_from is not None,
        await open_one(unit, circle) is not None,
        min(MOST, len(await unit.all(Membership, circle_id=circle.id))),
    )
