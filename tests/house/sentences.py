"""Guards on what people read: every sentence marked, whole, and translated."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from kinline.intake import scripts
from tests.house.tree import sources
from tools import messages

# Whole parts of a template in which words are either marked or not meant for people.
MARKED = re.compile(r"{%\s*(blocktrans(?:late)?)\b.*?%}.*?{%\s*end\1\s*%}", re.DOTALL)
# A block that holds one small word hands a value to an attribute of the page below; what people read begins large.
UNREAD = re.compile(
    r"{%\s*block\s+\w+\s*%}[a-z][a-z0-9_-]*{%\s*endblock[^%]*%}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->|<(style|script)\b.*?</\1>|{%.*?%}|{{.*?}}|<!doctype.*?>",
    re.DOTALL | re.IGNORECASE,
)
SPOKEN_ATTRIBUTE = re.compile(r'\b(alt|title|placeholder|aria-label|aria-description|label)\s*=\s*"([^"]*)"')
TAG = re.compile(r"<[^<>]*>", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Not words of any language: our own name, and each language's name in itself.
SAME_EVERYWHERE = {"Kinline", "Українська", "Русский", "English"}
# A person's name inside a Ukrainian or Russian sentence would need its case ending, which no machine knows.
NAMING = {"person", "surname", "given_name", "patronymic", "officer", "sought", "relative", "enquirer", "who"}
PLACEHOLDER = re.compile(r"%\((\w+)\)s|{(\w+)}")
# In what people follow step by step, stars stand around what is read on a page, and around nothing else.
QUOTED = re.compile(r"(?<![*\w])\*{1,2}(?=[^\s*])([^*]+)\*{1,2}")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
REFUSING = {"channels", "intake"}
BLAMING = re.compile(r"\binvalid\b|недійсн|невалідн|некоректн|некорректн|недействительн|невалидн", re.IGNORECASE)


def unmarked_sentences(root: Path) -> list[str]:
    """Every word a person reads in a template is marked for translation."""
    return [
        f"{path.relative_to(root)}: not marked: {words!r}"
        for path in sorted((root / "src").rglob("templates/**/*.html"))
        for words in _unmarked(path.read_text(encoding="utf-8"))
    ]


def untranslated_sentences(root: Path) -> list[str]:
    """Every marked sentence is translated into every language, and the compiled catalogue is fresh."""
    return [
        fault
        for room in messages.rooms(root)
        for language in messages.LANGUAGES
        for fault in messages.missing(room, language)
    ]


def names_in_sentences(root: Path) -> list[str]:
    """No person's name stands inside a sentence: label and value instead."""
    return [
        f"{room.relative_to(root)}: a name inside {words!r}" for room, words in _marked(root) if NAMING & _blanks(words)
    ]


def blaming_words(root: Path) -> list[str]:
    """No sentence calls what a person typed invalid; it says what is expected."""
    spoken = [(f"{room.relative_to(root)}", words) for room, words in _marked(root)]
    for path in sorted((root / "src").rglob("locale/*/LC_MESSAGES/django.po")):
        spoken += [(f"{path.relative_to(root)}", line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [f"{place}: {words!r}" for place, words in spoken if BLAMING.search(words)]


def unfinished_scripts(root: Path) -> list[str]:
    """Every language of the conversation says and understands what the others do, and blames or names nobody."""
    folder = root / "src/kinline/intake/scripts"
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("??.toml"))}
    if not texts:
        return []
    contents = {language: tomllib.loads(texts.get(language, "")) for language in scripts.LANGUAGES}
    lines = [(language, line) for language, text in texts.items() for line in text.splitlines()]
    return [
        *scripts.gaps(contents),
        *(f"{language}: a name inside {line!r}" for language, line in lines if NAMING & _blanks(line)),
        *(f"{language}: {line!r}" for language, line in lines if BLAMING.search(line)),
    ]


def wordless_refusals(root: Path) -> list[str]:
    """Whatever a channel or the intake refuses has a whole sentence: what, why, what next."""
    known = {
        code for source in sources(root, "src/kinline") if "messages" in source.name for code in _keys(source.tree)
    }
    return [
        source.at(node, f"no messages.REFUSALS has a sentence for {code!r}")
        for source in sources(root, "src/kinline")
        if source.room in REFUSING
        for node in ast.walk(source.tree)
        if (code := _refused(node)) and not known.intersection({code, *_tails(code)})
    ]


def unknown_labels(root: Path) -> list[str]:
    """Every label that a how-to for officers or the README's tour quotes in stars stands on some page."""
    known = {words for _room, words in _marked(root)} | SAME_EVERYWHERE
    readme = root / "README.md"
    pages = [path for path in sorted((root / "docs/how-to").glob("*.md")) if not path.name.startswith("add-a-")]
    told = {path: path.read_text(encoding="utf-8") for path in pages}
    if readme.exists():
        told[readme] = readme.read_text(encoding="utf-8").partition("## Five minutes")[2].partition("\n## ")[0]
    return [
        f"{path.relative_to(root)}: no page says {label!r}"
        for path, text in told.items()
        for label in QUOTED.findall(CODE.sub("", text))
        if " ".join(label.split()) not in known
    ]


def _keys(tree: ast.Module) -> Iterator[str]:
    """The codes that a ``REFUSALS`` of a room has words for."""
    for node in ast.walk(tree):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(node, ast.Assign | ast.AnnAssign) and getattr(target, "id", "") == "REFUSALS":
            keys = node.value.keys if isinstance(node.value, ast.Dict) else []
            yield from (key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def _refused(node: ast.AST) -> str:
    """The code of a refusal that is raised; "" for anything else."""
    call = node.exc if isinstance(node, ast.Raise) else None
    if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "Refused" or not call.args:
        return ""
    code = call.args[0]
    return code.value if isinstance(code, ast.Constant) and isinstance(code.value, str) else ""


def _tails(code: str) -> list[str]:
    """As ``ui.refusals`` looks for a sentence: the end of a code may have one for all."""
    parts = code.split(".")
    return [".".join(parts[start:]) for start in range(1, len(parts))]


def _marked(root: Path) -> list[tuple[Path, str]]:
    return [
        (room, form)
        for room in messages.rooms(root)
        for words, _context in messages.marked(room)
        for form in ([words] if isinstance(words, str) else words)
    ]


def _blanks(words: str) -> set[str]:
    return {name for pair in PLACEHOLDER.findall(words) for name in pair}


def _unmarked(template: str) -> list[str]:
    """
    >>> _unmarked('<p>{% translate "Yes" %} or <b title="Maybe">{{ no }}</b></p>')
    ['Maybe', 'or']
    """
    rest = UNREAD.sub(" ", MARKED.sub(" ", template))
    spoken = [match[1] for match in SPOKEN_ATTRIBUTE.findall(rest)]
    texts = [*spoken, *TAG.sub("\n", rest).splitlines()]
    clean = (ENTITY.sub(" ", text).strip() for text in texts)
    return [text for text in clean if set(LETTERS.findall(text)) - SAME_EVERYWHERE]
