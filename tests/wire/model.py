"""What this Discord knows: people, roles, channels, messages, interactions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .permissions import NOBODY, P

Json = dict[str, Any]

TEXT, DM, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 11, 12
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
DEFAULT, RECIPIENT_ADD, RECIPIENT_REMOVE, CHANNEL_NAME_CHANGE = 0, 1, 2, 4
BUTTON, LABEL, TEXT_DISPLAY = 2, 18, 10
SELECTS = frozenset({3, 5, 6, 7, 8})


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: P = NOBODY
    managed: bool = False
    mentionable: bool = False
    position: int = 1
    bot_id: int = 0


@dataclass(eq=False)
class User:
    id: int
    name: str
    locale: str = "en-US"
    roles: list[Role] = field(default_factory=list)
    bot: bool = False
    here: bool = True  # in the server
    dms_open: bool = True
    joined_at: float = 0.0

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"


@dataclass(eq=False)
class Guild:
    id: int
    name: str
    everyone: Role
    owner_id: int
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)  # threads too, DMs not


@dataclass(eq=False)
class Channel:
    id: int
    type: int
    name: str
    created: float
    parent: Channel | None = None
    topic: str | None = None
    overwrites: dict[int, tuple[P, P]] = field(default_factory=dict)  # role, person or server id -> allow, deny
    recipients: list[User] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    joined: dict[int, float] = field(default_factory=dict)  # thread members, and when they came
    owner_id: int = 0
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive: int = 4320
    slow: int = 0
    archive_at: float = 0.0
    sent: int = 0
    deleted: bool = False

    @property
    def is_dm(self) -> bool:
        return self.type == DM

    @property
    def is_thread(self) -> bool:
        return self.type in (PUBLIC_THREAD, PRIVATE_THREAD)

    @property
    def is_private(self) -> bool:
        return self.type == PRIVATE_THREAD

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component of a tree, from top to bottom."""
    for part in components:
        yield part
        yield from walk(part.get("components", []))
        for inner in ("accessory", "component"):
            if isinstance(part.get(inner), dict):
                yield from walk([part[inner]])


@dataclass(eq=False)
class Message:
    id: int
    channel: Channel
    author: User
    created: float
    content: str = ""
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    flags: int = 0
    type: int = DEFAULT
    nonce: str | None = None
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[Role] = field(default_factory=list)
    mention_everyone: bool = False
    reply_to: int | None = None
    only_for: User | None = None  # set for ephemeral messages
    interaction: Interaction | None = None
    edited: float | None = None
    deleted: bool = False

    @property
    def text(self) -> str:
        """All that can be read, in order: content, embeds, text displays."""
        parts = [self.content]
        for embed in self.embeds:
            parts += [str(embed.get(key, "")) for key in ("title", "description")]
            parts += [f"{one['name']}\n{one['value']}" for one in embed.get("fields", [])]
            parts.append(str(embed.get("footer", {}).get("text", "")))
        parts += [part["content"] for part in walk(self.components) if part["type"] == TEXT_DISPLAY]
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> list[Json]:
        return [part for part in walk(self.components) if part["type"] == BUTTON]

    @property
    def selects(self) -> list[Json]:
        return [part for part in walk(self.components) if part["type"] in SELECTS]

    @property
    def labels(self) -> list[str]:
        return [button.get("label", "") for button in self.buttons]

    @property
    def custom_ids(self) -> list[str]:
        return [part["custom_id"] for part in walk(self.components) if "custom_id" in part]

    def __repr__(self) -> str:
        who = f" for {self.only_for.name}" if self.only_for else ""
        return f"<{self.channel.name}{who} | {self.author.name}: {self.text!r} {self.labels}>"


@dataclass(eq=False)
class Form:
    """A modal somebody has open on their screen."""

    custom_id: str
    title: str
    components: list[Json]
    channel: Channel
    source: Message | None

    @property
    def text(self) -> str:
        return "\n".join(part["content"] for part in self.components if part["type"] == TEXT_DISPLAY)

    @property
    def fields(self) -> dict[str, Json]:
        """What can be filled in, by the label people read."""
        found: dict[str, Json] = {}
        for part in self.components:
            if part["type"] == LABEL:
                found[part["label"]] = part["component"]
            for child in part.get("components", []):
                found[child["label"]] = child
        return found


@dataclass(eq=False)
class Interaction:
    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    created: float
    what: str  # for messages to the reader of a test
    source: Message | None = None  # the message whose button was pressed
    answer: int | None = None  # type of the first answer
    original: Message | None = None
    modal: Form | None = None
    choices: list[Json] | None = None
    shown: list[Message] = field(default_factory=list)  # all that came back, follow-ups too
    dead: bool = False  # three seconds passed, or the bot died

    @property
    def waiting(self) -> bool:
        """Nothing yet, or only "thinking ..."."""
        return not self.dead and (self.answer is None or bool(self.original and self.original.flags & LOADING))


@dataclass(frozen=True)
class Sight:
    """One thing that came before somebody's eyes, as it was at that moment."""

    at: float
    channel: str
    message_id: int
    author: str
    text: str
    labels: tuple[str, ...]
    private: bool
    how: str  # "new", "edited", "found on entering"
