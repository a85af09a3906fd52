"""`trellis rehearse`: the whole evening, and what it says when something isn't as it should be."""

import re
from collections import Counter
from pathlib import Path
from typing import Any, cast

import pytest

from bot.acts.rupture import passing
from bot.acts.rupture.keeping import Kept, standing
from bot.cli import main
from bot.rehearsal.debrief import SILENT, AfterAnAction
from bot.rehearsal.evening import Evening
from bot.rehearsal.search import search
from bot.rehearsal.world import Sight
from bot.store.unit import Unit


@pytest.mark.parametrize(
    ("story", "language", "said"),
    [("first", "en", "None of"), ("first", "es", "Ninguno de los"), ("session", "es", "Ninguno de los"),
     ("slow", "en", "None of"), ("weeks", "en", "None of"), ("rupture", "es", "Ninguno de los"),
     ("debrief", "en", "No message differs."), ("debrief", "es", "Ningún mensaje es distinto.")],
)  # fmt: skip
def test_a_story_is_played_to_its_end(
    tmp_path: Path, story: str, language: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    assert main(["rehearse", "--story", story, "--quick", "--language", language, "--keep", str(kept)]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert said in told
    assert "Amalia" in told
    assert {path.name for path in kept.iterdir()} >= {"trellis.db", "trellis.db.keyring", "trellis.log"}


def test_a_rupture_leaves_the_view_of_whoever_is_kept_out_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rehearse", "--story", "rupture", "--quick"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    steps = len(re.findall(r"Benedikt sees just what he sees without the flag", told))
    assert steps > 45
    alike = re.search(r"At each of (\d+) steps .* All (\d+) sights .* all alike", told)
    assert alike
    assert int(alike[1]) >= steps
    assert int(alike[2]) > int(alike[1])
    assert "not one has changed, come or gone" in told
    assert re.search(r"1\. first @(Amalia|Damaris) .* @Noriko, outside of this circle", told)


def test_a_rupture_that_shows_to_whoever_is_kept_out_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tell = passing.tell

    async def tell_all(unit: Unit, kept: Kept, person_id: str, kind: str, **facts: Any) -> None:
        for facilitator in (await standing(unit, kept.flag.circle_id)).facilitators if kind == "rupture.care" else ():
            await tell(unit, kept, facilitator, "rupture.over")
        await tell(unit, kept, person_id, kind, **facts)

    monkeypatch.setattr("bot.acts.rupture.passing.tell", tell_all)
    assert main(["rehearse", "--story", "rupture", "--quick"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert re.search(r"did not come out as expected: Benedikt saw .*where, without the flag, he sees", told)


def test_a_folder_in_use_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").touch()
    assert main(["rehearse", "--quick", "--keep", str(tmp_path)]) == 1
    assert "isn't empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_step_that_does_not_come_out_as_expected_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.rehearsal.first.FirstEvening.names", ("Amalia", "Benedikt"))
    assert main(["rehearse", "--quick"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert re.search(r"Step \d+ did not come out as expected", told)
    assert "a round needs three" in told


def test_one_message_that_differs_for_the_one_who_never_answers_ends_the_rehearsal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Sight("#garden", "Somebody hasn't come.")

    async def play_nothing(evening: Evening) -> None:
        looks = cast(AfterAnAction, evening).looks
        looks.append(Counter() if SILENT not in evening.names else Counter([("Amalia", "new", told)]))

    monkeypatch.setattr(Evening, "play", play_nothing)
    assert main(["rehearse", "--story", "debrief", "--quick"]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "somebody could tell that Damaris is there" in said
    assert told.text in said


@pytest.mark.parametrize("shape", ["text", "big-endian", "little-endian"])
def test_what_must_not_be_there_is_found_in_every_shape(tmp_path: Path, shape: str) -> None:
    number = 213456789012345678
    planted = {"text": str(number).encode(), "big-endian": number.to_bytes(8, "big"),
               "little-endian": number.to_bytes(8, "little")}[shape]  # fmt: skip
    (tmp_path / "a").write_bytes(b"..." + planted + b"...")
    (tmp_path / "b").write_bytes(b"nothing")
    found, searched = search(tmp_path, ["a word"], [number])
    assert [(find.file, find.shape) for find in found] == [("a", shape)]
    assert [name for name, _ in searched] == ["a", "b"]
