"""The compiled half of the engine: loops over arrays, made into machine code once and kept on disk.

Compiling takes some twenty seconds, which nobody may wait for at a desk: ``kinmatch.warming`` does it at installation
or in the worker. The loops take bare arrays, many at a time: passing what belongs together as one thing costs more
than the loop's own work.
"""

import os
from hashlib import sha256
from pathlib import Path

from numba.core import config

from kinmatch.form import FIELDS

HERE = Path(__file__).parent


def source_digest() -> str:
    """Return the digest of all compiled source, and of the facts it is compiled for."""
    digest = sha256(" ".join(FIELDS).encode())
    for path in sorted(HERE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def machine_code() -> Path:
    """Return the folder of the machine code made of exactly this source.

    numba looks only at the file a function stands in; a change in another file that it calls would go unseen.
    """
    beside = HERE / "__pycache__"
    if os.access(HERE, os.W_OK):
        beside.mkdir(exist_ok=True)
    home = beside if os.access(beside, os.W_OK) else Path.home() / ".cache" / "kinmatch"
    return home / source_digest()[:16]


# numba reads its settings from a module of its own when a loop is first met.
vars(config).setdefault("CACHE_DIR", "")
config.__dict__["CACHE_DIR"] = config.__dict__["CACHE_DIR"] or str(machine_code())
