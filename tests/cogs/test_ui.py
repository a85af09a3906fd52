"""The base of every button: what goes wrong becomes a sentence, and the log keeps nobody's words."""

import io
import logging
import re

import discord

from bot import logs, ui
from bot.words import LANGUAGES
from tests.cogs.evening import Evening


async def test_a_fault_becomes_a_sentence_with_a_reference_that_is_also_in_the_log(evening: Evening) -> None:
    written = io.StringIO()
    logs.begin("debug", written)
    await evening.make_circle("Ben")
    store = evening.world.bot.store
    (broken,) = [owner for owner in store.keyring.owners() if owner.startswith("circle:")]
    await store.keyring.destroy(broken)
    told = await evening.slash("Ben", "circle show")
    reference = re.search(r"the reference (\w{6})", told)
    assert reference
    assert f"fault {reference[1]}: KeyGone" in written.getvalue()
    assert "acts/circle.py" in written.getvalue()
    for secret in ("Harbour", "Ben", str(evening["Ben"].actor.id), broken):
        assert secret not in written.getvalue()


def test_the_log_leaves_out_routes_ids_tokens_and_what_a_fault_says() -> None:
    written = io.StringIO()
    logs.begin("debug", written)
    log = logging.getLogger("trellis.test")
    said = " ".join(["Ben", "said", "something"])
    log.warning("GET https://discord.com/api/v10/channels/123456789012345678/messages of 123456789012345678")
    try:
        raise ValueError(said)
    except ValueError:
        log.exception("round:abcdefghijklmnopqrstuv:spoke")
    told = written.getvalue()
    assert "ValueError" in told
    assert "test_ui.py" in told
    for secret in ("123456789012345678", "channels", "Ben said", "abcdefghijklmnopqrstuv"):
        assert secret not in told


async def test_a_button_of_an_earlier_time_is_answered_kindly(evening: Evening) -> None:
    garden, ben = evening.world.garden, evening["Ben"].actor
    old = {"type": 2, "style": 2, "label": "Old", "custom_id": "flower:abcdefghijklmnopqrstuv:water"}
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=garden.id)
    body = {"content": "from long ago", "components": [{"type": 1, "components": [old]}]}
    await evening.world.bot.http.request(route, json=body)
    message = garden.last_message
    assert message is not None
    pressed = await ben.click(message, label="Old")
    assert pressed.response is not None
    assert pressed.response.ephemeral
    assert "from an earlier time" in pressed.response.content


async def test_every_form_opens_in_every_language(evening: Evening) -> None:
    whole = [form for form in ui.FORMS.values() if not form.__subclasses__()]
    assert evening.world.bot.extensions
    assert len(whole) > 10
    for language in LANGUAGES:
        for form in whole:
            assert 0 < len(form("-", language).title) <= 45
