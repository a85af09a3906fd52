"""The unmodified bot, as a process of its own, on a strict Discord: a whole evening."""

from pathlib import Path

from .evening import EMERGENCY, SPEAKERS, Evening, everything_kept, new_discord
from .process import BotProcess, write_env

ROUNDS = 3


async def test_an_evening_from_an_empty_server_to_a_closed_circle(tmp_path: Path) -> None:
    async with new_discord() as discord:
        write_env(tmp_path, discord)
        async with BotProcess(discord, tmp_path) as bot:
            evening = Evening(discord, bot)
            await evening.set_up()
            await evening.make_circle()
            thread, _ = await evening.gather()
            await evening.begin(thread)
            names = await evening.pass_round(thread, ROUNDS * len(SPEAKERS))

            check_in, theme, check_out = (names[start : start + 5] for start in (0, 5, 10))
            assert check_in[0] == "Ana"
            assert sorted(check_in) == sorted(SPEAKERS)
            assert theme == check_in[1:] + check_in[:1]
            assert check_out == check_in[2:] + check_in[:2]
            shown = await evening.ana.slash("circle show", evening.garden)
            assert "1 session has been held" in shown.text
            assert EMERGENCY in (await evening.outsider.slash("help-now", evening.garden)).text
            assert await bot.stop() == 0
        assert discord.violations == []
        kept = everything_kept(tmp_path)
        for person in [*evening.people.values(), evening.outsider, evening.contact, evening.admin]:
            number = int(person.id)
            for shape in (str(number).encode(), number.to_bytes(8, "big"), number.to_bytes(8, "little")):
                assert shape not in kept
            assert person.name.encode() not in kept
        for words in ("Harbour", "after long days", EMERGENCY):
            assert words.encode() not in kept
