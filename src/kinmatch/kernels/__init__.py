"""The compiled half of the engine: loops over arrays, made into machine code once and kept on disk.

Compiling takes some twenty seconds, which nobody may wait for at a desk: ``kinmatch.warming`` does it at installation
or in the worker. The loops take bare arrays, many at a time: passing what belongs together as one thing costs more
than the loop's own work.
"""

import os
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from numba.core import config

from kinmatch.form import FIELDS

HERE = Path(__file__).parent


def source_digest() -> str:
    """Return the digest of all compiled source, and of the facts it is compiled for."""
    digest = sha256(" ".join(FIELDS).encode())
    for path in sorted(HERE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def machine_code() -> Path:
    """Return the folder of the machine code made of exactly this source.

    It lies beside the source, or in the home folder where that may not be written, or, where neither may, in a new
    folder of this process alone, which then compiles for itself. numba looks only at the file a function stands in; a
    change in another file that it calls would go unseen.
    """
    for home in (HERE / "__pycache__", Path.home() / ".cache" / "kinmatch"):
        with suppress(OSError):
            home.mkdir(parents=True, exist_ok=True)
        if os.access(home, os.W_OK):
            return home / source_digest()[:16]
    return Path(mkdtemp(prefix="kinmatch-"))


# numba reads its settings from a module of its own when a loop is first met.
vars(config).setdefault("CACHE_DIR", "")
config.__dict__["CACHE_DIR"] = config.__dict__["CACHE_DIR"] or str(machine_code())
