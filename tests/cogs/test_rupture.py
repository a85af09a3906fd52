"""A flag as people meet it in Discord: lanes, form, preview, and what each sees of it."""

import json
from typing import Any

from tests.cogs.evening import Evening
from tests.cogs.test_privacy import files

CARD = {"emergency": "112, from any phone", "lines": "The night line"}
HOUR, DAY = 3600, 86400  # seconds


async def ready(evening: Evening, *, second: bool = True) -> None:
    """Ana (and Ben) facilitate, Cleo is a member, Noor is a care contact, Dan stays outside."""
    await evening.make_circle("Ben", "Cleo")
    if second:
        await evening.slash("Ana", "circle members")
        await evening.world.choose(evening["Ana"], "members.facilitate", str(evening["Ben"].actor.id))
        await evening.press("Ben", "facilitate.quiet")
    await evening.slash("Mara", "trellis setup")
    await evening.world.fill_in(evening["Mara"], "server.card", CARD)
    evening.world.add("Noor")
    await evening.slash("Mara", "trellis setup", care_contact=evening["Noor"].actor)
    await evening.press("Noor", "care.yes")


async def write(
    evening: Evening, name: str, *excluded: str, handles: Any = (), lane: str = "friction", **more: Any
) -> str:
    """Somebody fills in the form; what they are shown."""
    await evening.slash(name, "rupture flag")
    values: dict[str, Any] = {"look": ["hurt"], "wish": ["unsure"], "soon": ["no-hurry"], "words": "It *hurt*."} | more
    values["excluded"] = [evening[one].actor for one in excluded] + list(handles)
    return await fill_in(evening, name, f"rupture.{lane}", values)


async def fill_in(evening: Evening, name: str, deed: str, values: dict[str, Any]) -> str:
    form = await evening.world.open_form(evening[name], deed)
    return evening.world.plain(await evening.world.hand_in(evening[name], form, values))


def told(evening: Evening, name: str) -> str:
    return "\n".join(sight.text for sight in evening.sees(name) if sight.private)


async def test_a_flag_is_previewed_by_name_sent_read_and_mended(evening: Evening) -> None:
    await ready(evening)
    lanes = await evening.slash("Cleo", "rupture flag", circle="Harbour")
    assert "the harbour collective runs this bot" in lanes
    shown = await write(evening, "Cleo", "Ben")
    assert "1. first @Ana" in shown
    assert "2. after 72 hours without an answer @Noor, outside of this circle" in shown
    assert "**It will not be seen by:** @Ben" in shown
    assert "held back" in shown
    assert "It can't be kept from the harbour collective, who runs this bot" in shown
    assert "shown to those above" in await evening.press("Cleo", "rupture.name")
    assert "held back" in await evening.press("Cleo", "rupture.hold")
    before = evening.public()
    assert "It's sent" in await evening.press("Cleo", "rupture.send")
    assert "sent already" in await evening.press("Cleo", "rupture.send")
    await evening.wait(minutes=61)
    assert "Something was entrusted to you" in told(evening, "Ana") + await evening.slash("Ana", "inbox")
    seen = await evening.slash("Ana", "rupture care")
    assert "Something said or done hurt me" in seen
    assert "> It \\*hurt\\*." in seen
    assert "Cleo" not in evening.world.plain(seen)
    read = await fill_in(evening, "Ana", "rupture.acknowledge", {"words": "Thank you."})
    assert "You carry it from now on" in read
    assert "> Thank you." in told(evening, "Cleo") + await evening.slash("Cleo", "inbox")
    assert any("has read" in sight.text and "Write" in sight.labels for sight in evening.sees("Cleo"))
    mine = evening.world.plain(await evening.slash("Cleo", "rupture mine"))
    assert "@Ana has read it and carries it now" in mine
    assert "**Your words:**" in mine
    for name in ("Ben", "Dan", "Mara", "Noor"):
        assert "Nothing lies with you now" in await evening.slash(name, "rupture care")
        assert "Nothing is waiting for you" in await evening.slash(name, "inbox")
    assert "Closed as mended" in await evening.press("Cleo", "rupture.mended")
    assert "closed: mended" in told(evening, "Ana") + await evening.slash("Ana", "inbox")
    assert "Nothing lies with you now" in await evening.slash("Ana", "rupture care")
    assert evening.public() == before


async def test_harm_shows_help_and_asks_facilitators_only_if_ticked(evening: Evening) -> None:
    await ready(evening)
    shown = await write(evening, "Cleo", lane="harm")
    assert "1. first @Noor, outside of this circle" in shown
    assert "@Ana" not in shown
    assert "no joint talk" in shown.casefold()
    ticked = evening.world.plain(await evening.press("Cleo", "rupture.tick"))
    assert "2. after 72 hours" in ticked
    await evening.press("Cleo", "rupture.untick")
    assert "The night line" in await evening.press("Cleo", "rupture.send")
    await evening.wait(minutes=11)
    assert "No joint talk" in await evening.slash("Noor", "rupture care")
    labels = next(sight.labels for sight in reversed(evening.sees("Noor")) if "Hand on" in sight.labels)
    assert labels == ("Acknowledge", "Hand on", "Write")


async def test_what_one_flagged_is_exported_in_ones_own_language(evening: Evening) -> None:
    await ready(evening)
    await write(evening, "Cleo", lane="harm")
    await evening.press("Cleo", "rupture.send")
    evening["Cleo"].language = "es"
    await evening.slash("Cleo", "privacy export")
    read = files(evening, "Cleo")["txt"]
    for line in (
        "daño o miedo", "Algo dicho o hecho me dolió", "Todavía no lo sé", "Sin prisa", "sin respuesta todavía",
    ):  # fmt: skip
        assert f": {line}\n" in read
    assert json.loads(files(evening, "Cleo")["json"])["flags"][0]["lane"] == "harm"


async def test_danger_shows_help_and_keeps_nothing(evening: Evening) -> None:
    await ready(evening)
    await evening.slash("Cleo", "rupture flag")
    assert "The night line" in await evening.press("Cleo", "rupture.danger")
    assert "There is nothing of yours here" in await evening.slash("Cleo", "rupture mine")


async def test_who_flagged_it_and_who_has_it_write_to_each_other_and_a_name_stays_held_back(evening: Evening) -> None:
    await ready(evening)
    await write(evening, "Cleo", "Ben")
    await evening.press("Cleo", "rupture.send")
    await evening.wait(minutes=61)
    await evening.slash("Ana", "rupture care")
    assert "on their way" in await fill_in(evening, "Ana", "rupture.write", {"words": "What would help?"})
    assert "@Ana writes to you" in told(evening, "Cleo") + evening.world.plain(await evening.slash("Cleo", "inbox"))
    assert "on their way" in await fill_in(evening, "Cleo", "rupture.write-back", {"words": "A pause."})
    answer = evening.world.plain(told(evening, "Ana") + await evening.slash("Ana", "inbox"))
    shown = answer[answer.index("Whoever wrote the flag") :]
    assert "> A pause." in shown
    assert "Cleo" not in shown


async def test_until_the_server_is_set_up_both_lanes_say_so_and_show_help(evening: Evening) -> None:
    await evening.make_circle("Cleo")
    await evening.press("Cleo", "rupture.begin")
    for lane in ("friction", "harm"):
        assert "can't be sent here yet" in await evening.press("Cleo", f"rupture.{lane}")
        assert "findahelpline.com" in told(evening, "Cleo")
    assert "for members of this circle" in await evening.press("Dan", "rupture.begin")


async def test_its_writer_and_who_has_it_write_to_each_other_and_a_name_held_back_stays_so(evening: Evening) -> None:
    await ready(evening, second=False)
    await write(evening, "Cleo")
    await evening.press("Cleo", "rupture.send")
    await evening.wait(minutes=61)
    await evening.slash("Ana", "rupture care")
    assert "on their way" in await fill_in(evening, "Ana", "rupture.write", {"words": "What did I miss?"})
    assert "> What did I miss?" in told(evening, "Cleo") + await evening.slash("Cleo", "inbox")
    assert "on their way" in await fill_in(evening, "Cleo", "rupture.write-back", {"words": "The end."})
    heard = evening.world.plain(await evening.slash("Ana", "inbox")) + told(evening, "Ana")
    assert "> The end." in heard
    assert "Whoever wrote the flag in Harbour writes to you; their name is held back" in heard
