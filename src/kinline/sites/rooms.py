"""The rooms, from the cellar up. A new room is added here and in the stairs of .importlinter."""

from importlib.util import find_spec

_ALL = (
    "ledger",
    "jobs",
    "tables",
    "staff",
    "correspondence",
    "evidence",
    "ui",
    "registry",
    "enquiries",
    "oversight",
    "matching",
    "disclosure",
    "intake",
    "imports",
    "worklists",
    "demo",
)
ROOMS = tuple(room for room in _ALL if find_spec(f"kinline.{room}"))
# Rooms with pages for staff, and rooms with pages for families.
WITH_DESK = ("worklists", "intake", "enquiries", "registry", "imports", "matching", "disclosure", "oversight")
WITH_PUBLIC = ("enquiries", "disclosure", "ui")
