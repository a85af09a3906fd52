"""Seal, open, shred: the only door to `cryptography`. It knows keys and bytes, never whose they are.

To shred is to throw a key away (`bot/store/keyring.py`): what it sealed can't be opened by anyone any more.
A sealed thing is one version byte, 12 random bytes (the nonce) and AES-256-GCM's ciphertext with its 16-byte tag.
"""

import hashlib
import hmac
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
TOKEN_BYTES = 16  # 128 bits become 22 characters; a Discord nonce holds 25
LENGTH_BYTES = 4

_PLAIN = b"\x01"
_PADDED = b"\x02"


class Unopenable(Exception):
    """This key doesn't open this: another key, another row, a changed byte. Why is not said (promise 7)."""


def new_key() -> bytes:
    """32 random bytes: a data key, a pepper or a master key."""
    return secrets.token_bytes(KEY_BYTES)


def new_token() -> str:
    """22 characters of A-Z, a-z, 0-9, - and _ with 128 random bits: a name that shows no order and no gaps."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def seal(key: bytes, words: bytes, bound_to: str) -> bytes:
    """Seal `words` so that only `key` opens them, and only in the place `bound_to` names (table, column, row).

    The result is 29 bytes longer than `words`. Raises ValueError if the key hasn't 32 bytes (promise 7).
    """
    return _seal(_PLAIN, key, words, bound_to)


def open_sealed(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """The words that `seal` sealed. Raises Unopenable whatever the reason (promises 7 and 8)."""
    return _open(_PLAIN, key, sealed, bound_to)


def seal_padded(key: bytes, words: bytes, bound_to: str, block: int = 512) -> bytes:
    """Like `seal`, filled up to whole blocks of `block` bytes, so that rows look alike in length (promise 5).

    Words of up to `block` - 4 bytes fill one block. Raises ValueError if the key hasn't 32 bytes or a block none.
    """
    if block < 1:
        raise ValueError("a block has at least one byte")
    told = len(words).to_bytes(LENGTH_BYTES) + words
    return _seal(_PADDED, key, told + bytes(-len(told) % block), bound_to)


def open_padded(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """The words that `seal_padded` sealed, without the filling. Raises Unopenable whatever the reason."""
    told = _open(_PADDED, key, sealed, bound_to)
    length = int.from_bytes(told[:LENGTH_BYTES])
    return told[LENGTH_BYTES : LENGTH_BYTES + length]


def keyed_hash(pepper: bytes, *parts: str | int) -> bytes:
    """32 bytes (HMAC-SHA256) to find a row by without showing what it is about: ("ab", "c") is never ("a", "bc").

    The text "1" and the number 1 differ too. Raises ValueError if the pepper is empty (promise 7).
    """
    if not pepper:
        raise ValueError("without a pepper anybody could make this hash")
    return hmac.new(pepper, b"".join(_unmistakable(part) for part in parts), hashlib.sha256).digest()


def _unmistakable(part: str | int) -> bytes:
    kind = b"i" if isinstance(part, int) else b"s"
    # JSON may carry half a surrogate pair, which is a name like any other.
    written = str(int(part) if isinstance(part, int) else part).encode("utf-8", "surrogatepass")
    return kind + len(written).to_bytes(8) + written


def _seal(version: bytes, key: bytes, words: bytes, bound_to: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return version + nonce + _cipher(key).encrypt(nonce, words, _binding(version, bound_to))


def _open(version: bytes, key: bytes, sealed: bytes, bound_to: str) -> bytes:
    if sealed[:1] != version:
        raise Unopenable
    nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return _cipher(key).decrypt(nonce, ciphertext, _binding(version, bound_to))
    except (InvalidTag, ValueError):
        raise Unopenable from None


def _binding(version: bytes, bound_to: str) -> bytes:
    return version + bound_to.encode()


def _cipher(key: bytes) -> AESGCM:
    # AESGCM would quietly take 16 or 24 bytes as well.
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    return AESGCM(key)
