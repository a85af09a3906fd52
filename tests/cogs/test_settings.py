"""What a circle has set, and a role that was deleted."""

import discord

from tests.cogs.evening import Evening


def delete_the_role(evening: Evening) -> None:
    evening.world.env.backend.delete_role(evening.world.guild.id, evening.role.id)


async def test_settings_say_what_is_set_and_only_facilitators_change_it(evening: Evening) -> None:
    await evening.make_circle("Ben")
    told = await evening.slash("Ana", "circle settings")
    assert "Public messages are in English" in told
    assert "7 days" in told
    assert "Europe/Madrid" in told
    assert "Meet in this channel" not in told
    assert "for those who facilitate" in await evening.slash("Ben", "circle settings")


async def test_another_language_changes_the_card(evening: Evening) -> None:
    await evening.make_circle()
    await evening.slash("Ana", "circle settings")
    told = await evening.world.choose(evening["Ana"], "settings.language", "es")
    assert "everyone who can see the channel reads that" in told
    (card,) = [sight for sight in evening.sees("Ben") if "Pedir entrar" in sight.labels]
    assert "Este círculo se reúne aquí" in card.text


async def test_days_and_zone_are_changed_for_what_comes(evening: Evening) -> None:
    await evening.make_circle()
    await evening.slash("Ana", "circle settings")
    assert "deleted 1 day after" in await evening.world.choose(evening["Ana"], "settings.days", "1")
    form = await evening.world.open_form(evening["Ana"], "settings.zone")
    await evening.world.restart()
    assert "Europe/Berlin" in await evening.world.hand_in(evening["Ana"], form, {"zone": "Berlin"})
    assert "Nothing was changed" in await evening.world.fill_in(evening["Ana"], "settings.zone", {"zone": "@everyone"})
    assert "is America/New_York now" in await evening.world.fill_in(
        evening["Ana"], "settings.zone", {"zone": "america/new york"}
    )
    told = await evening.slash("Ana", "circle settings")
    assert "1 day after" in told
    assert "America/New_York" in told


async def test_a_circle_moves_to_another_channel_with_its_card(evening: Evening) -> None:
    await evening.make_circle("Ben")
    old, new = evening.world.garden, evening.world.guild.create_text_channel("quay")
    evening.world.garden = new
    await evening.slash("Ana", "circle settings", circle="Harbour")
    assert "Its card is on its way there" in await evening.press("Ana", "settings.move")
    assert [sight.labels[0] for sight in evening.sees("Ben") if not sight.private] == ["Ask to join"]
    assert [message for message in old.history(viewer=evening["Ben"].actor) if not message.flags.ephemeral] == []
    assert "meets in this channel already" in await evening.press("Ana", "settings.move")


async def test_a_circle_does_not_move_from_under_a_session_nor_to_where_it_can_not_meet(evening: Evening) -> None:
    await evening.make_circle("Ben")
    await evening.slash("Ana", "circle open")
    bot = evening.world.guild.roles["Trellis"]
    shut = evening.world.guild.create_text_channel(
        "shut", overwrites={bot: discord.PermissionOverwrite(create_private_threads=False)}
    )
    old, evening.world.garden = evening.world.garden, shut
    assert "Meet in this channel" not in await evening.slash("Ana", "circle settings", circle="Harbour")
    evening.world.garden = evening.world.guild.create_text_channel("quay")
    await evening.slash("Ana", "circle settings", circle="Harbour")
    assert "close it first" in await evening.press("Ana", "settings.move")
    evening.world.env.backend.delete_channel(old.id)
    assert "Its card is on its way there" in await evening.press("Ana", "settings.move")
    await evening.slash("Ana", "inbox")
    assert "A new thread is on its way" in await evening.press("Ana", "session.new-thread")
    assert [thread.name for thread in evening.world.garden.threads] == ["circle 1"]


async def test_a_role_that_was_deleted_is_named_as_missing(evening: Evening) -> None:
    await evening.set_up()
    delete_the_role(evening)
    assert "role was deleted" in await evening.slash("Mara", "trellis setup")
    assert "was deleted in Discord" in await evening.slash("Ana", "circle create", name="Harbour")
