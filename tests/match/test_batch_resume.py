"""A long command that is killed, interrupted or out of room goes on where it stopped, and never mixes answers."""

import json
import signal
import subprocess
import sys

import pytest

from kinmatch.__main__ import main
from kinmatch.bench import sheet
from kinmatch.bench.generate import enquiries, registry
from kinmatch.unfinished import Unfinished

# A process whose pieces are small, and that ends in the midst of writing one: the third of ten.
DYING = """
import os, resource, signal, sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever started the tests may have it switched off
from kinmatch import batch, commands
from kinmatch.__main__ import main
from kinmatch.unfinished import Unfinished

how, arguments = sys.argv[1], sys.argv[2:]
commands.PIECE = commands.ANSWERED = batch.PIECE = 20
keep = Unfinished.keep

def dying(self, text, done):
    if done > 40:
        if how == "full":
            size = os.path.getsize(self.work) + 10
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        else:
            self._write(text[: len(text) // 2])
            os.kill(os.getpid(), getattr(signal, how))
    keep(self, text, done)

Unfinished.keep = dying
sys.exit(main(arguments))
"""


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    known = registry(300, 21)
    sheet.write(known.table, folder / "records.csv")
    sheet.write(enquiries(known, 200, 22).table, folder / "sought.csv")
    main(["index", str(folder / "records.csv"), "-o", str(folder / "index")])
    return folder


def _arguments(command, lists, out, ending=".csv"):
    output = ["-o", str(out / f"out{ending}")]
    if command == "search":
        return ["search", str(lists / "index"), str(lists / "sought.csv"), "--top", "2", *output]
    if command == "link":
        return ["link", str(lists / "sought.csv"), str(lists / "records.csv"), *output]
    return ["dedupe", str(lists / "records.csv"), "--min-probability", "0", *output]


def _dying(how, arguments):
    return subprocess.run(
        [sys.executable, "-c", DYING, how, *arguments], capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.parametrize(("command", "ending"), [("link", ".jsonl"), ("dedupe", ".csv"), ("search", ".csv")])
def test_a_killed_run_goes_on_and_ends_as_if_nothing_had_been(tmp_path, lists, capsys, command, ending):
    (tmp_path / "whole").mkdir()
    arguments = _arguments(command, lists, tmp_path, ending)

    died = _dying("SIGKILL", arguments)
    between = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    code = main(arguments)

    assert died.returncode == -signal.SIGKILL
    assert between == [f"out{ending}.unfinished", f"out{ending}.unfinished.json"]
    assert code == 0
    assert "Going on after 40" in capsys.readouterr().err
    main(_arguments(command, lists, tmp_path / "whole", ending))
    assert (tmp_path / f"out{ending}").read_bytes() == (tmp_path / "whole" / f"out{ending}").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"out{ending}", "whole"]


@pytest.mark.parametrize(("how", "code", "words"), [("SIGINT", 130, "interrupted"), ("full", 1, "File too large")])
def test_an_interrupted_run_and_a_full_disk_say_what_is_kept(tmp_path, lists, how, code, words):
    died = _dying(how, _arguments("link", lists, tmp_path))

    assert died.returncode == code
    assert words in died.stderr
    assert "40 are done and kept" in died.stderr
    assert json.loads((tmp_path / "out.csv.unfinished.json").read_text(encoding="utf-8"))["done"] == 40
    assert main(_arguments("link", lists, tmp_path)) == 0


def test_a_list_that_changed_is_not_gone_on_with_until_the_run_is_begun_anew(tmp_path, lists, capsys):
    changed = tmp_path / "sought.csv"
    changed.write_bytes((lists / "sought.csv").read_bytes())
    arguments = ["link", str(changed), str(lists / "records.csv"), "-o", str(tmp_path / "out.csv")]
    _dying("SIGKILL", arguments)
    changed.write_bytes(changed.read_bytes().replace(b"q1,", b"q1x,"))

    refused, words = main(arguments), capsys.readouterr().err
    begun_anew = main([*arguments, "--restart"])

    assert (refused, begun_anew) == (1, 0)
    assert "the first list changed since" in words
    assert "--restart" in words


def test_another_option_is_not_gone_on_with(tmp_path, lists, capsys):
    _dying("SIGKILL", _arguments("link", lists, tmp_path))

    code = main([*_arguments("link", lists, tmp_path), "--top", "5"])

    assert code == 1
    assert "the command changed since" in capsys.readouterr().err


def test_a_list_may_be_linked_with_a_saved_index(tmp_path, lists):
    main(_arguments("link", lists, tmp_path))
    saved = ["link", str(lists / "sought.csv"), str(lists / "index"), "-o", str(tmp_path / "saved.csv")]

    main(saved)

    assert (tmp_path / "saved.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()


def test_two_runs_never_write_one_output_at_once(tmp_path, lists, capsys):
    with Unfinished(tmp_path / "out.csv", {"the command": "link"}, head="", restart=False, say=print):
        code = main([*_arguments("link", lists, tmp_path), "--restart"])

    assert code == 1
    assert "Another run is writing" in capsys.readouterr().err


def test_a_state_that_cannot_be_read_is_not_gone_on_with(tmp_path, lists, capsys):
    _dying("SIGKILL", _arguments("link", lists, tmp_path))
    (tmp_path / "out.csv.unfinished.json").write_text("{", encoding="utf-8")

    code = main(_arguments("link", lists, tmp_path))

    assert code == 1
    assert "--restart" in capsys.readouterr().err
