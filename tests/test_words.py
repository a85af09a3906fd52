"""What is said: nothing missing, nothing unused, nothing too long, and nothing a bot must not say."""

import re

import polib
import pytest

from bot.app import COGS
from bot.tellers import TELLERS
from bot.ui import BUTTONS, FORMS, MENUS
from bot.words import LANGUAGES, catalogue, language_of, say
from tests.code import identifiers, openings, pieces, strings

for cog in COGS:
    __import__(f"cogs.{cog}")

KEY = re.compile(r"[a-z_-]+(\.[a-z_-]*[a-z])+")
SLOT = re.compile(r"\{(\w+)\}")
COMMAND_NAME = re.compile(r"^[-_\w]{1,32}$")
LONGEST = {"button.": 80, "menu.": 100, "form.": 45, "command.": 100, "option.": 100, "choice.": 100}
LONGEST_HINT, LONGEST_MESSAGE, ROOM_FOR_A_SLOT = 100, 1900, 60
# The bot holds a frame: it doesn't feel, understand, stay, judge or promise, and is nobody who could say "I".
NEVER_SAID = {
    "en": r"""\bI\b  \bI'm\b  \bsorry\b  \bpromise(?!\ between\ people)  \btrust\ (me|us)\b  \bproud\b  \bwell\ done\b
        \b(here|there)\ for\ you\b
        \bunderstands?\ (you|how)\b  \bTrellis\ (feels|understands|cares|listens|knows\ how)\b  \byou\ should\ feel\b
        \bwe\ missed\ you\b  \bsomething\ went\ wrong\b  \bguild\b  \boops\b""",
    "es": r"""\byo\b  \b(lo|te)\ siento\b  \bte\ prometo\b  \bprometemos\b  \bconfía\ en\b  \borgullo
        \bestoy\ (aquí|contigo)\b  \b(te\ )?(entiendo|comprendo)\b  \bTrellis\ (siente|entiende|comprende|escucha)\b
        \bdeberías\ sentir\b  \bte\ echamos\ de\ menos\b  \balgo\ salió\ mal\b  \bvaya\b""",
}
SAID_BY_PEOPLE = ("button.", "menu.", "more.", "rehearsal.flag.")  # a person's own words


def entries(language: str) -> dict[str, list[str]]:
    """Every sentence by key, with all its plural forms."""
    return {
        entry.msgid: list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        for entry in catalogue(language)
    }


def slots(sentence: str) -> set[str]:
    return set(SLOT.findall(sentence))


def is_used(key: str) -> bool:
    if key in strings():
        return True
    for opening in openings():
        rest = key.removeprefix(opening)
        if "." in opening and rest != key:
            parts = rest.split(".")
            if all(part in pieces() | identifiers() for part in parts):
                return True
    return False


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things_with_the_same_slots(language: str) -> None:
    english, other = entries("en"), entries(language)
    assert other.keys() == english.keys()
    for key, forms in other.items():
        for form in forms:
            assert form.strip(), key
            assert slots(form) == slots(english[key][-1]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_counts_has_a_plural(language: str) -> None:
    assert [one.msgid for one in catalogue(language) if "{count}" in one.msgstr and not one.msgid_plural] == []


def test_every_sentence_is_said_somewhere() -> None:
    assert [key for key in entries("en") if not is_used(key)] == []


def test_nothing_is_said_for_which_there_are_no_words() -> None:
    words = entries("en").keys()
    rooms = {key.partition(".")[0] for key in words}
    labels = {*BUTTONS, *MENUS, *TELLERS}
    wanted = {text for text in strings() if KEY.fullmatch(text) and text.partition(".")[0] in rooms}
    assert sorted(wanted - words - labels) == []
    assert sorted(f"button.{name}" for name in BUTTONS if f"button.{name}" not in words) == []
    assert sorted(f"menu.{name}" for name in MENUS if f"menu.{name}" not in words) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_form_has_words_for_all_that_it_asks(language: str) -> None:
    for noun, form in FORMS.items():
        assert form("abcdefghijklmnopqrstuv", language).children, noun  # KeyError where words are missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_longer_than_discord_takes(language: str) -> None:
    for key, forms in entries(language).items():
        for form in forms:
            kind = next((prefix for prefix in LONGEST if key.startswith(prefix)), "")
            most = LONGEST_HINT if key.endswith(".hint") else LONGEST.get(kind, LONGEST_MESSAGE)
            assert len(form) + ROOM_FOR_A_SLOT * len(slots(form)) <= most, key
            if re.fullmatch(r"(command|option)\..+\.name", key):
                assert COMMAND_NAME.match(form), key
                assert form == form.lower(), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_claims_to_feel_understand_stay_or_judge(language: str) -> None:
    labels = {form for key, forms in entries(language).items() if key.startswith(SAID_BY_PEOPLE) for form in forms}
    for key, forms in entries(language).items():
        if not key.startswith(SAID_BY_PEOPLE):
            for form in forms:
                own = "".join(part for part in form.split("**") if part not in labels)
                said = [one for one in re.split(r"(?<!\\)\s+", NEVER_SAID[language]) if re.search(one, own)]
                assert said == [], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_names_commands_as_the_reader_has_them(language: str) -> None:
    words = entries(language)
    names = {
        tuple(key.split(".")[1:-1]): form[0] for key, form in words.items() if re.match(r"command\..+\.name$", key)
    }
    spoken = {"/" + " ".join(names[path[: depth + 1]] for depth in range(len(path))) for path in names}
    for key, forms in words.items():
        for form in forms:
            for command in re.findall(r"(?<![\w/])/[a-záéíóúñ][\w-]*(?: [\w-]+)?", form):
                assert command in spoken or command.split(" ")[0] in spoken, (key, command)


def test_the_words_people_are_asked_are_those_of_the_pattern() -> None:
    story = "Whose version of your story have you been required to carry? What's the version only you know?"
    assert say("story.questions", "en") == story
    asked = "What do you need to feel safe bringing to this space? What would it feel like if you were understood here?"
    assert say("agree.questions", "en") == asked


def test_plurals_are_right() -> None:
    assert "1 session has" in say("circle.held", "en", count=1)
    assert "0 sessions have" in say("circle.held", "en", count=0)
    assert "1 sesión" in say("circle.held", "es", count=1)
    assert "2 sesiones" in say("circle.held", "es", count=2)


def test_a_language_without_a_catalogue_reads_english() -> None:
    assert language_of("es-419") == "es"
    assert language_of("fr") == "en"
    assert language_of("en-GB") == "en"


def test_the_catalogues_are_whole_gettext() -> None:
    for language in LANGUAGES:
        assert isinstance(catalogue(language), polib.POFile)
        assert catalogue(language).untranslated_entries() == []
        assert catalogue(language).fuzzy_entries() == []
