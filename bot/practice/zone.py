"""Time zones as people write them."""

import re
import unicodedata
from difflib import get_close_matches
from zoneinfo import available_timezones

from bot.practice.refusals import Refusal

MOST_SUGGESTED = 5
AKIN = 0.7  # of 1: how near a name must be to be suggested

_OFFSET = re.compile(r"(?:utc|gmt)?_?[+\-−]_?\d{1,2}(?::?\d{2})?")  # a number of hours; half the year it is another


def named_zone(given: str) -> str:
    """The zone that is meant, as its official name: by all of it, or by its city if there is one of that name.

    Raises Refusal with the nearest names when there is none.
    """
    zones = {_plain(zone): zone for zone in available_timezones()}
    wanted = _plain(given)
    if wanted in zones:
        return zones[wanted]
    if _OFFSET.fullmatch(wanted):
        raise Refusal("settings.zone_of_a_city")
    of_city = [zone for plain, zone in zones.items() if plain.rpartition("/")[2] == wanted]
    if len(of_city) == 1:
        return of_city[0]
    near = _near(wanted, zones)
    if near:
        raise Refusal("settings.unknown_zone", near=", ".join(near))
    raise Refusal("settings.no_zone_like_it")


def _near(wanted: str, zones: dict[str, str]) -> list[str]:
    """Zones of that city or region first, then those that are spelled alike."""
    cities: dict[str, list[str]] = {}
    for plain, zone in zones.items():
        cities.setdefault(plain.rpartition("/")[2], []).append(zone)
    held = sorted(zone for plain, zone in zones.items() if wanted and wanted in plain)
    alike = [zone for city in get_close_matches(wanted, cities, MOST_SUGGESTED, AKIN) for zone in sorted(cities[city])]
    alike += [zones[plain] for plain in get_close_matches(wanted, zones, MOST_SUGGESTED, AKIN)]
    return list(dict.fromkeys([*held, *alike]))[:MOST_SUGGESTED]


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", "_".join(name.split()).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
