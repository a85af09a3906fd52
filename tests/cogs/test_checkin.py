"""Anonymous check-ins as people meet them: said yes to, opened, answered tap by tap, read by all at once."""

from datetime import timedelta

import pytest

from bot.acts import circle, wave, wave_lines
from bot.acts.due import Errand
from bot.practice.checkin import CORE, VITALITY
from bot.practice.circle import Circle
from bot.practice.wave import Phase, Wave
from bot.press import LONGEST_PAGE
from bot.rehearsal.world import NotAsExpected
from bot.store.rows import Waiting
from bot.store.waiting import Due
from bot.tellers import TELLERS
from bot.words import LANGUAGES
from tests.cogs.evening import Evening

FIVE = ("Ana", "Ben", "Cleo", "Dan", "Eva")
DAY = timedelta(days=1).total_seconds()


@pytest.fixture
async def five(evening: Evening) -> Evening:
    """A circle of five, in which nobody has said yes yet."""
    evening.world.add("Eva")
    await evening.make_circle(*FIVE[1:])
    return evening


async def falls_due(evening: Evening, held: int = 3) -> None:
    """So many sessions have been held."""
    bot = evening.world.bot
    async with bot.store.unit(evening.world.guild.id) as unit:
        (found,) = await unit.all(Circle)
        found.sessions_held = held
        await wave.fall_due(unit, await circle.by_token(unit, found.token))
    await evening.world.wait(1)


async def says_yes(evening: Evening, *names: str) -> None:
    for name in names:
        await evening.slash(name, "checkin join")
        await evening.press(name, "checkin.yes")


async def test_a_whole_check_in_of_five(five: Evening) -> None:
    before = five.public()
    told = await five.slash("Ben", "checkin join")
    assert "What can't be protected" in told
    assert "Whoever runs this bot could look while it is open" in told
    assert "Nothing has changed" in await five.press("Ben", "checkin.no")
    await says_yes(five, *FIVE)
    assert "take it back here" in await five.slash("Ben", "checkin join")
    assert five.public() == before
    assert "No check-in is open" in await five.slash("Ben", "checkin answer")

    await falls_due(five)
    (line,) = [sight for sight in five.sees("Ben") if "Open it" in sight.labels]
    assert not any(name in line.text for name in FIVE)
    assert "those who facilitate" in await five.press("Ben", "wave.open")
    assert any("it's your turn to look after it" in sight.text for sight in five.sees("Ana") if sight.private)
    assert "opens in" in five.world.plain(await five.press("Ana", "wave.open"))
    assert "Open it" not in [label for sight in five.sees("Ben") for label in sight.labels if not sight.private]

    opened = five.public()
    for name in FIVE:
        first = await five.press(name, "wave.answer")
        assert "**1 of 3.** Have we remembered" in first
        second = await five.press(name, "wave.yes.remembered")
        assert "Thank you. Nobody is told" in second
        assert "/help-now" in second
        assert "**2 of 3.**" in second
        await five.press(name, "wave.partly.rushed")
        assert "last question" in await five.press(name, "wave.skip.leave")
    await five.world.restart()
    assert "**3 of 3.**" in await five.press("Ben", "wave.no.rushed")  # a change of mind, after a restart
    assert "enough for now" in await five.press("Ben", "wave.stop")
    assert five.public() == opened

    await five.world.wait(3 * DAY)
    assert "is closed" in await five.press("Ben", "wave.yes.rushed")
    assert any("This check-in is closed" in text for text in five.public())
    assert not any("several of us said in the check-in" in text for text in five.public())
    await five.world.wait(DAY + 6 * 3600)
    (result,) = [text for text in five.public() if "several of us said in the check-in" in text]
    assert "Some of us have felt rushed" in result
    assert "remembered" not in result
    assert "want to leave" not in result

    assert "Whoever facilitates this circle writes it down" in await five.press("Ben", "wave.differently")
    assert "sealed as the circle's" in await five.press("Ana", "wave.differently")
    kept = await five.world.fill_in(five["Ana"], "wave.write", {"words": "We end *on* time"})
    assert "read to everyone at the next opening" in kept
    await five.gather("Ana", "Ben", "Cleo")
    await five.begin()
    assert any("do one thing differently: We end \\*on\\* time" in text for text in five.public())


async def test_who_is_not_asked_reads_why_and_who_takes_it_back_is_not_asked_any_more(five: Evening) -> None:
    await says_yes(five, "Ben")
    await falls_due(five)
    await five.press("Ana", "wave.open")
    assert "you haven't said yes" in await five.press("Cleo", "wave.answer")
    await five.slash("Cleo", "checkin join")
    assert "from the next one on" in await five.press("Cleo", "checkin.yes")
    assert "from the next one on" in await five.press("Cleo", "wave.answer")
    assert "for members of this circle" in await five.press("Mara", "wave.answer")
    await five.press("Ben", "wave.answer")
    assert "isn't counted" in await five.slash("Ben", "checkin leave")
    assert "you haven't said yes" in await five.press("Ben", "wave.yes.remembered")
    await five.slash("Cleo", "checkin join")
    assert "You aren't asked" in await five.press("Cleo", "checkin.leave")
    await five.world.wait(2 * DAY)
    assert any("whether or not you answered" in text for text in five.public())
    await five.world.wait(DAY)
    await five.world.wait(DAY + 6 * 3600)
    assert any("Not enough people answered" in text for text in five.public())
    assert not any("One thing" in label for sight in five.sees("Ben") for label in sight.labels)


async def test_every_tap_answers_with_the_same_words_and_the_doors_to_a_person(five: Evening) -> None:
    await five.slash("Mara", "trellis setup", care_contact=five["Mara"].actor)
    await five.press("Mara", "care.yes")
    await says_yes(five, "Ben")
    await falls_due(five)
    await five.press("Ana", "wave.open")
    await five.press("Ben", "wave.answer")
    told = {await five.press("Ben", f"wave.{tap}.remembered") for tap in ("yes", "partly", "no", "skip")}
    assert len(told) == 1
    assert "@Mara" in five.world.plain(told.pop())
    (screen, *_) = [sight for sight in reversed(five.sees("Ben")) if "Stop here" in sight.labels]
    assert screen.labels == ("Yes", "Partly", "No", "Rather not say", "Stop here", "Help now")


async def test_the_first_held_session_ends_with_a_button_that_tells_one_person_alone(five: Evening) -> None:
    await five.gather("Ana", "Ben", "Cleo")
    await five.begin()
    while any("Pass" in sight.labels for sight in five.sees("Mara")):
        await five.pass_on()
    (last,) = [sight for sight in five.sees("Ben") if "Anonymous check-ins" in sight.labels]
    assert "only those who say yes" in last.text
    public = five.public()
    assert "What can't be protected" in await five.press("Ben", "checkin.about")
    assert "Nobody is told" in await five.press("Ben", "checkin.yes")
    assert five.public() == public


async def test_a_small_circle_reads_the_open_round_instead(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await falls_due(evening)
    (line,) = [text for text in evening.public() if "would only look anonymous" in text]
    assert "Have you felt rushed?" in line


async def test_the_threshold_is_raised_behind_a_button_of_the_settings(five: Evening) -> None:
    await five.slash("Ana", "circle settings")
    assert "at least 5 people" in await five.press("Ana", "checkin.settings")  # as many as there are
    with pytest.raises(NotAsExpected):
        five.world.choices(five["Ana"], "checkin.threshold")
    five.world.add("Finn")
    await five.press("Finn", "circle.join")
    await five.press("Ana", "door.let-in")
    await five.slash("Ana", "circle settings")
    await five.press("Ana", "checkin.settings")
    assert five.world.choices(five["Ana"], "checkin.threshold") == ["6"]
    assert "at least 6 people" in await five.world.choose(five["Ana"], "checkin.threshold", "6")
    assert "only if at least 6 people answer it" in five.public()[-1]
    assert not any(name in five.public()[-1] for name in FIVE)


async def closed(evening: Evening) -> None:
    """A check-in that nobody answered, to be told tomorrow."""
    await falls_due(evening)
    await evening.press("Ana", "wave.open")
    await evening.world.wait(3 * DAY + 60)


async def test_a_result_whose_channel_is_gone_is_read_where_the_circle_meets_next(five: Evening) -> None:
    await closed(five)
    world = five.world
    world.env.backend.delete_channel(world.garden.id)
    await world.wait(DAY)
    world.garden = world.guild.create_text_channel("quay")
    async with world.bot.store.unit(world.guild.id) as unit:
        (garden,) = await unit.all(Circle)
        assert [row.attempts > 0 for row in await unit.waiting.here() if "follows" in row.facts] == [True]
        garden.channel_id = world.garden.id
        await wave_lines.move(unit, garden, before=None)
    await world.wait(1)
    assert len([text for text in five.public() if "Not enough people answered" in text]) == 1


async def test_a_database_that_was_put_back_after_the_result_was_read_says_it_no_second_time(five: Evening) -> None:
    await closed(five)
    bot, server = five.world.bot, five.world.guild.id
    async with bot.store.unit(server) as unit:
        (row,) = await unit.all(Wave)
        tell = await unit.waiting.get(row.moment)
    assert tell is not None
    await five.world.wait(5 * DAY)
    assert len([text for text in five.public() if "Not enough people answered" in text]) == 1
    async with bot.store.unit(server) as unit:
        (row,) = await unit.all(Wave)
        row.phase = Phase.CLOSED
        again = await unit.waiting.write("checkin", row.id, **tell.facts)
        await unit.flush()
        copied = await unit.one(Waiting, token=again)
        assert copied is not None
        copied.due_at, copied.claimed_at = tell.due_at, unit.now  # however late it was put back
    five.world.bot.hurry()
    await five.world.wait(60)
    assert len([text for text in five.public() if "Not enough people answered" in text]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_result_fits_into_one_message(language: str) -> None:
    facts = {"kind": "checkin.result", "token": "t" * 22, "several": [*CORE, *VITALITY]}
    spoken = TELLERS["checkin.result"](Errand(Due("t", 1, "post", "l", facts), {}, None, language), {})
    assert len(spoken.text) <= LONGEST_PAGE
