"""A worker is killed at its work; the work is done all the same."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kinline.jobs import actions, worker
from kinline.jobs.models import Job
from tests.rooms.jobs import work
from tests.servers import environment

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 300  # seconds: on a busy machine a process that only begins may take a minute
WORKER = [sys.executable, "-m", "kinline.sites.cli", "worker"]


def test_a_killed_workers_job_is_done_by_the_next_one_after_the_lease(tmp_path):
    marks = tmp_path / "marks"
    work.sleep_on_the_first_attempt.using(queue_name="apart").enqueue(str(marks))
    killed = subprocess.Popen(WORKER, env=environment(), stderr=(tmp_path / "log").open("wb"))
    _until(marks.exists, log=tmp_path / "log")

    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    at_once = worker.drain(worker="next", clock=timezone.now, queue="apart")
    after_the_lease = worker.drain(
        worker="next", clock=lambda: timezone.now() + actions.LEASE + timedelta(seconds=1), queue="apart"
    )

    assert (at_once, after_the_lease) == (0, 1)
    assert marks.read_text() == "done"
    assert Job.objects.get(queue="apart").status == Job.Status.DONE


def test_three_workers_do_sixty_jobs_once_each(tmp_path):
    out = tmp_path / "out"
    for number in range(60):
        work.write_line.enqueue(str(out), str(number))

    workers = [
        subprocess.Popen([*WORKER, "--drain"], env=environment(), stderr=(tmp_path / "log").open("ab"))
        for _ in range(3)
    ]
    ended = [process.wait(timeout=PATIENCE) for process in workers]

    assert ended == [0, 0, 0], (tmp_path / "log").read_text()
    assert Counter(out.read_text().split()) == Counter(str(number) for number in range(60))


def _until(condition, *, log: Path) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
