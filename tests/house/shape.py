"""Guards on size, names and shape. Each takes the root of a tree and returns the breaches found in it."""

import ast
import re
from pathlib import Path

from tests.house.tree import Source, defs, lines, sources

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
NINE_OF_TEN_FUNCTIONS = 30
MOST_POSITIONAL = 5
# Rooms whose folders are a list found by looking: the looking stands in their ``__init__``.
DISCOVERED = {"channels"}
FORBIDDEN_MODULES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "services",
    "service",
    "managers",
    "signals",
    "misc",
}
EMPTY_WORDS = {"util", "helper", "manager", "service", "common", "misc", "data", "info", "handle", "process", "do"}
# Words that say a thing was left for later; spelt apart, or this file would be caught by its own guard.
STUBS = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "raise NotImplemented" + "Error", "lorem " + "ipsum")))
BARE_IGNORE = re.compile(r"#\s*(type:\s*ignore|noqa)(?!\[|:\s*[A-Z])")


def long_files(root: Path) -> list[str]:
    """A file is at most 300 lines."""
    return [
        f"{source.name}: {length} lines, at most {LONGEST_FILE}"
        for source in sources(root, "src", "tests", "tools")
        if (length := len(source.text.splitlines())) > LONGEST_FILE
    ]


def long_functions(root: Path) -> list[str]:
    """A function is at most 60 lines, and nine of ten are at most 30."""
    found = [(lines(node), source.at(node, node.name)) for source in sources(root) for node in defs(source)]
    breaches = [
        f"{place}: {length} lines, at most {LONGEST_FUNCTION}" for length, place in found if length > LONGEST_FUNCTION
    ]
    lengths = sorted(length for length, _place in found)
    ninth = lengths[int(len(lengths) * 0.9)] if lengths else 0
    if ninth > NINE_OF_TEN_FUNCTIONS:
        breaches.append(f"nine of ten functions have up to {ninth} lines, at most {NINE_OF_TEN_FUNCTIONS}")
    return breaches


def many_positional(root: Path) -> list[str]:
    """A function takes at most five arguments by place; ``self`` and ``cls`` are not counted.

    Compiled passes are left out: they take bare arrays, and nothing by name.
    """
    breaches = []
    for source in sources(root):
        if source.name.startswith("src/kinmatch/kernels/"):
            continue
        for node in defs(source):
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            count = len([name for name in names if name not in {"self", "cls"}])
            if count > MOST_POSITIONAL:
                breaches.append(source.at(node, f"{node.name} takes {count} arguments by place"))
    return breaches


def rooms_without_words(root: Path) -> list[str]:
    """A room says in its ``__init__`` what it is for and what it refuses to know, and holds no code there."""
    breaches = []
    for path in sorted((root / "src/kinline").glob("*/__init__.py")):
        source = Source(root, path)
        if not ast.get_docstring(source.tree):
            breaches.append(f"{source.name}: no docstring")
        elif len(source.tree.body) > 1 and path.parent.name not in DISCOVERED:
            breaches.append(f"{source.name}: code in a room's __init__")
    return breaches


def files_without_words(root: Path) -> list[str]:
    """Every file with code says in its first line what it is."""
    return [
        f"{source.name}: no docstring"
        for source in sources(root)
        if source.tree.body and not ast.get_docstring(source.tree)
    ]


def empty_module_names(root: Path) -> list[str]:
    """What two rooms need belongs to a room below both, never to a drawer for everything."""
    return [
        f"{path.relative_to(root)}: a module of that name becomes a drawer"
        for path in sorted((root / "src").rglob("*"))
        if path.stem in FORBIDDEN_MODULES and (path.is_dir() or path.suffix == ".py")
    ]


def empty_words_in_names(root: Path) -> list[str]:
    """Names of functions and classes say what is done in the field's words."""
    breaches = []
    for source in sources(root, "src", "tools"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                for word in sorted(_words(node.name) & EMPTY_WORDS):
                    if not _is_the_frameworks(node, word):
                        breaches.append(source.at(node, f"{node.name} says {word!r}"))
    return breaches


def function_level_imports(root: Path) -> list[str]:
    """What a file needs stands at its head."""
    return [
        source.at(statement, f"import inside {node.name}")
        for source in sources(root, "src", "tests", "tools")
        for node in defs(source)
        for statement in ast.walk(node)
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]


def bare_ignores(root: Path) -> list[str]:
    """Whoever silences a checker names which of its findings."""
    return _lines_with(root, BARE_IGNORE, "an ignore without a code")


def stub_words(root: Path) -> list[str]:
    """Nothing is left for later."""
    return _lines_with(root, STUBS, "left for later")


def swallowed_errors(root: Path) -> list[str]:
    """An error that is caught is answered or written down."""
    return [
        source.at(node, "an error is caught and dropped")
        for source in sources(root)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body)
    ]


def mocks(root: Path) -> list[str]:
    """No mocks inside the house: a test that replaces our own code tests nothing."""
    return [
        source.at(node, "a mock")
        for source in sources(root, "tests")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom | ast.Import) and "mock" in ast.unparse(node).replace(".", " ").split()
    ]


def short_test_names(root: Path) -> list[str]:
    """A test's name is a sentence."""
    return [
        source.at(node, f"{node.name} is no sentence")
        for source in sources(root, "tests")
        for node in defs(source)
        if node.name.startswith("test_") and len(node.name.split("_")) < 4
    ]


def _lines_with(root: Path, pattern: re.Pattern[str], what: str) -> list[str]:
    texts = [path for folder in ("src", "tests", "tools") for path in sorted((root / folder).rglob("*"))]
    return [
        f"{path.relative_to(root)}:{number}: {what}"
        for path in texts
        if path.suffix in {".py", ".html", ".toml", ".css", ".js"} and "migrations" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def _words(name: str) -> set[str]:
    """
    >>> sorted(_words("load_dataInfo"))
    ['data', 'info', 'load']
    """
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def _is_the_frameworks(node: ast.AST, word: str) -> bool:
    """A class that the framework makes us derive carries the framework's word."""
    bases = getattr(node, "bases", [])
    return any(word in _words(ast.unparse(base).split("[")[0]) for base in bases)
