"""Files that survive a power cut: replaced whole, and settled on the disk."""

import errno
import os
from pathlib import Path


def replace_whole(path: Path, text: str) -> None:
    """Whoever reads sees the old file or the new one, also after a power cut. Raises OSError."""
    # Always the same name: what a killed write left behind is gone with the next one, and with it the keys in it.
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        with open(fresh, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    settle(path.parent)


def settle(folder: Path) -> None:
    """Make sure that what was made or renamed in this folder is on the disk. Raises OSError."""
    if os.name == "nt":
        return  # Windows can't open a folder to settle it
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network drives can't
            raise
    finally:
        os.close(handle)
