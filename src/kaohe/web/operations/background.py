"""The worker as a process of its own beside the server, started again when it dies.

A process and not a thread: reading a large workbook would hold up every page.
"""

from __future__ import annotations

import subprocess
import sys
import threading

FINISH_SECONDS = 30
AGAIN_AFTER = 3.0


class Background:
    """Keeps one worker running from `start` until `stop`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._watch = threading.Thread(target=self._keep_running, daemon=True)

    def start(self) -> None:
        self._watch.start()

    def stop(self) -> bool:
        """Let the worker end its task; False when it took too long and is to do it again later."""
        self._stopping.set()
        process = self._process
        if process is None:
            return True
        # The worker watches this pipe, so it also ends when the server is killed.
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(FINISH_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False
        return True

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            self._process = _started()
            self._process.wait()
            if not self._stopping.wait(AGAIN_AFTER):
                print("后台任务进程意外退出，重新启动。", file=sys.stderr, flush=True)


def _started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kaohe.cli", "worker", "--until-eof"]
    if sys.platform == "win32":
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, creationflags=subprocess.CREATE_NEW_PROCESS_GROUP
        )
    # In a session of its own, so that Ctrl-C reaches the server alone, which then ends the worker.
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
