"""Carrying out what waits: once, and to nobody else's attention."""

from typing import Any

from tests.cogs.evening import Evening


def posted(evening: Evening) -> list[Any]:
    """The bodies of all messages the bot sent of its own, in order."""
    requests = evening.world.env.http_requests
    return [one.json for one in requests if one.method == "POST" and one.path.endswith("/messages")]


async def begun(evening: Evening) -> None:
    await evening.make_circle("Ben", "Cleo")
    await evening.gather("Ana", "Ben", "Cleo")
    await evening.begin()


async def test_every_message_carries_its_token_as_nonce_and_in_its_help_button(evening: Evening) -> None:
    await begun(evening)
    bodies = posted(evening)
    assert len(bodies) == 4
    for body in bodies:
        ids = [part["custom_id"] for row in body["components"] for part in row["components"]]
        assert body["enforce_nonce"] is True
        assert f"help:{body['nonce']}:now" in ids


async def test_only_the_speaker_is_pinged(evening: Evening) -> None:
    await begun(evening)
    await evening.press("Ana", "round.spoke")
    *others, first, second = posted(evening)
    assert [body["allowed_mentions"].get("users", []) for body in others] == [[], [], []]
    assert first["allowed_mentions"]["users"] == [evening["Ana"].actor.id]
    assert second["allowed_mentions"]["users"] == [evening[evening.speaker()].actor.id]


async def test_restarts_say_nothing_again(evening: Evening) -> None:
    await begun(evening)
    said, written = len(posted(evening)), evening.public()
    for _ in range(3):
        await evening.world.restart()
    assert len(posted(evening)) == said
    assert evening.public() == written


async def test_nothing_public_answers_an_interaction(evening: Evening) -> None:
    await begun(evening)
    answers: list[Any] = [one.json for one in evening.world.env.http_requests if one.path.endswith("/callback")]
    assert answers
    assert all(answer["data"]["flags"] & 64 for answer in answers if "data" in answer and answer["type"] == 4)
