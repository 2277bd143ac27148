"""Work is done at least once, in the order of its weight, and never lost."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import transaction

from kinline.jobs import actions, queries, worker
from kinline.jobs.models import Job
from tests.rooms.jobs import work

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + actions.LEASE + timedelta(seconds=1)

pytestmark = pytest.mark.django_db


def noon() -> datetime:
    return NOON


def test_an_enqueued_task_is_done_and_its_answer_kept(tmp_path):
    result = work.write_line.enqueue(str(tmp_path / "out"), "one")

    done = worker.drain(worker="w1", clock=noon)

    result.refresh()
    assert done == 1
    assert result.return_value == 3
    assert (tmp_path / "out").read_text() == "one\n"


def test_heavier_work_goes_first(tmp_path):
    out = tmp_path / "out"
    work.write_line.enqueue(str(out), "light")
    work.write_line.using(priority=10).enqueue(str(out), "heavy")

    worker.drain(worker="w1", clock=noon)

    assert out.read_text() == "heavy\nlight\n"


def test_work_for_later_waits_for_its_time(tmp_path):
    work.write_line.using(run_after=LATER).enqueue(str(tmp_path / "out"), "late")

    done_at_noon = worker.drain(worker="w1", clock=noon)
    done_later = worker.drain(worker="w1", clock=lambda: LATER)

    assert (done_at_noon, done_later) == (0, 1)


def test_a_failed_job_waits_longer_each_time_and_is_laid_aside_after_the_last():
    job = Job.objects.get(pk=work.break_down.enqueue().id)
    waits, now = [], NOON

    for _attempt in range(actions.ATTEMPTS):
        worker.drain(worker="w1", clock=lambda now=now: now)
        job.refresh_from_db()
        waits.append((job.run_after - now).total_seconds() if job.status == Job.Status.READY else None)
        now += actions.LONGEST_WAIT

    assert waits == [10, 20, 40, 80, None]
    assert list(queries.dead()) == [job]


def test_an_error_keeps_its_kind_and_place_and_never_its_words():
    job = Job.objects.get(pk=work.break_down.enqueue().id)

    worker.drain(worker="w1", clock=noon)

    job.refresh_from_db()
    assert job.errors[0]["kind"] == "builtins.ValueError"
    assert "break_down" in job.errors[0]["places"][-1]
    assert "Ковальчук" not in str(job.errors)


def test_a_dead_job_is_tried_again_when_a_person_says_so():
    job = Job.objects.get(pk=work.break_down.enqueue().id)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.DEAD, attempts=actions.ATTEMPTS)

    actions.retry(job, at=NOON)

    assert list(queries.due(at=NOON)) == [job]


def test_progress_can_be_watched():
    result = work.count_to.enqueue(4)

    worker.drain(worker="w1", clock=noon)

    progress = queries.progress(result.id)
    assert (progress.done, progress.total, progress.share, progress.is_over) == (4, 4, 1.0, True)


def test_a_silent_workers_job_is_claimed_by_another_after_the_lease(tmp_path):
    work.write_line.enqueue(str(tmp_path / "out"), "one")
    lost = actions.claim(worker="lost", at=NOON)

    within_the_lease = actions.claim(worker="other", at=NOON + timedelta(seconds=60))
    after_the_lease = actions.claim(worker="other", at=LATER)

    assert within_the_lease is None
    assert after_the_lease == lost
    assert after_the_lease.attempts == 2


def test_a_worker_that_lost_its_lease_writes_nothing(tmp_path):
    work.write_line.enqueue(str(tmp_path / "out"), "one")
    slow = actions.claim(worker="slow", at=NOON)
    quick = actions.claim(worker="quick", at=LATER)

    assert not actions.finish(slow, answer="slow", at=LATER)
    assert not actions.keep_alive(slow, at=LATER)
    assert actions.finish(quick, answer="quick", at=LATER)


def test_a_worker_that_beats_keeps_its_job(tmp_path):
    work.write_line.enqueue(str(tmp_path / "out"), "one")
    job = actions.claim(worker="w1", at=NOON)
    actions.keep_alive(job, at=NOON + timedelta(seconds=100))

    taken = actions.claim(worker="other", at=LATER)

    assert taken is None


def test_a_job_that_kills_its_worker_each_time_is_laid_aside(tmp_path):
    work.write_line.enqueue(str(tmp_path / "out"), "one")
    now = NOON
    for _attempt in range(actions.ATTEMPTS):
        actions.claim(worker="w1", at=now)
        now += actions.LEASE + timedelta(seconds=1)

    claimed = actions.claim(worker="w1", at=now)

    assert claimed is None
    assert queries.dead().get().errors[-1]["kind"] == actions.TOO_OFTEN_LOST


def test_a_recurring_task_is_asked_for_once_however_many_workers_look():
    path = work.count_to.module_path
    actions.recur(name="count", task=path, every=timedelta(hours=1), at=NOON)

    counts = [actions.enqueue_recurring(at=NOON), actions.enqueue_recurring(at=NOON)]
    an_hour_later = actions.enqueue_recurring(at=NOON + timedelta(hours=1))

    assert counts == [1, 0]
    assert an_hour_later == 1


def test_naming_a_recurring_task_again_does_not_bring_it_forward():
    actions.recur(name="count", task="x.y", every=timedelta(hours=1), at=NOON)
    actions.enqueue_recurring(at=NOON)

    again = actions.recur(name="count", task="x.y", every=timedelta(hours=2), at=NOON)

    assert again.next_at == NOON + timedelta(hours=1)


@pytest.mark.parametrize("path", ["tests.rooms.jobs.work.not_a_task", "tests.rooms.jobs.work.absent", "os.system"])
def test_a_path_that_leads_to_no_task_is_never_called(path):
    Job.objects.create(task=path, arguments={"args": ["true"], "kwargs": {}})

    worker.drain(worker="w1", clock=noon)

    assert Job.objects.get().errors[0]["kind"] == "builtins.LookupError"


def test_done_jobs_are_forgotten_and_dead_ones_are_not(tmp_path):
    work.write_line.enqueue(str(tmp_path / "out"), "one")
    worker.drain(worker="w1", clock=noon)
    Job.objects.create(task="x.y", status=Job.Status.DEAD, finished_at=NOON)

    forgotten = actions.forget_finished(before=LATER)

    assert forgotten == 1
    assert Job.objects.get().status == Job.Status.DEAD


def test_a_stopped_worker_stops():
    stop = Event()
    stop.set()

    worker.work(worker="w1", clock=noon, stop=stop)


@pytest.mark.django_db(transaction=True)
def test_a_job_exists_exactly_if_what_asks_for_it_does(tmp_path):
    class ChangedMind(Exception):
        pass

    with pytest.raises(ChangedMind), transaction.atomic():
        work.write_line.enqueue(str(tmp_path / "out"), "never")
        raise ChangedMind
    with transaction.atomic():
        work.write_line.enqueue(str(tmp_path / "out"), "once")

    assert [job.arguments["args"][1] for job in Job.objects.all()] == ["once"]
