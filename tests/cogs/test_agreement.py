"""The agreement, from the first look ahead to a second version; as people read it, in two languages."""

from datetime import UTC, datetime

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acts.due import Errand
from bot.acts.lines import LineShown, View
from bot.practice.agreement import LONGEST_LINE, MOST_LINES, MOST_ROOM, STARTER, room
from bot.press import harmless
from bot.rehearsal.world import NotAsExpected
from bot.store.waiting import Due
from bot.words import LANGUAGES, say
from cogs.circle.agreement import public_list
from tests.cogs.evening import Evening

LONGEST_MESSAGE = 2000  # what Discord takes
OWN = "We keep our phones *face down*, <@1>"


async def begun(evening: Evening) -> None:
    """A session of three, begun; Ben has Discord in Spanish."""
    evening["Ben"].language = "es"
    await evening.make_circle("Ben", "Cleo")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()


def listed(evening: Evening, name: str = "Cleo") -> str:
    """The one public list."""
    (found,) = [sight for sight in evening.sees(name) if "Propose a line" in sight.labels and not sight.private]
    assert found.labels == ("Propose a line", "I'd like to change a line", "More...", "Help now")
    return found.text


async def proposes(evening: Evening, name: str, words: str) -> str:
    return await evening.world.fill_in(evening[name], "agreement.propose", {"words": words})


def choices(evening: Evening, name: str, menu: str) -> list[discord.SelectOption]:
    """The lines in the newest such list before this person."""
    message, _, _ = evening.world._find(evening[name], menu)
    (found,) = [one for row in message.components for one in getattr(row, "children", []) if hasattr(one, "options")]
    return list(found.options)


async def chooses(evening: Evening, name: str, place: int, menu: str = "agreement.line") -> str:
    """Choose the line at this place."""
    value = next(one.value for one in choices(evening, name, menu) if one.label.startswith(f"{place}. "))
    return await evening.world.choose(evening[name], menu, value)


async def makes_agreement(evening: Evening) -> None:
    await begun(evening)
    await evening.slash("Ana", "circle agreement")
    await evening.press("Ana", "agreement.change")
    await evening.slash("Ana", "circle agreement")
    assert "version 1 of your agreement" in await evening.press("Ana", "agreement.close")


async def test_before_the_first_session_members_read_ahead_and_are_asked_nothing(evening: Evening) -> None:
    evening["Ben"].language = "es"
    await evening.make_circle("Ben")
    told = await evening.slash("Ana", "circle agreement")
    assert "has no agreement yet" in told
    assert all(say(line, "en") in told for line in STARTER)
    assert "aún no tiene acuerdo" in (told := await evening.slash("Ben", "circle agreement"))
    assert all(say(line, "es") in told for line in STARTER)
    assert not any(sight.labels for sight in evening.sees("Ben") if "aún no tiene acuerdo" in sight.text)
    assert "for members of this circle" in await evening.slash("Dan", "circle agreement")
    assert "No agreement yet" in await evening.slash("Ana", "circle show")


async def test_the_whole_way_to_an_agreement_in_two_languages(evening: Evening) -> None:
    await begun(evening)
    assert "ninguna está acordada" in await evening.slash("Ben", "circle agreement")
    told = await proposes(evening, "Ben", OWN)
    assert "Tu línea ya está en la lista" in told
    assert "quien pueda abrir el hilo" in told
    assert "9. We keep our phones \\*face down\\*, \\<@" in listed(evening)
    assert say("agree.1", "en") in listed(evening)

    assert "blocks the line, not a person" in await evening.press("Cleo", "agreement.change")
    assert "You would like to change line 3" in await chooses(evening, "Cleo", 3)
    assert "Somebody would like to change: 3." in listed(evening)
    assert "Cleo" not in listed(evening)
    await evening.slash("Ana", "circle agreement")
    assert "version 1 of your agreement" in await evening.press("Ana", "agreement.close")
    assert "**This is our agreement, version 1.**" in listed(evening)
    assert say("agree.3", "en") not in listed(evening)
    assert "8. We keep our phones" in listed(evening)

    shown = await evening.slash("Ben", "circle agreement")
    assert "¿Puedes convivir con estas líneas por hoy?" in shown
    assert say("agree.1", "es") in shown
    assert "Sí, por hoy, a la versión 1" in await evening.press("Ben", "agreement.yes")
    assert "Has dicho que sí" in await evening.slash("Ben", "circle agreement")
    assert "puedes venir a todas las sesiones" in await evening.press("Ben", "agreement.unsure")
    assert "¿Puedes convivir con estas líneas por hoy?" in await evening.slash("Ben", "circle agreement")
    assert "Agreement: version 1" in await evening.slash("Cleo", "circle show")


async def test_a_list_that_never_stood_in_the_thread_is_shown_before_it_can_be_closed(evening: Evening) -> None:
    await begun(evening)
    await evening.slash("Ana", "circle agreement")
    assert "Nothing is agreed yet" in await evening.press("Ana", "agreement.close")
    assert "as it is proposed so far" in listed(evening)
    assert "version 1 of your agreement" in await evening.press("Ana", "agreement.close")
    assert "there is no list to close" in await evening.press("Ana", "agreement.close")


async def test_the_list_in_a_spanish_circle_is_in_spanish_and_answers_each_in_their_own_language(
    evening: Evening,
) -> None:
    await evening.set_up(language="es")
    await evening.slash("Ana", "circle create", name="Puerto")
    await evening.press("Ana", "draft.quiet")
    await evening.slash("Ana", "circle door", door="open")
    for name in ("Ben", "Cleo"):
        await evening.press(name, "circle.join")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.slash("Ana", "circle agreement")
    assert "Choose the line you would like to change" in await evening.press("Ana", "agreement.change")
    (found,) = [text for text in evening.public("Ben") if say("agree.1", "es") in text]
    assert "**Nuestro acuerdo, tal como está propuesto**" in found


async def test_choosing_a_line_again_takes_it_back(evening: Evening) -> None:
    await begun(evening)
    await evening.slash("Cleo", "circle agreement")
    await evening.press("Cleo", "agreement.change")
    await chooses(evening, "Cleo", 2)
    assert "no longer ask to change line 2" in await chooses(evening, "Cleo", 2)
    assert "Somebody would like" not in listed(evening)


async def test_a_line_asked_to_be_changed_is_marked_as_ones_own_to_oneself_only(evening: Evening) -> None:
    await begun(evening)
    await evening.slash("Cleo", "circle agreement")
    await evening.press("Cleo", "agreement.change")
    await chooses(evening, "Cleo", 2)
    for name, mark in (("Cleo", "You asked to change this line"), ("Ana", "Somebody asked to change this line")):
        await evening.press(name, "agreement.change")
        assert [one.description for one in choices(evening, name, "agreement.line") if one.description] == [mark]


async def test_who_is_no_member_or_does_not_hold_the_session_is_told_so(evening: Evening) -> None:
    await begun(evening)
    await evening.slash("Ana", "circle agreement")
    await evening.press("Ana", "agreement.change")
    listed(evening)
    assert "for members of this circle" in await evening.press("Mara", "agreement.change")
    assert "for members of this circle" in await proposes(evening, "Mara", OWN)
    await evening.slash("Cleo", "circle agreement")
    with pytest.raises(NotAsExpected, match=r"agreement\.close"):
        await evening.press("Cleo", "agreement.close")


async def test_a_line_too_many_is_given_back_to_whoever_wrote_it(evening: Evening) -> None:
    await begun(evening)
    await evening.slash("Ana", "circle agreement")
    await evening.press("Ana", "agreement.change")
    for number in range(MOST_LINES - len(STARTER)):
        await proposes(evening, "Cleo", f"Line {number}")
    told = await proposes(evening, "Cleo", OWN)
    assert "has no room" in told
    assert OWN in told
    assert "Line 0" in listed(evening)
    assert OWN not in listed(evening)


async def test_a_reminder_is_chosen_from_the_lines_in_force_and_one_at_a_time(evening: Evening) -> None:
    await makes_agreement(evening)
    await evening.slash("Cleo", "circle agreement")
    assert "nobody is named" in await evening.press("Cleo", "agreement.remind")
    assert "at the end of this turn" in await chooses(evening, "Cleo", 4, "agreement.recall")
    assert "to be read already" in await chooses(evening, "Cleo", 5, "agreement.recall")


async def test_an_agreement_makes_a_session_without_theme_rounds_possible(evening: Evening) -> None:
    await makes_agreement(evening)
    await evening.more("Ana", "close")
    await evening.press("Ana", "session.close-now")
    assert "Session 2 is being opened" in await evening.slash("Ana", "circle open", rounds=0)


async def test_after_closing_the_list_the_holder_is_shown_the_agreement_and_asked(evening: Evening) -> None:
    await makes_agreement(evening)
    told = await evening.press("Ana", "agreement.read")
    assert "our agreement, version 1" in told
    assert "Can you live with these for today?" in told


@given(st.text(max_size=LONGEST_LINE))
def test_no_line_takes_more_room_in_a_message_than_is_counted_for_it(line: str) -> None:
    assert len(harmless(line)) <= room(line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("version", [0, 9999])
@pytest.mark.parametrize("asked", [True, False])
def test_the_fullest_list_fits_into_one_message(language: str, version: int, asked: bool) -> None:
    lengths = [MOST_ROOM // MOST_LINES] * MOST_LINES
    lengths[0] += MOST_ROOM - sum(lengths)
    lines = [LineShown("id", None, "x" * length, adopted=not asked, asked=asked) for length in lengths]
    view = View("t" * 22, "Harbour", version, datetime(2026, 11, 23, tzinfo=UTC), lines, asked or not version, True)
    due = Due("t" * 22, 1, "post", "lane", {"kind": "agreement.list", "token": "t" * 22})
    assert len(public_list(Errand(due, {}, None, language, agreement=view), {}).text) <= LONGEST_MESSAGE
