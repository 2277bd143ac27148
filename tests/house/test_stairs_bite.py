"""The contracts of .importlinter hold, and each is seen to break on a planted import."""

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.guards import ROOT

pytestmark = pytest.mark.house

# contract, who imports, what
PLANTED = [
    ("pure", "kinrules/rules/x.py", "import django"),
    ("pure", "kinmatch/x.py", "from django.db import models"),
    ("pure", "kinroute/x.py", "import kinline.ui"),
    ("pure", "kinrules/x.py", "import kinline.ledger"),
    ("apart", "kinmatch/x.py", "import kinrules"),
    ("apart", "kinrules/x.py", "import kinmatch"),
    ("apart", "kinroute/x.py", "import kinrules"),
    ("stairs", "kinline/registry/x.py", "import kinline.enquiries"),
    ("stairs", "kinline/enquiries/x.py", "import kinline.registry"),
    ("stairs", "kinline/enquiries/x.py", "import kinline.matching"),
    ("stairs", "kinline/ledger/x.py", "import kinline.staff"),
    ("stairs", "kinline/jobs/x.py", "import kinline.ledger"),
    ("stairs", "kinline/registry/x.py", "import kinline.sites"),
    ("stairs", "kinline/annex/__init__.py", ""),
    ("inside", "kinline/registry/models.py", "import kinline.registry.actions"),
    ("inside", "kinline/registry/queries.py", "import kinline.registry.actions"),
    ("inside", "kinline/registry/actions.py", "import kinline.registry.desk"),
    ("inside", "kinline/enquiries/desk.py", "import kinline.enquiries.public"),
]


STATED = configparser.ConfigParser()
STATED.read(ROOT / ".importlinter")


def contracts() -> list[str]:
    """Names of the contracts, as the file states them."""
    return [section.rpartition(":")[2] for section in STATED.sections() if ":contract:" in section]


def rooms() -> list[str]:
    """Rooms on the stairs; ``keys`` is a file of its own below them."""
    return [
        room for room in STATED["importlinter:contract:stairs"]["layers"].replace("|", " ").split() if room != "keys"
    ]


def test_the_contracts_hold():
    done = _lint(ROOT / "src", ROOT / ".importlinter")

    assert done.returncode == 0, done.stdout


def test_every_contract_has_a_planted_breach():
    assert {contract for contract, _path, _line in PLANTED} == set(contracts())


def test_an_empty_house_keeps_every_contract(house):
    done = _lint(house / "src", house / ".importlinter")

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "path", "line"), PLANTED)
def test_a_contract_bites(contract: str, path: str, line: str, house: Path):
    file = house / "src" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(line + "\n", encoding="utf-8")

    done = _lint(house / "src", house / ".importlinter", contract)

    assert "BROKEN" in done.stdout


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with all rooms and nothing in them, under the real contracts."""
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for package in (
        "kinrules",
        "kinrules/rules",
        "kinmatch",
        "kinroute",
        "kinline",
        *(f"kinline/{room}" for room in rooms()),
    ):
        (tmp_path / "src" / package).mkdir(parents=True)
        (tmp_path / "src" / package / "__init__.py").touch()
    (tmp_path / "src/kinline/keys.py").touch()
    for room in rooms():
        for module in ("models", "queries", "actions", "desk", "public"):
            (tmp_path / "src/kinline" / room / f"{module}.py").touch()
    return tmp_path


def _lint(source: Path, config: Path, contract: str = "") -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", str(config), "--no-cache", "--no-logo"]
    if contract:
        command += ["--contract", contract]
    environment = os.environ | {"PYTHONPATH": str(source)}
    return subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
