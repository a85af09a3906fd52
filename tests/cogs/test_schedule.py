"""Planning when a circle meets, and what people then meet in the channel and alone."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cogs.evening import Evening

MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(weeks=1)
STAMP = re.compile(r"<t:(\d+):F>")


def in_two_days(evening: Evening) -> datetime:
    """Half past seven in the evening of the day after tomorrow, in Madrid."""
    now: datetime = evening.world.env_now()
    here = now.astimezone(ZoneInfo("Europe/Madrid")) + 2 * DAY
    return here.replace(hour=19, minute=30, second=0, microsecond=0)


async def plan(evening: Evening, every: str = "week") -> datetime:
    """Ana plans it and saves. Returns when the circle meets (UTC)."""
    wall = in_two_days(evening)
    asked = await evening.slash("Ana", "circle schedule", first=f"{wall:%Y-%m-%d %H:%M}", every=every)
    assert "Nothing is saved yet" in asked
    assert "Harbour** meets next" in await evening.press("Ana", "schedule.save")
    return wall.astimezone(UTC)


async def until(evening: Evening, moment: datetime) -> None:
    await evening.world.wait((moment - evening.world.env_now()).total_seconds())


def reminders(evening: Evening) -> list[str]:
    """The lines for all that remind of a session."""
    return [text for text in evening.public() if text.startswith("**Harbour** meets") and "meets next" not in text]


async def test_what_is_planned_is_shown_before_it_is_saved_and_read_by_all_once(evening: Evening) -> None:
    await evening.make_circle("Ben")
    before = evening.public()
    wall = in_two_days(evening)
    asked = await evening.slash("Ana", "circle schedule", first=f"{wall:%Y-%m-%dT%H:%M}", every="two-weeks")
    assert STAMP.findall(asked) == [str(int((wall + 2 * number * WEEK).timestamp())) for number in range(3)]
    assert "every 2 weeks" in asked
    assert "Europe/Madrid" in asked
    assert "takes the place" not in asked
    assert evening.public() == before
    told = await evening.press("Ana", "schedule.save")
    assert "the day before and 20 minutes before" in told
    assert "15 minutes before" in told
    assert "says yes holds it" in told
    assert "<@" not in told.partition("\n")[0]
    (line,) = [text for text in evening.public() if text not in before]
    assert "meets next" in line
    assert "Ana" not in line
    assert "saved already" in await evening.press("Ana", "schedule.save")
    assert [text for text in evening.public() if text not in before] == [line]
    assert "takes the place of what is planned now" in await evening.slash(
        "Ana", "circle schedule", first=f"<t:{int(wall.timestamp()) + 3600}:F>", every="once"
    )
    assert "stays as it is" in await evening.press("Ana", "schedule.no")
    assert "Next session" in await evening.slash("Ben", "circle show")


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("some evening", "that time wasn't clear"),
        ("2027-02-30 19:30", "that time wasn't clear"),
        ("25:00", "there is no 25:00"),
        ("2027-01-14", "at which hour?"),
        ("19:30", "on which day?"),
        ("2020-01-14 19:30", "That time is over already"),
        ("<t:1:F>", "That time is over already"),
        ("9999-12-31 23:59", "more than a year away"),
    ],
)
async def test_what_is_not_understood_or_can_not_be_gets_a_sentence(evening: Evening, first: str, said: str) -> None:
    await evening.make_circle()
    assert said in await evening.slash("Ana", "circle schedule", first=first, every="week")
    assert "No next session is planned" in await evening.slash("Ana", "circle show")


async def test_what_is_typed_in_full_is_taken_when_only_one_moment_can_be_meant(evening: Evening) -> None:
    await evening.make_circle()
    tomorrow = in_two_days(evening) - DAY
    several = await evening.slash("Ana", "circle schedule", first=f"{tomorrow:%A} at 7:30 pm", every="week")
    assert re.findall("`(.*?)`", several) == [f"{tomorrow + weeks * WEEK:%Y-%m-%d %H:%M}" for weeks in range(3)]
    asked = await evening.slash("Ana", "circle schedule", first="tomorrow at 19:30", every="week")
    assert "Nothing is saved yet" in asked
    assert STAMP.findall(asked)[0] == str(int(tomorrow.timestamp()))


async def test_only_who_facilitates_may_plan_and_only_a_circle_one_can_see(evening: Evening) -> None:
    await evening.make_circle("Ben")
    assert "for those who facilitate" in await evening.slash(
        "Ben", "circle schedule", first="2027-01-14 19:30", every="week"
    )
    no_such = await evening.slash("Ana", "circle schedule", first="2027-01-14 19:30", every="week", circle="Meadow")
    assert no_such == await evening.slash("Ana", "circle show", circle="Meadow")


async def test_completion_writes_out_what_is_meant_in_each_one_s_language(evening: Evening) -> None:
    await evening.make_circle()
    evening.world.add("Eva", evening.role, language="es")
    english = await evening.world.complete(evening["Ana"], "circle schedule", "first", "tomorrow 7:30pm")
    tomorrow = in_two_days(evening) - DAY
    assert english == [f"{tomorrow:%A}, {tomorrow:%B} {tomorrow.day}, {tomorrow.year}, 19:30 (Europe/Madrid)"]
    spanish = await evening.world.complete(evening["Eva"], "circle schedule", "first", "mañana 19:30")
    assert len(spanish) == 1
    assert f"{tomorrow.day} de " in spanish[0]
    assert await evening.world.complete(evening["Eva"], "circle schedule", "first", "tomorrow 19:30") == spanish
    assert await evening.world.complete(evening["Ana"], "circle schedule", "first", "mañana 19:30") == []
    days = await evening.world.complete(evening["Eva"], "circle schedule", "first", "mie 19h")
    assert len(days) >= 2
    assert all(day.startswith("miércoles") for day in days)
    assert len(await evening.world.complete(evening["Ana"], "circle schedule", "first", "19:30")) == 7
    assert len(await evening.world.complete(evening["Ana"], "circle schedule", "first", "tomorrow")) == 4
    for typed in ("", "some evening"):
        assert await evening.world.complete(evening["Ana"], "circle schedule", "first", typed) == []


async def test_people_are_reminded_the_session_opens_and_it_can_be_held(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    at = await plan(evening)
    asked = await evening.press("Ben", "reminder.on")
    assert "in private too" in asked
    await until(evening, at - DAY)
    (reminder,) = reminders(evening)
    assert not any(name in reminder for name in ("Ana", "Ben", "Cleo"))
    assert "You asked to be told" in await evening.slash("Ben", "inbox")
    assert "Nothing is waiting" in await evening.slash("Cleo", "inbox")
    await until(evening, at - 20 * MINUTE)
    assert len(reminders(evening)) == 1
    assert "aren't reminded" in await evening.press("Ben", "reminder.off")
    assert not any("is open" in text for text in evening.public())
    await until(evening, at - 15 * MINUTE)
    (invitation,) = [text for text in evening.public() if "Session 1 of Harbour is open" in text]
    assert invitation.startswith("We begin at")
    assert "it is your turn to hold it" in await evening.slash("Ana", "inbox")
    for name in ("Ana", "Ben", "Cleo"):
        await evening.press(name, "session.speak")
        await evening.press(name, "session.in-speaking")
    await evening.begin()
    assert evening.speaker() == "Ana"


async def test_what_was_planned_outlives_a_restart(evening: Evening) -> None:
    await evening.make_circle("Ben")
    at = await plan(evening, "once")
    await evening.world.restart()
    await until(evening, at - 15 * MINUTE)
    assert sum("Session 1 of Harbour is open" in text for text in evening.public()) == 1
    await evening.world.restart()
    await evening.wait(minutes=1)
    assert sum("Session 1 of Harbour is open" in text for text in evening.public()) == 1


async def test_a_session_that_was_missed_is_said_without_a_name_and_who_was_to_hold_is_asked(evening: Evening) -> None:
    await evening.make_circle("Ben")
    at = await plan(evening)
    await until(evening, at + 61 * MINUTE)
    (missed,) = [text for text in evening.public() if "didn't open" in text]
    assert "Trellis wasn't running" in missed
    assert "The next one" in missed
    assert "Ana" not in missed
    assert "You were to hold" in await evening.slash("Ana", "inbox")
    assert "is being opened" in await evening.slash("Ana", "circle open")


async def test_the_settings_end_it_and_turn_reminders_off_and_on(evening: Evening) -> None:
    await evening.make_circle("Ben")
    at = await plan(evening)
    told = await evening.slash("Ana", "circle settings")
    assert "then every week" in told
    assert "Reminders are on" in told
    assert "nobody" in (await evening.press("Ana", "settings.remind-not")).casefold()
    await until(evening, at - 16 * MINUTE)
    assert reminders(evening) == []
    assert "turned on again" in await evening.press("Ben", "reminder.on")
    assert "from the next one" in await evening.press("Ana", "settings.remind")
    await evening.slash("Ana", "circle settings")
    assert "Nothing is planned" in await evening.press("Ana", "schedule.end")
    assert any("no next session planned" in text for text in evening.public())
    assert "Nothing has changed" in await evening.press("Ana", "schedule.end")
    await until(evening, at)
    assert not any("is open" in text for text in evening.public())


async def test_another_zone_tells_who_changed_it_and_all_who_meet(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await plan(evening)
    await evening.slash("Ana", "circle settings")
    told = await evening.world.fill_in(evening["Ana"], "settings.zone", {"zone": "Europe/Lisbon"})
    assert "stay at the same time on the clock" in told
    assert sum("meets next" in text for text in evening.public()) == 1


async def test_one_that_is_minutes_away_is_said_to_open_now(evening: Evening) -> None:
    await evening.make_circle("Ben")
    soon = int((evening.world.env_now() + 10 * MINUTE).timestamp())
    await evening.slash("Ana", "circle schedule", first=f"<t:{soon}:F>", every="once")
    told = await evening.press("Ana", "schedule.save")
    assert "posts the invitation in" in told
    assert "reminded" not in told
    assert sum("is open" in text for text in evening.public()) == 1
    assert not any("meets next" in text for text in evening.public())


async def test_where_nobody_facilitates_a_member_can_say_that_they_would(evening: Evening) -> None:
    await evening.make_circle("Ben")
    at = await plan(evening)
    await evening.slash("Ana", "circle hand-over")
    await evening.press("Ana", "handover.quietly")
    await until(evening, at - 15 * MINUTE)
    assert sum("there was nobody to hold it" in text for text in evening.public()) == 1
    assert "whether you would facilitate" in await evening.press("Ben", "handover.take")


async def test_while_one_is_open_its_holder_is_asked_alone(evening: Evening) -> None:
    await evening.make_circle("Ben")
    at = await plan(evening)
    await until(evening, at - 40 * MINUTE)
    await evening.slash("Ana", "circle open")
    before = evening.public()
    await until(evening, at)
    gone = [text for text in before if text not in evening.public()]
    assert len(gone) == 1  # the line that said when it would be
    assert evening.public() == [text for text in before if text not in gone]
    assert "is still open" in await evening.slash("Ana", "inbox")
