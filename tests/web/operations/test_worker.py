"""The worker: one a site; what a crash left running is done again, and in the end told as failed."""

import subprocess
import sys
import threading

import pytest
from django_tasks_db.models import DBTaskResult

from kaohe.web.common.models import Job
from kaohe.web.operations.locks import WORKER, InUseError, alone
from kaohe.web.operations.worker import INTERRUPTED, MOST_ATTEMPTS, only_worker, take_up_interrupted
from tests.web.operations import tasks
from tests.web.operations.running import wait_until

ENQUEUE = """
import sys
from kaohe.web.operations.site import open_site
open_site()
from kaohe.web.common.models import Job
from tests.web.operations.tasks import slow
job = Job.objects.create(county_id=1, title="慢")
slow.enqueue(str(job.id), sys.argv[1])
"""
STATES = """
from kaohe.web.operations.site import open_site
open_site()
from kaohe.web.common.models import Job
print(Job.objects.get().state)
"""


@pytest.fixture
def running_task(db, tmp_path):
    """A task and its job as a killed worker leaves them, after so many attempts."""

    def make(attempts):
        job = Job.objects.create(county_id=1, title="导入", state=Job.State.RUNNING)
        tasks.slow.enqueue(str(job.id), str(tmp_path))
        task = DBTaskResult.objects.get()
        task.status, task.worker_ids = "RUNNING", [f"w{n}" for n in range(attempts)]
        task.save()
        return task, job

    return make


def test_an_interrupted_task_waits_again(running_task):
    task, job = running_task(attempts=1)
    take_up_interrupted()
    task.refresh_from_db()
    job.refresh_from_db()
    assert (task.status, job.state) == ("READY", Job.State.WAITING)


def test_a_task_that_was_interrupted_too_often_has_failed(running_task):
    task, job = running_task(attempts=MOST_ATTEMPTS)
    take_up_interrupted()
    task.refresh_from_db()
    job.refresh_from_db()
    assert (task.status, job.state) == ("FAILED", Job.State.FAILED)
    assert job.message == INTERRUPTED and job.ended_at is not None


def test_a_job_without_a_task_has_failed(db):
    job = Job.objects.create(county_id=1, title="导入", state=Job.State.RUNNING)
    waiting = Job.objects.create(county_id=1, title="还没排上")
    take_up_interrupted()
    job.refresh_from_db()
    waiting.refresh_from_db()
    assert (job.state, waiting.state) == (Job.State.FAILED, Job.State.WAITING)


def test_a_second_worker_waits_for_the_first(tmp_path):
    entered = threading.Event()

    def second():
        with only_worker(tmp_path):
            entered.set()

    with alone(tmp_path / WORKER):
        with pytest.raises(InUseError), alone(tmp_path / WORKER):
            pass
        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(0.8)
    assert entered.wait(5)
    thread.join()


@pytest.mark.sqlite_only
def test_a_killed_workers_task_is_done_by_the_next(site, tmp_path):
    folder = tmp_path / "marks"
    folder.mkdir()
    done = site.python("-c", ENQUEUE, folder)
    assert done.returncode == 0, done.stderr

    worker = site.started("-m", "kaohe.cli", "worker")
    wait_until((folder / "begun-0").exists)
    worker.kill()
    worker.communicate()

    following = site.started("-m", "kaohe.cli", "worker")
    wait_until((folder / "begun-1").exists)
    (folder / "go on").touch()
    wait_until((folder / "done").exists)
    # Told to stop, it ends what it is at.
    following.terminate()
    following.communicate(timeout=60)
    assert site.python("-c", STATES).stdout.strip() == "done"


@pytest.mark.sqlite_only
def test_a_worker_ends_its_task_when_the_server_is_gone(site, tmp_path):
    folder = tmp_path / "marks"
    folder.mkdir()
    site.python("-c", ENQUEUE, folder)
    worker = subprocess.Popen(
        [sys.executable, "-m", "kaohe.cli", "worker", "--until-eof"],
        env=site.environment(),
        stdin=subprocess.PIPE,
    )
    wait_until((folder / "begun-0").exists)
    worker.stdin.close()
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(1)
    (folder / "go on").touch()
    assert worker.wait(60) == 0
    assert site.python("-c", STATES).stdout.strip() == "done"
