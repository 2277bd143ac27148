"""The index on disk: a crash leaves the old one, readers share it, and what is damaged is refused by name."""

import json
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from kinmatch import DamagedIndex, Index, Person, storage
from kinmatch.bench.generate import enquiries, registry
from kinmatch.kernels import search

CROWD = registry(300, 31)
ASKED = list(enquiries(CROWD, 60, 32).table)
# What is brought safely to disk while a segment is added: its arrays, its records, its folder, the manifest, the index.
STEPS = 5


def _answers(index: Index) -> list[list[tuple[str, float, str]]]:
    return [
        [(hit.record, round(hit.probability, 9), hit.person.surname) for hit in index.search(person, limit=3)]
        for person in ASKED
    ]


def _answers_of(directory: str) -> list[list[tuple[str, float, str]]]:
    return _answers(Index.open(directory))


def _apart(work: Callable[[], object]) -> int:
    """Do something in a process of its own; return how that ended."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture
def saved(tmp_path):
    Index.build(CROWD.table.part(0, 250)).save(tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_kill_while_saving_leaves_the_old_index_or_the_new_one_whole(saved, monkeypatch, step):
    steps = []

    def to_disk(path):
        steps.append(path)
        if len(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def add():
        monkeypatch.setattr(storage, "_to_disk", to_disk)
        index = Index.open(saved)
        index.add(CROWD.table.part(250, 300))
        index.save(saved)

    died = _apart(add)
    found = Index.open(saved)

    assert died == -signal.SIGKILL
    assert len(found) == (250 if step < STEPS else 300)
    found.add(CROWD.table.part(250, 300))
    found.save(saved)
    assert len(Index.open(saved)) == 300
    assert len(list(saved.iterdir())) == 1 + len(found.parts)


def test_a_kill_in_the_first_save_leaves_a_directory_that_can_be_saved_to(tmp_path, monkeypatch):
    index = Index.build(CROWD.table.part(0, 20))

    def first():
        monkeypatch.setattr(storage, "_to_disk", lambda _path: os.kill(os.getpid(), signal.SIGKILL))
        index.save(tmp_path / "index")

    assert _apart(first) == -signal.SIGKILL
    with pytest.raises(DamagedIndex, match=storage.MANIFEST):
        Index.open(tmp_path / "index")
    index.save(tmp_path / "index")
    assert len(Index.open(tmp_path / "index")) == 20
    assert len(list((tmp_path / "index").iterdir())) == 2


def test_what_others_left_in_the_directory_of_an_index_stays_there(saved):
    (saved / "letters").mkdir()

    Index.build(CROWD.table.part(0, 20)).save(saved)

    assert (saved / "letters").is_dir()


def test_a_full_disk_while_saving_leaves_the_old_index(saved, monkeypatch):
    index = Index.open(saved)
    index.add(CROWD.table.part(250, 300))

    def full(_path):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(storage, "_to_disk", full)
        index.save(saved)

    assert len(Index.open(saved)) == 250
    index.save(saved)
    assert len(Index.open(saved)) == 300


def test_several_processes_read_one_index_at_once(saved):
    with get_context("fork").Pool(3) as pool:
        told = pool.map(_answers_of, [str(saved)] * 3)

    assert told == [_answers(Index.open(saved))] * 3


def test_several_threads_that_search_at_once_get_the_same_answers(saved):
    index = Index.open(saved)
    index.add(CROWD.table.part(250, 300))
    one_by_one = _answers(index)

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(_answers, [index] * 8))

    assert together == [one_by_one] * 8


def test_who_has_the_old_index_open_goes_on_reading_it(saved):
    reader = Index.open(saved)
    before = _answers(reader)
    writer = Index.open(saved)
    writer.remove(CROWD.table.ids[:100])
    writer.merge()

    writer.save(saved)

    assert _answers(reader) == before
    assert len(Index.open(saved)) == 150


def test_an_index_can_be_opened_while_another_process_saves_it_again_and_again(saved):
    def save():
        index = Index.open(saved)
        for first in range(0, 40, 2):
            index.remove(CROWD.table.ids[first : first + 2])
            index.merge()
            index.save(saved)

    child = os.fork()
    if child == 0:
        try:
            save()
            os._exit(0)
        finally:
            os._exit(1)
    sizes = []
    while not (ended := os.waitpid(child, os.WNOHANG))[0]:
        sizes.append(len(Index.open(saved)))

    assert os.waitstatus_to_exitcode(ended[1]) == 0
    assert sizes == sorted(sizes, reverse=True)
    assert len(Index.open(saved)) == 210


def test_what_is_added_and_removed_is_saved_beside_the_first_segment_which_is_not_written_again(saved):
    first = {path: path.stat() for path in saved.rglob("*.*") if path.name != storage.MANIFEST}
    index = Index.open(saved)

    index.add(CROWD.table.part(250, 300))
    index.remove(CROWD.table.ids[:3])
    index.save(saved)

    assert first == {path: path.stat() for path in first}
    opened = Index.open(saved)
    assert len(opened) == 297
    assert CROWD.table.ids[0] not in opened
    assert CROWD.table.ids[299] in opened
    assert _answers(opened) == _answers(index)


def test_a_record_removed_and_added_again_is_there_once_after_saving(saved):
    index = Index.open(saved)
    index.remove(["r1"])
    index.save(saved)
    again = Index.open(saved)

    again.add([Person("r1", surname="Чорногуз")])
    again.save(saved)

    assert Index.open(saved).person("r1").surname == "Чорногуз"
    assert len(Index.open(saved)) == 250


def test_merging_answers_as_an_index_built_anew(saved):
    index = Index.open(saved)
    index.add(CROWD.table.part(250, 300))
    index.remove(CROWD.table.ids[:20])

    index.merge()
    index.save(saved)

    assert _answers(Index.open(saved)) == _answers(Index.build(CROWD.table.part(20, 300)))
    assert len(list(saved.iterdir())) == 2


@pytest.mark.parametrize("count", [0, 1])
def test_a_registry_of_none_and_of_one_are_saved_and_searched(tmp_path, count):
    Index.build(CROWD.table.part(0, count)).save(tmp_path / "index")

    index = Index.open(tmp_path / "index")

    assert len(index) == count
    assert len(index.search(CROWD.table.person(0))) == count
    index.add(CROWD.table.part(1, 3))
    index.save(tmp_path / "index")
    assert len(Index.open(tmp_path / "index")) == count + 2


@pytest.mark.parametrize("name", [storage.ARRAYS, storage.RECORDS, storage.MANIFEST])
def test_a_missing_file_is_refused_by_name(saved, name):
    next(saved.rglob(name)).unlink()

    with pytest.raises(DamagedIndex, match=f"{name}.*build"):
        Index.open(saved)


@pytest.mark.parametrize("change", [{"gone": [1, 2]}, {"rows": 1}, {"layout": {}}, {"sha256": {}}, {"name": ".."}])
def test_a_changed_manifest_is_refused_by_name(saved, change):
    path = saved / storage.MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["segments"][0] |= change
    path.write_text(json.dumps(manifest), encoding="utf-8")

    with pytest.raises(DamagedIndex, match=r"kinmatch.json.*changed since it was written.*build"):
        Index.open(saved)


def test_a_damaged_index_is_replaced_by_one_built_anew(saved):
    (saved / storage.MANIFEST).write_text("{", encoding="utf-8")

    Index.build(CROWD.table.part(0, 20)).save(saved)

    assert len(Index.open(saved)) == 20
    assert len(list(saved.iterdir())) == 2


def test_an_opened_index_needs_no_machine_code_that_a_built_one_does_not(saved):
    Index.build(CROWD.table.part(0, 9)).search(ASKED[0])
    compiled = len(search.search_one.signatures)

    Index.open(saved).search(ASKED[0])

    assert len(search.search_one.signatures) == compiled
