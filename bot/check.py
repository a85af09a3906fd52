"""`trellis check`: every fault at once, each with its cure."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import discord

from bot.app import PERMISSIONS, lacking
from bot.settings import Settings, read
from bot.store.keyring import AnotherKeyring, Keyring, KeyringFault, KeyringMissing
from bot.store.recognising import StoreDown, WrongPepper, mark_of, pepper_fits

MOST_SERVERS = 200
OUR_SCOPES = ("bot", "applications.commands")


async def report(folder: Path, environ: Mapping[str, str]) -> int:
    """Look at settings, database, keyring, token, intents and permissions; print every fault with its cure.

    Returns 1 if anything is wrong, else 0. Changes nothing.
    """
    settings, faults = read(folder, environ)
    if settings.database_url and settings.key:
        faults += await _look_at_store(settings)
    if settings.token:
        faults += await _look_at_discord(settings.token)
    if not faults:
        print("Everything is in its place. Start with: trellis run")
        return 0
    print("This has to be put right first:", *(f"- {fault}" for fault in faults), sep="\n")
    return 1


async def _look_at_store(settings: Settings) -> list[str]:
    faults = []
    mark = None
    place = Path(settings.database_url.partition(":///")[2])
    if settings.database_url.startswith("sqlite") and not _can_write(place):
        faults.append(f"The database {place} can't be written by this account. Give it the right to, or change it.")
    try:
        mark = await mark_of(settings.database_url)
    except StoreDown:
        faults.append("The database doesn't answer. Is it running, and is DATABASE_URL right?")
    keyring = Keyring(settings.keyring, settings.key)
    try:
        await keyring.open_if_there()
        if mark and not settings.keyring.exists():
            raise KeyringMissing(settings.keyring)
        if mark and keyring.mark != mark:
            raise AnotherKeyring(settings.keyring)
        peppers = [settings.pepper, keyring.coming_pepper] if mark else []
        if mark and not await pepper_fits(settings.database_url, *(pepper for pepper in peppers if pepper)):
            raise WrongPepper(settings.keyring)
    except KeyringFault as fault:
        faults.append(str(fault))
    except OSError:
        faults.append(f"The keyring {settings.keyring} can't be read by this account. Give it the right to.")
    return faults


def _can_write(place: Path) -> bool:
    there = next(path for path in (place, *place.absolute().parents) if path.exists())
    return (there == place or there.is_dir()) and os.access(there, os.W_OK)


async def _look_at_discord(token: str) -> list[str]:
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(token)
            return await _look_at_servers(client)
        except discord.LoginFailure:
            return ["Discord doesn't accept DISCORD_TOKEN. Copy it anew from the developer portal into .env."]
        except (discord.HTTPException, OSError, TimeoutError):
            return ["Discord can't be reached. Is this machine online? Try again in a minute."]


async def _look_at_servers(client: discord.Client) -> list[str]:
    application = await client.application_info()
    link = discord.utils.oauth_url(application.id, permissions=PERMISSIONS, scopes=OUR_SCOPES)
    print(f"To invite Trellis, with exactly the permissions it needs:\n{link}\n")
    faults = [f"The developer portal allows the intent {name}. Trellis never asks for it: switch it off."
              for name in _privileged(application)]  # fmt: skip
    for server in await _servers(client):
        held = discord.Permissions(int(server["permissions"]))
        if not held.administrator and not held.is_superset(PERMISSIONS):
            lacks = ", ".join(lacking(held))
            faults.append(f"In the server {server['name']} Trellis lacks: {lacks}. Give its role these permissions.")
    return faults


async def _servers(client: discord.Client) -> list[Any]:
    try:
        return list(await client.http.get_guilds(MOST_SERVERS, with_counts=False))
    except discord.NotFound:
        return []


def _privileged(application: discord.AppInfo) -> list[str]:
    flags = application.flags
    granted = {
        "Presence": flags.gateway_presence or flags.gateway_presence_limited,
        "Server Members": flags.gateway_guild_members or flags.gateway_guild_members_limited,
        "Message Content": flags.gateway_message_content or flags.gateway_message_content_limited,
    }
    return [name for name, on in granted.items() if on]
