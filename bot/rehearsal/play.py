"""`trellis rehearse`: a story, played by the real bot in the terminal, offline."""

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from bot import logs
from bot.rehearsal.debrief import AfterAnAction
from bot.rehearsal.evening import Evening
from bot.rehearsal.first import FirstEvening
from bot.rehearsal.rupture import Rupture
from bot.rehearsal.session import WholeSession
from bot.rehearsal.slow import SlowCircle
from bot.rehearsal.telling import Telling
from bot.rehearsal.weeks import TenWeeks
from bot.rehearsal.world import NotAsExpected
from bot.words import say

STORIES: dict[str, type[Evening]] = {
    "first": FirstEvening,
    "session": WholeSession,
    "slow": SlowCircle,
    "weeks": TenWeeks,
    "rupture": Rupture,
    "debrief": AfterAnAction,
}


def main(options: argparse.Namespace) -> int:
    """Play the story; 1 when a step didn't come out as expected."""
    folder = Path(options.keep or tempfile.mkdtemp(prefix="trellis-rehearsal-"))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        print(say("rehearsal.folder_in_use", options.language, folder=folder), file=sys.stderr)
        return 1
    telling = Telling(options.language, quick=options.quick)
    try:
        with (folder / "trellis.log").open("w", encoding="utf-8") as log:
            logs.begin("debug", log)
            asyncio.run(STORIES[options.story](telling, folder, options.language).play())
        return 0
    except NotAsExpected as fault:
        telling.line("failed", step=telling.steps, fault=fault)
        return 1
    finally:
        if not options.keep:
            shutil.rmtree(folder)
