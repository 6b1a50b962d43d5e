"""Tasks for the tests of the worker; it finds them by this module's name."""

import time
from pathlib import Path

from django_tasks import task

from kaohe.web.common.progress import run_job


@task()
def slow(job_id, folder):
    """Leaves a mark at its beginning and at its end; between them it takes as long as it is told."""

    def work(progress):
        begun = Path(folder) / f"begun-{len(list(Path(folder).glob('begun-*')))}"
        begun.touch()
        while not (Path(folder) / "go on").exists():
            time.sleep(0.05)
        (Path(folder) / "done").touch()
        return "/"

    run_job(job_id, work)
