"""All that the bot sends to each person and to all, in a form in which two servers can be compared."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence

from .call import Call
from .errors import ApiError
from .model import Interaction, Json
from .server import Discord, Phase

ALL = "all"
DEFERRED, FORM = 5, 9
TOKEN = r"(?<![\w-])[\w-]{22}(?![\w-])"
SNOWFLAKE = r"(?<!\d)\d{17,20}(?!\d)"
WHICH_DM = r"(?<=-)[\w-]{2}(?=:(?:open|off|on|not)\b)"
MOMENT = r"<t:(\d+)(?=[:>])"
PEOPLE = r"<@[^>]+>(?:, <@[^>]+>)+"
WRITTEN_MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"
Place = tuple[str, int, int]  # whose, in answer to which press, in which channel; 0 for none


class Watch:
    """Each request of the bot that changes something: messages, edits, deletions, answers, forms, completions."""

    def __init__(self, discord: Discord) -> None:
        self.discord, self.began = discord, discord.now()
        self._came: dict[Place, list[str]] = defaultdict(list)
        discord.hooks.append(self._listen)

    def received(self, name: str, alike: Sequence[str] = ()) -> list[str]:
        """What came to this person in private, or to ALL who can see a place; press by press, place by place, in order.

        Names stand for people and places. A random token is a number, the same one wherever it comes again; what has
        another length or shape stays as it is. People named side by side have no order. A moment is in hours since the
        beginning. Whether an answer was deferred first depends on how busy the machine is, so it counts as the answer
        it becomes. People who are `alike` aren't told from one another: chance draws who of them comes first.
        """
        numbers: dict[str, str] = {}

        def number(found: re.Match[str]) -> str:
            return numbers.setdefault(found[0], f"#{len(numbers)}")

        def plain(text: str) -> str:
            for known, name in self._names.items():
                text = text.replace(str(known), name)
            for name in alike:
                text = text.replace(name, "one of them")
            text = re.sub(WHICH_DM, "??", re.sub(MOMENT, self._moment, text))
            text = re.sub(PEOPLE, lambda found: ", ".join(sorted(found[0].split(", "))), text)
            return re.sub(SNOWFLAKE, number, re.sub(TOKEN, number, re.sub(WRITTEN_MOMENT, "MOMENT", text)))

        return [plain(text) for place in sorted(self._came) if place[0] == name for text in self._came[place]]

    @property
    def _names(self) -> dict[int, str]:
        guild = self.discord.guild
        people = {known: person.name for known, person in self.discord.people.items()}
        return people | {known: place.name for known, place in guild.channels.items()} | {guild.id: guild.name}

    async def _listen(self, phase: Phase, call: Call) -> None:
        if phase == "before" and call.method != "GET" and not call.name.endswith("/commands"):
            asked = self.discord.interactions.get(call.parts.get("token", ""))
            body = call.body or {}
            if asked is None:
                self._came[self._audience(call), 0, int(call.parts.get("channel", 0))].append(
                    _written(call, call.name, body)
                )
            elif body.get("type") != DEFERRED:
                self._came[asked.user.name, asked.id, 0].append(_answered(call, asked, body))

    def _audience(self, call: Call) -> str:
        if call.route == "/users/@me/channels":
            return self.discord.user_by_id(int(call.body["recipient_id"])).name
        try:
            channel = call.channel()
        except ApiError:  # it is gone
            return ALL
        return channel.recipients[0].name if channel.is_dm else ALL

    def _moment(self, found: re.Match[str]) -> str:
        return f"<t:+{round((int(found[1]) - self.began) / 3600)}h"


def _answered(call: Call, asked: Interaction, body: Json) -> str:
    said = body.get("data") or body
    parts = {name: said.get(name) for name in ("content", "components", "title", "custom_id", "choices", "embeds")}
    return _written(call, f"{asked.what}: {'form' if body.get('type') == FORM else 'answer'}", parts)


def _written(call: Call, what: str, body: Json) -> str:
    places = {name: call.parts[name] for name in ("channel", "message", "user") if name in call.parts}
    files = [f"{name}: {content.decode()}" for name, content in call.files.values()]
    return "\n".join([what, json.dumps([places, body], ensure_ascii=False, sort_keys=True), *files])
