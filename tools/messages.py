"""Collect every marked sentence of each room into its catalogues, and compile them.

Needs no GNU gettext: Babel reads the Python files, and the framework turns templates into something Babel can read.
Translations that no source asks for any more are kept at the end of the file as obsolete; none is thrown away.

    python -m tools.messages                 every room
    python -m tools.messages enquiries ui    only these
    python -m tools.messages --check         write nothing; exit 1 if something is missing or stale
"""

import ast
import io
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
LANGUAGES = ("uk", "ru")
DOMAIN = "django"
# A date in a catalogue would change it with every run.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
    "sentence": None,
}
TEMPLATES = {".html", ".txt", ".svg"}

MessageId = str | tuple[str, ...]
Key = tuple[MessageId, str | None]


def rooms(root: Path) -> list[Path]:
    """Folders that own catalogues: each room, and each pure package."""
    kinline = sorted(path.parent for path in (root / "src/kinline").glob("*/__init__.py"))
    return [*kinline, root / "src/kinrules", root / "src/kinmatch"]


def marked(room: Path) -> dict[Key, set[str]]:
    """Every marked sentence of a room -> files it stands in."""
    found: dict[Key, set[str]] = {}
    for path in sorted(room.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            keys = _in_python(path.read_bytes())
        elif path.suffix in TEMPLATES and "templates" in path.parts:
            keys = _in_template(path)
        else:
            continue
        for key in keys:
            found.setdefault(key, set()).add(path.relative_to(room).as_posix())
    return found


def catalogue(room: Path, language: str) -> Path:
    """Where a room's catalogue of a language lies."""
    return room / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def merged(room: Path, language: str) -> Catalog:
    """The room's catalogue as it should be: each marked sentence, with the translation it has so far."""
    path = catalogue(room, language)
    old = _read(path, language)
    new = Catalog(locale=language, domain=DOMAIN, project="Kinline", header_comment="", fuzzy=False)
    known = {**{_key(message): message for message in old.obsolete.values()}, **{_key(m): m for m in old if m.id}}
    for key, files in marked(room).items():
        before = known.pop(key, None)
        new.add(
            key[0],
            before.string if before else None,
            context=key[1],
            locations=[(file, 0) for file in sorted(files)],
            flags=before.flags & {"fuzzy"} if before else (),
            user_comments=before.user_comments if before else (),
        )
    for key, message in known.items():
        if any(_forms(message)):
            new.obsolete[key] = message
    return new


def written(new: Catalog) -> bytes:
    """A catalogue as the bytes of its file. No dates and no line numbers: they would change with every run."""
    file = io.BytesIO()
    write_po(file, new, width=110, include_lineno=False, omit_header=True)
    header = (
        'msgid ""\nmsgstr ""\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Language: {new.locale}\\n"\n"Plural-Forms: {new.plural_forms}\\n"\n\n'
    )
    return header.encode() + file.getvalue().lstrip(b"\n")


def compiled(path: Path, language: str) -> bytes:
    """The compiled form of the catalogue at ``path``."""
    file = io.BytesIO()
    write_mo(file, _read(path, language))
    return file.getvalue()


def missing(room: Path, language: str) -> list[str]:
    """What keeps a room's catalogue from being whole: sentences not in it, not translated, or not compiled."""
    sentences = marked(room)
    if not sentences:
        return []
    path = catalogue(room, language)
    messages = {_key(message): message for message in _read(path, language) if message.id}
    faults = []
    for (words, _context), message in ((key, messages.get(key)) for key in sentences):
        if message is None:
            faults.append(f"{room.name}/{language}: not collected: {words!r}")
        elif message.fuzzy or not all(_forms(message)):
            faults.append(f"{room.name}/{language}: not translated: {words!r}")
    if path.exists() and not _is_compiled(path, language):
        faults.append(f"{room.name}/{language}: not compiled since the last change; run make messages")
    return faults


def told_two_ways(folders: Iterable[Path], language: str) -> list[str]:
    """Sentences that two rooms translate differently. Catalogues are merged, so one of the two would never be read."""
    seen: dict[Key, tuple[str, tuple[str, ...]]] = {}
    faults = []
    for room in folders:
        for message in _read(catalogue(room, language), language):
            if not message.id or not all(_forms(message)):
                continue
            name, words = seen.setdefault(_key(message), (room.name, _forms(message)))
            if words != _forms(message):
                faults.append(f"{language}: {message.id!r} reads otherwise in {name} than in {room.name}")
    return faults


def main(arguments: list[str]) -> int:
    """Collect and compile, or with ``--check`` only look."""
    wanted = {argument for argument in arguments if not argument.startswith("-")}
    chosen = [room for room in rooms(ROOT) if not wanted or room.name in wanted]
    if "--check" in arguments:
        faults = [fault for room in chosen for language in LANGUAGES for fault in missing(room, language)]
        faults += [fault for language in LANGUAGES for fault in told_two_ways(rooms(ROOT), language)]
        sys.stderr.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults else 0
    for room in chosen:
        if marked(room):
            for language in LANGUAGES:
                _collect(room, language)
    return 0


def _collect(room: Path, language: str) -> None:
    path = catalogue(room, language)
    new = merged(room, language)
    _write(path, written(new))
    _write(path.with_suffix(".mo"), compiled(path, language))
    untranslated = sum(not all(_forms(message)) for message in new if message.id)
    sys.stderr.write(f"{room.name}/{language}: {len(new)} sentences, {untranslated} to translate\n")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN)
    with path.open("rb") as file:
        catalog = read_po(file, locale=language, domain=DOMAIN)
    catalog.creation_date = catalog.revision_date = NO_DATE
    return catalog


def _is_compiled(path: Path, language: str) -> bool:
    compiled_path = path.with_suffix(".mo")
    if not compiled_path.exists():
        return False
    stands = read_mo(io.BytesIO(compiled_path.read_bytes()))
    should = read_mo(io.BytesIO(compiled(path, language)))
    return {_key(message): message.string for message in stands if message.id} == {
        _key(message): message.string for message in should if message.id
    }


def _in_python(source: bytes) -> Iterator[Key]:
    """Sentences marked in a module. Only whole constants: ``gettext(row["says"])`` marks nothing."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in KEYWORDS:
            yield from _keyed(name, tuple(_constant(argument) for argument in call.args))


def _constant(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _in_template(path: Path) -> Iterator[Key]:
    """Sentences marked in a template, read as Python inside brackets: there its indentation means nothing."""
    source = f"(\n{templatize(path.read_text(encoding='utf-8'), origin=str(path))}\n)".encode()
    for _line, function, arguments, _comments in extract_python(io.BytesIO(source), KEYWORDS, (), {}):
        yield from _keyed(function, arguments)


def _keyed(function: str, arguments: str | tuple[str | None, ...] | None) -> Iterator[Key]:
    if arguments is None:  # not a constant: the sentence is marked where it is written
        return
    words = [arguments] if isinstance(arguments, str) else list(arguments)
    context = words.pop(0) if "pgettext" in function else None
    if "ngettext" in function or "npgettext" in function:
        if words[0] and words[1]:
            yield (words[0], words[1]), context
    elif words and words[0]:
        yield words[0], context


def _key(message: Message) -> Key:
    words = tuple(message.id) if isinstance(message.id, list | tuple) else message.id
    return words, message.context


def _forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
