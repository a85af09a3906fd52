"""`/privacy reminders`: what each person chooses for themselves, and what it does."""

from typing import Any

from tests.cogs.evening import Evening


async def panel(evening: Evening, name: str = "Ana") -> str:
    return await evening.slash(name, "privacy reminders")


async def keeps_quiet(evening: Evening, name: str, start: str, end: str, zone: str = "UTC") -> str:
    await panel(evening, name)
    fields = {"from": start, "until": end, "zone": zone}
    return await evening.world.fill_in(evening[name], "reminders.quiet", fields)


def direct(evening: Evening, name: str = "Ana") -> list[str]:
    return [sight.text for sight in evening.sees(name) if sight.place == "direct message" and not sight.private]


def turns(evening: Evening) -> list[Any]:
    posted: list[Any] = [one.json for one in evening.world.env.http_requests if one.path.endswith("/messages")]
    return [body for body in posted if body and "round:" in str(body.get("components", ""))]


async def test_the_panel_says_what_each_choice_means_and_who_can_see_it(evening: Evening) -> None:
    told = await panel(evening)
    for part in ("**DMs: off.**", "**Quiet hours: none.**", "**Fewer pings: no.**", "the harbour collective"):
        assert part in told
    assert "Only you see this" in told
    (shown,) = [sight for sight in evening.sees("Ana") if "Fewer pings" in sight.labels]
    assert shown.labels == ("DMs are fine", "Quiet hours", "Fewer pings")


async def test_dms_are_switched_on_and_off_from_there(evening: Evening) -> None:
    await panel(evening)
    assert "From now on a DM says" in await evening.press("Ana", "dm.on")
    assert "**DMs: on.**" in await panel(evening)
    await evening.press("Ana", "dm.off")
    assert "**DMs: off.**" in await panel(evening)


async def test_quiet_hours_are_shown_back_and_gone_with_one_press(evening: Evening) -> None:
    told = await keeps_quiet(evening, "Ana", "10 pm", "8", "europe/madrid")
    assert "**Quiet hours: 22:00 to 08:00, Europe/Madrid.**" in told
    assert "Nobody is told" in told
    assert "**Quiet hours: none.**" in await evening.press("Ana", "reminders.no-quiet")


async def test_a_form_handed_in_after_a_restart_is_kept_and_a_mistake_changes_nothing(evening: Evening) -> None:
    await panel(evening)
    form = await evening.world.open_form(evening["Ana"], "reminders.quiet")
    await evening.world.restart()
    fields = {"from": "22:00", "until": "08:00", "zone": "Europe/Madird"}
    told = await evening.world.hand_in(evening["Ana"], form, fields)
    assert "Europe/Madrid" in told
    assert "Nothing was changed" in told
    assert "**Quiet hours: none.**" in await panel(evening)
    assert "zone" in await keeps_quiet(evening, "Ana", "22:00", "08:00", "")
    assert "Nothing was changed" in await keeps_quiet(evening, "Ana", "at night", "08:00")


async def test_a_dm_waits_for_the_morning_and_a_look_in_the_night_shows_all(evening: Evening) -> None:
    await evening.set_up()
    await evening.slash("Ana", "circle create", name="Harbour")
    await evening.press("Ana", "draft.dms")
    now = evening.world.env_now()
    await keeps_quiet(evening, "Ana", f"{now.hour}:{now.minute:02}", f"{(now.hour + 2) % 24}:{now.minute:02}")
    await evening.world.restart()
    await evening.press("Ben", "circle.join")
    await evening.wait(minutes=60)
    assert direct(evening) == []
    assert "asks to join" in await evening.slash("Ana", "inbox")
    await evening.world.restart()
    await evening.press("Cleo", "circle.join")
    assert direct(evening) == []
    await evening.wait(minutes=61)
    assert direct(evening) == ["Something is waiting for you."]


async def test_in_quiet_hours_a_young_press_is_still_answered_at_once(evening: Evening) -> None:
    await evening.make_circle()
    await panel(evening)
    await evening.press("Ana", "dm.on")
    now = evening.world.env_now()
    await keeps_quiet(evening, "Ana", f"{now.hour}:00", f"{(now.hour + 3) % 24}:00")
    await evening.press("Ben", "circle.join")
    assert any("asks to join" in sight.text for sight in evening.sees("Ana") if sight.private)
    assert direct(evening) == []


async def test_with_fewer_pings_a_turn_names_and_does_not_ping(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await panel(evening, "Ben")
    assert "**Fewer pings: yes.**" in await evening.press("Ben", "reminders.fewer")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()
    for _ in range(2):
        await evening.press(_whose(evening), "round.spoke")
    pinged = {one for body in turns(evening) for one in map(int, body["allowed_mentions"].get("users", []))}
    assert pinged == {evening["Ana"].actor.id, evening["Cleo"].actor.id}
    of_ben = [body for body in turns(evening) if not body["allowed_mentions"].get("users")]
    assert len(of_ben) == 1
    assert str(evening["Ben"].actor.id) not in of_ben[0]["content"]
    assert "Ben" in of_ben[0]["content"].splitlines()[-1]
    assert "**Fewer pings: no.**" in await evening.press("Ben", "reminders.all")


def _whose(evening: Evening) -> str:
    (last,) = [sight.text.splitlines()[-1] for sight in evening.sees("Mara") if "Pass" in sight.labels]
    return next(name for name in evening.world.people if name in last)
