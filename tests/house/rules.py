"""Guards on what the code may do: clock, states, relations, sources, settings."""

import ast
import re
from pathlib import Path

from tests.house.tree import Source, defs, dotted, sources

# Where the clock may be read: pages, channels, commands, the worker's tasks, and the sites themselves.
DOORS = {"desk", "public", "channels", "tasks"}
CLOCKS = {"now", "utcnow", "today", "localtime", "localdate", "time"}
CLOCK_OWNERS = {"datetime", "date", "timezone", "time"}
ONLY_WRITER = ("src/kinline/ledger/actions.py", "_move")  # what ``advance`` and ``advance_all`` share
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
ADDRESS = re.compile(r"(?i)https?://|--(extra-)?index-url|pythonhosted|registry=|\bpypi\b.*\.\w+/simple")
INSTALLED_FROM = ("requirements/*", "pyproject.toml", "Makefile", ".ci/run", "*.lock", "package*.json", ".npmrc")


def clock_readers(root: Path) -> list[str]:
    """Time comes in at the door: no room reads a clock."""
    return [
        source.at(node, f"reads the clock: {dotted(node.func)}()")
        for source in sources(root)
        if not _is_door(source)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and _reads_clock(node)
    ]


def days_of_greenwich(root: Path) -> list[str]:
    """The day is the bureau's: a moment's own ``.date()`` is Greenwich's, another day for hours every night."""
    return [
        source.at(node, "takes the day of a moment in UTC; timezone.localdate(moment) is the bureau's")
        for source in sources(root, "src/kinline")
        if source.room != "tables"  # cells of a spreadsheet: moments without a zone
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "date" and not node.args
    ]


def state_writers(root: Path) -> list[str]:
    """Only ``ledger.actions.advance`` and its like for many change a state."""
    breaches = []
    for source in sources(root):
        allowed = {
            id(inner) for node in defs(source) if (source.name, node.name) == ONLY_WRITER for inner in ast.walk(node)
        }
        breaches += [
            source.at(node, "changes a state; only ledger.actions.advance may")
            for node in ast.walk(source.tree)
            if id(node) not in allowed and _writes_state(node)
        ]
    return breaches


def reverse_relations(root: Path) -> list[str]:
    """A foreign key hides its way back: a reverse accessor is an upward import in disguise."""
    return [
        source.at(node, 'a relation without related_name="+"')
        for source in sources(root, "src/kinline")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in RELATIONS and not _is_hidden(node)
    ]


def rules_without_source(root: Path) -> list[str]:
    """Every rule of law names where it is written."""
    return [
        f"{source.name}: names no source"
        for source in sources(root, "src/kinrules/rules")
        if source.path.stem != "__init__" and "\nSource: " not in (ast.get_docstring(source.tree) or "")
    ]


def limits_without_source(root: Path) -> list[str]:
    """Every number of law or promise names where it is written and since when."""
    breaches = []
    for path in sorted((root / "src/kinrules/limits").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        if not re.search(r'^source\s*=\s*"\S', text, re.MULTILINE) or not re.search(r"^from\s*=", text, re.MULTILINE):
            breaches.append(f"{path.relative_to(root)}: names no source or no first day")
    return breaches


def settings_readers(root: Path) -> list[str]:
    """Rooms do not read settings: what they need is passed, or lies in ``kinline.keys``."""
    return [
        source.at(node, "reads settings")
        for source in sources(root)
        if source.room != "sites"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom | ast.Import) and _imports_settings(node)
    ]


def environment_readers(root: Path) -> list[str]:
    """The environment is read in ``sites`` alone."""
    return [
        source.at(node, "reads the environment")
        for source in sources(root)
        if source.room != "sites"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and dotted(node) in {"os.environ", "os.getenv", "os.environb"}
    ]


def registry_addresses(root: Path) -> list[str]:
    """What is installed names no place to install it from: the lock works wherever the packages are to be had."""
    return [
        f"{path.relative_to(root)}:{number}: an address of a registry"
        for pattern in INSTALLED_FROM
        for path in sorted(root.glob(pattern))
        if path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ADDRESS.search(line)
    ]


def unlocked_packages(root: Path) -> list[str]:
    """Every package of the lock is pinned and hashed."""
    breaches = []
    for path in sorted((root / "requirements").glob("*.txt")):
        for entry in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip()):
            if not re.match(r"[\w.\[\]-]+==", entry) or "--hash=sha256:" not in entry:
                breaches.append(f"{path.relative_to(root)}: {entry.splitlines()[0]} is not pinned and hashed")
    return breaches


def _is_door(source: Source) -> bool:
    parts = source.path.relative_to(source.root / "src").with_suffix("").parts
    return source.room == "sites" or bool(DOORS.intersection(parts))


def _reads_clock(call: ast.Call) -> bool:
    name = dotted(call.func)
    owner, _dot, verb = name.rpartition(".")
    if verb not in CLOCKS or owner.rpartition(".")[2] not in CLOCK_OWNERS:
        return False
    return verb not in {"localtime", "localdate"} or not (call.args or call.keywords)


def _writes_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(
            isinstance(inner, ast.Attribute) and inner.attr == "state" for target in targets for inner in _flat(target)
        )
    if isinstance(node, ast.Call):
        name = dotted(node.func) or getattr(node.func, "attr", "")
        if name == "setattr":
            return len(node.args) > 1 and ast.unparse(node.args[1]) == "'state'"
        called = node.func.attr if isinstance(node.func, ast.Attribute) else name
        if called == "bulk_update":
            return any(getattr(inner, "value", None) == "state" for inner in ast.walk(node))
        return called == "update" and any(keyword.arg == "state" for keyword in node.keywords)
    return False


def _flat(target: ast.expr) -> list[ast.expr]:
    return list(target.elts) if isinstance(target, ast.Tuple | ast.List) else [target]


def _is_hidden(call: ast.Call) -> bool:
    return any(keyword.arg == "related_name" and ast.unparse(keyword.value) == "'+'" for keyword in call.keywords)


def _imports_settings(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.startswith("django.conf") for alias in node.names)
    return node.module == "django.conf" or (node.module or "").endswith("sites.settings")
