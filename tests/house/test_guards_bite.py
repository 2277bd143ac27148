"""Each guard is seen to fail on a planted breach: a guard that never bites guards nothing."""

from pathlib import Path

import pytest

from tests.house.guards import GUARDS

pytestmark = pytest.mark.house

ROOM = "src/kinline/ledger"
SCRIPTS = "src/kinline/intake/scripts"
LONG = "\n".join(["def long():", *["    print()"] * 70])
MARKED = 'from django.utils.translation import gettext as _\n_("{}")\n'

# guard -> what to plant: path and content
PLANTED: dict[str, list[tuple[str, str]]] = {
    "long_files": [(f"{ROOM}/models.py", "x = 1\n" * 301)],
    "long_functions": [
        (f"{ROOM}/models.py", LONG),
        (f"{ROOM}/models.py", "\n".join(f"def f{n}():\n" + "    print()\n" * 35 for n in range(5))),
    ],
    "many_positional": [(f"{ROOM}/actions.py", "def act(a, b, c, d, e, f): ...\n")],
    "rooms_without_words": [
        (f"{ROOM}/__init__.py", "x = 1\n"),
        (f"{ROOM}/__init__.py", '"""A room."""\nx = 1\n'),
    ],
    "files_without_words": [(f"{ROOM}/models.py", "x = 1\n")],
    "empty_module_names": [(f"{ROOM}/utils.py", '"""Drawer."""\n'), (f"{ROOM}/helpers/x.py", '"""Drawer."""\n')],
    "empty_words_in_names": [
        (f"{ROOM}/actions.py", "def handle_case(): ...\n"),
        (f"{ROOM}/actions.py", "class CaseManager: ...\n"),
    ],
    "function_level_imports": [(f"{ROOM}/actions.py", "def act():\n    import os\n")],
    "bare_ignores": [
        (f"{ROOM}/actions.py", "x = 1  # type: ig" + "nore\n"),
        (f"{ROOM}/actions.py", "x = 1  # no" + "qa\n"),
    ],
    "stub_words": [
        (f"{ROOM}/actions.py", "# TO" + "DO later\n"),
        (f"{ROOM}/templates/ledger/x.html", "lorem " + "ipsum"),
    ],
    "swallowed_errors": [(f"{ROOM}/actions.py", "try:\n    x = 1\nexcept ValueError:\n    pass\n")],
    "mocks": [
        ("tests/rooms/test_x.py", "from unittest import mock\n"),
        ("tests/rooms/test_x.py", "import unittest.mock\n"),
    ],
    "short_test_names": [("tests/rooms/test_x.py", "def test_entry(): ...\n")],
    "clock_readers": [
        (f"{ROOM}/actions.py", "from django.utils import timezone\ntimezone.now()\n"),
        (f"{ROOM}/queries.py", "import datetime\ndatetime.date.today()\n"),
        (f"{ROOM}/models.py", "from django.utils import timezone\ntimezone.localdate()\n"),
        ("src/kinrules/rules/x.py", "from datetime import datetime\ndatetime.now()\n"),
    ],
    "days_of_greenwich": [
        (f"{ROOM}/actions.py", "def due(at):\n    return at.date()\n"),
        (f"{ROOM}/queries.py", "day = enquiry.received_at.date()\n"),
    ],
    "state_writers": [
        ("src/kinline/registry/actions.py", 'record.state = "released"\n'),
        ("src/kinline/registry/actions.py", 'a, record.state = 1, "released"\n'),
        ("src/kinline/registry/actions.py", 'setattr(record, "state", "released")\n'),
        ("src/kinline/registry/actions.py", 'Record.objects.filter(pk=1).update(state="released")\n'),
        ("src/kinline/registry/actions.py", 'Record.objects.bulk_update(rows, ["state"])\n'),
        (f"{ROOM}/actions.py", 'def other(subject):\n    subject.state = "x"\n'),
    ],
    "reverse_relations": [
        (f"{ROOM}/models.py", "models.ForeignKey(Case, on_delete=models.PROTECT)\n"),
        (f"{ROOM}/models.py", 'models.ManyToManyField(Case, related_name="cases")\n'),
    ],
    "rules_without_source": [("src/kinrules/rules/x.py", '"""A rule nobody wrote."""\n')],
    "limits_without_source": [
        ("src/kinrules/limits/x.toml", 'title = "Days"\n[[values]]\nfrom = 1950-10-21\nvalue = 7\n')
    ],
    "settings_readers": [
        (f"{ROOM}/actions.py", "from django.conf import settings\n"),
        (f"{ROOM}/actions.py", "import django.conf\n"),
        (f"{ROOM}/actions.py", "from kinline.sites.settings import DATA\n"),
    ],
    "environment_readers": [
        (f"{ROOM}/actions.py", 'import os\nos.environ["HOME"]\n'),
        (f"{ROOM}/x.py", "import os\nos.getenv('X')\n"),
    ],
    "registry_addresses": [
        ("requirements/core.txt", "--index-url https://packages.example/simple\n"),
        ("pyproject.toml", 'url = "https://packages.example/simple"\n'),
    ],
    "unlocked_packages": [("requirements/core.txt", "django>=5\n"), ("requirements/core.txt", "django==5.2\n")],
    "unmarked_sentences": [
        (f"{ROOM}/templates/ledger/x.html", "<p>Who did what</p>"),
        (f"{ROOM}/templates/ledger/x.html", '<img alt="A picture">'),
        (f"{ROOM}/templates/ledger/x.html", "{% translate 'Who' %} або що"),
    ],
    "untranslated_sentences": [
        (f"{ROOM}/messages.py", MARKED.format("A sentence nobody translated.")),
        (f"{ROOM}/templates/ledger/x.html", "{% load i18n %}{% translate 'A sentence nobody translated.' %}"),
    ],
    "names_in_sentences": [
        (f"{ROOM}/messages.py", MARKED.format("We found %(person)s.")),
        (
            f"{ROOM}/templates/ledger/x.html",
            "{% load i18n %}{% blocktranslate %}{{ surname }} is well.{% endblocktranslate %}",
        ),
    ],
    "blaming_words": [(f"{ROOM}/messages.py", MARKED.format("Invalid date."))],
    "unfinished_scripts": [
        (f"{SCRIPTS}/uk.toml", 'say.hello = "Вітаємо"\n'),
        (f"{SCRIPTS}/en.toml", 'say.found = "We found {person}."\n'),
    ],
    "wordless_refusals": [
        ("src/kinline/channels/x.py", 'def act():\n    raise Refused("channel.nobody-knows", "x")\n')
    ],
    "unknown_labels": [
        ("docs/how-to/x.md", "Open **Imports of\nyesterday**.\n"),
        ("README.md", "## Five minutes\n\n1. Choose *No such button*.\n"),
    ],
}
CASES = [(name, path, content) for name, plants in PLANTED.items() for path, content in plants]


def test_every_guard_has_a_planted_breach():
    assert set(PLANTED) == set(GUARDS)


@pytest.mark.parametrize(
    ("name", "path", "content"), CASES, ids=[f"{name}-{n}" for n, (name, _, _) in enumerate(CASES)]
)
def test_a_guard_bites(name: str, path: str, content: str, tmp_path: Path):
    _plant(tmp_path, f"{ROOM}/__init__.py", '"""A room."""\n')
    before = GUARDS[name](tmp_path)

    _plant(tmp_path, path, content)

    assert not before
    assert GUARDS[name](tmp_path)


def _plant(root: Path, path: str, content: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
