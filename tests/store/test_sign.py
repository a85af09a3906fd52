"""Whose key sealed something: told by a sign, as long as there is that key."""

from pathlib import Path

from .test_keyring import opened, path

__all__ = ["path"]


async def test_a_sign_stands_for_its_owner_until_their_key_is_destroyed(path: Path) -> None:
    keyring = await opened(path, create=True)
    for owner in ("ana", "ben"):
        await keyring.make(owner)
    signs = {owner: keyring.sign(owner) for owner in ("ana", "ben")}
    assert len(set(signs.values())) == 2
    assert [keyring.signed_by(sign) for sign in signs.values()] == ["ana", "ben"]
    assert (await opened(path)).signed_by(signs["ben"]) == "ben"
    await keyring.destroy("ana")
    for later in (keyring, await opened(path)):
        assert [later.signed_by(sign) for sign in signs.values()] == [None, "ben"]
    await keyring.make("ana")
    assert keyring.signed_by(signs["ana"]) is None
    assert keyring.signed_by(keyring.sign("ana")) == "ana"
