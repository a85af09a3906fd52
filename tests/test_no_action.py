"""Of what a group did there is no place where anything could be kept, and no prompt that asks for it (D2.3, D2.4)."""

import ast
import dataclasses
import re

import discord
import pytest
from discord import app_commands

from bot.practice import events
from bot.practice.debrief import COLD_PROMPTS, HOT_PROMPTS, DebriefPlan
from bot.practice.session import Session
from bot.store.tables import metadata
from bot.words import LANGUAGES, catalogue, say
from cogs.debrief import aftercare, opening, planning, saying  # noqa: F401
from cogs.debrief.group import group
from tests.code import ROOT, sources

ABOUT_AN_ACTION = {
    "action", "actions", "what", "where", "when", "who", "why", "title", "topic", "subject", "about", "place",
    "location", "target", "description", "details", "note", "notes", "name", "label", "tag", "event", "reason",
    "outcome", "incident", "happened", "police", "arrest", "date", "text", "words", "body", "summary", "group",
    "participants", "attendance",
}  # fmt: skip
OF_A_PLAN = {
    "id", "token", "circle_id", "number", "hot", "holder_id", "days", "following", "told", "moment", "said", "line_id",
    "line_channel_id", "version",
}  # fmt: skip
OF_THE_CIRCLE = {"debrief_days", "debriefs_count", "debriefs", "debriefs_held", "debriefs_counted"}
OPTIONS = {"plan": {"circle", "first"}, "open": {"circle", "kind"}, "clear": {"circle"}}
DEBRIEFS = [ROOT / "bot" / "practice" / "debrief.py", *(ROOT / "cogs" / "debrief").glob("*.py")]
DEBRIEFS += [
    ROOT / "bot" / "acts" / f"{name}.py" for name in ("debrief", "debrief_line", "sitting", "clearing", "aftercare")
]
NEUTRAL = {
    "kind", "circle", "token", "language", "number", "hot", "cold", "channel", "mark", "message",
    "after", "person", "plan",
    "at", "of", "session", "not_before",
}  # fmt: skip
PROMPTS = [*HOT_PROMPTS, *COLD_PROMPTS]
NEVER_ASKED = {
    "en": r"what happened|what did you do|what was done|\bwhy\b|\bmust\b|\bshould\b|have to (say|tell|share)|tell us"
          r"|name (who|the)|who did|confess|admit|guilt|regret|fault|blame|mistake|what went wrong|\bplans?\b"
          r"|\baction\b|police|arrest|prevent|protects? (you|from)|heals?\b|cure|trauma",
    "es": r"qu[eé] (pas|ocurri|sucedi|hicis)|por qu[eé]|\bdeb(es|en|e|ería[sn]?)\b|tienes que|hay que"
          r"|cu[eé]nta(nos|lo)|confies|admit|culpa|arrepent|error|sal(ió|ieron) mal|qui[eé]n (hizo|lo hizo)"
          r"|\bplan(es)?\b|\bacci[oó]n|polic|deten|previen|evita|proteg|\bcura|\bsana|trauma",
}  # fmt: skip
PROMISES = {
    "en": r"prevents? |protects? you|will heal|heals? you|cures? |works against|so that you don't get|safe space",
    "es": r"previene|te protege|sanará|te cura|evita el trauma|espacio seguro",
}


def parts(name: str) -> set[str]:
    """The words of a name in the code."""
    return set(name.lower().split("_"))


def test_a_planned_debrief_has_its_times_its_number_and_no_other_column() -> None:
    assert {column.name for column in metadata.tables["debrief_plan"].columns} == OF_A_PLAN
    assert {field.name for field in dataclasses.fields(DebriefPlan)} == OF_A_PLAN
    assert {name for name in metadata.tables if "debrief" in name} == {"debrief_plan"}
    columns = {column.name for column in metadata.tables["circle"].columns}
    assert {name for name in columns if "debrief" in name} == OF_THE_CIRCLE


def test_a_sitting_keeps_no_words() -> None:
    session = metadata.tables["session"]
    assert {column.name for column in session.columns if parts(column.name) & ABOUT_AN_ACTION} == set()
    assert {field.name for field in dataclasses.fields(Session) if parts(field.name) & ABOUT_AN_ACTION} == set()
    assert {column.name for column in session.columns if column.name.endswith("words_id")} == set()


def test_its_commands_ask_for_the_circle_a_time_and_hot_or_cold_and_nothing_else() -> None:
    asked = {
        command.name: {option.name for option in command.parameters}
        for command in group.walk_commands()
        if isinstance(command, app_commands.Command)
    }
    assert asked == OPTIONS
    for command in group.walk_commands():
        assert isinstance(command, app_commands.Command)
        for option in command.parameters:
            if option.name == "kind":
                assert [choice.value for choice in option.choices] == ["hot", "cold"]
            assert option.type is discord.AppCommandOptionType.string


@pytest.mark.parametrize("path", DEBRIEFS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_form_and_no_log_line_is_anywhere_near_a_debrief(path: object) -> None:
    tree = next(tree for known, tree in sources().items() if known == path)
    for node in ast.walk(tree):
        told = ast.unparse(node) if isinstance(node, ast.Attribute | ast.Name) else ""
        assert not re.search(r"Modal|TextInput|ui\.Form|\blog\b|logging|logger|words\.(keep|wrap)|print", told), told


def test_what_waits_of_a_debrief_has_neutral_facts_only() -> None:
    for path in DEBRIEFS:
        for node in ast.walk(sources()[path]):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("waiting.write", "debrief_line.say")):
                given = {keyword.arg for keyword in node.keywords if keyword.arg}
                assert given <= NEUTRAL, (path.name, given - NEUTRAL)


def test_no_event_of_the_practice_says_what_was_done() -> None:
    for event in vars(events).values():
        if dataclasses.is_dataclass(event):
            for field in dataclasses.fields(event):
                assert not parts(field.name) & ABOUT_AN_ACTION, (event, field.name)


def test_a_line_about_a_debrief_has_no_slot_for_anything_but_its_number_and_its_times() -> None:
    allowed = {
        "number", "name", "at", "hot", "cold", "days", "count", "channel", "clock", "zone", "holder", "readers",
        "threads", "fewest", "most", "day", "here", "you",  # who is in the thread by now, as at any arrival
    }  # fmt: skip
    for language in LANGUAGES:
        for entry in catalogue(language):
            if entry.msgid.startswith("debrief."):
                text = entry.msgstr or " ".join(entry.msgstr_plural.values())
                assert set(re.findall(r"{(\w+)", text)) <= allowed, entry.msgid


@pytest.mark.parametrize("language", sorted(NEVER_ASKED))
@pytest.mark.parametrize("prompt", PROMPTS)
def test_no_prompt_asks_for_a_story_a_reason_a_name_or_a_confession(prompt: str, language: str) -> None:
    said = say(prompt, language)
    assert said != prompt
    assert re.search(NEVER_ASKED[language], said, re.IGNORECASE) is None
    assert len(said) <= 220


@pytest.mark.parametrize("language", sorted(PROMISES))
def test_nothing_said_of_debriefs_promises_that_they_prevent_anything(language: str) -> None:
    for entry in catalogue(language):
        if entry.msgid.split(".")[0] in {"debrief", "hot", "cold", "command"} and "debrief" in entry.msgid:
            text = entry.msgstr or " ".join(entry.msgstr_plural.values())
            assert re.search(PROMISES[language], text, re.IGNORECASE) is None, entry.msgid


@pytest.mark.parametrize(("language", "conscience", "nothing_wrong"), [
    ("en", "conscience", "not something wrong with you"), ("es", "conciencia", "no es que algo esté mal en ti"),
])  # fmt: skip
def test_conscience_is_spoken_of_in_one_cold_prompt_which_asks_nobody_to_say_what(
    language: str, conscience: str, nothing_wrong: str
) -> None:
    assert [key for key in PROMPTS if conscience in say(key, language)] == ["cold.conscience"]
    assert PROMPTS.count("cold.conscience") == 1
    assert nothing_wrong in say("cold.conscience", language)


@pytest.mark.parametrize(("language", "needles"), [
    ("en", ["no legal advice", "names", "places", "plans", "injuries, arrests", "photos", "{readers}", "can't read"]),
    ("es", ["asesor", "nombres", "lugares", "planes", "heridas", "fotos", "{readers}", "no puede leer"]),
])  # fmt: skip
def test_the_caution_says_what_is_left_out_and_that_nobody_reads_along(language: str, needles: list[str]) -> None:
    (caution,) = [entry.msgstr for entry in catalogue(language) if entry.msgid == "debrief.caution"]
    assert [needle for needle in needles if needle not in caution] == []
