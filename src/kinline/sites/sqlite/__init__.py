"""SQLite, set so that what was acknowledged is still there after a power cut.

Importing this package puts the pinned library in the place of the machine's own, which on Debian 12 has the
WAL-reset race ("can lose committed writes", 3.7.0 to 3.51.2). Django looks for ``sqlite3`` only afterwards.
"""

import importlib
import importlib.util
import sys

if importlib.util.find_spec("pysqlite3"):
    for name in ("", ".dbapi2"):
        sys.modules[f"sqlite3{name}"] = importlib.import_module(f"pysqlite3{name}")
