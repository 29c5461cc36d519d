"""Work of more than a moment, off the GUI thread: progress, cancel, and a call back."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from shiboken6 import isValid

from database.engine.pausing import Cancelled as Cancelled  # raised in `work` to stop

Report = Callable[[int, int | None], None]
Stopped = Callable[[], bool]
Work = Callable[[Report, Stopped], Any]

_running: set[Task] = set()

PATIENCE_S = 0.006
"""How long the GUI thread waits for an answer that may come at once; the rest of a picture's
sixteen milliseconds is for painting."""

_questions: QThreadPool | None = None


def _question_pool() -> QThreadPool:
    """Short questions have threads of their own: an import must not keep a list waiting."""
    global _questions
    if _questions is None:
        _questions = QThreadPool()
        _questions.setMaxThreadCount(2)
    return _questions


class Task(QObject):
    """Work under way; its signals arrive on the thread that started it."""

    progressed = Signal(int, object)
    finished = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stop = Event()
        self.over = False
        """Whether its outcome was told, or will never be."""

    def cancel(self) -> None:
        """Ask the work to stop; it ends soon, and neither `done` nor `failed` is called."""
        self._stop.set()
        self.over = True

    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def report(self, done: int, total: int | None = None) -> None:
        """Called by the work: so many of so many."""
        self.progressed.emit(done, total)


class _Runner(QRunnable):
    def __init__(self, task: Task, work: Work) -> None:
        super().__init__()
        self._task, self._work = task, work

    def run(self) -> None:
        """On the worker's thread."""
        task = self._task
        try:
            if task.cancelled():
                raise Cancelled
            result = self._work(task.report, task.cancelled)
        except Cancelled:
            pass
        except Exception as error:  # whatever it is, the GUI thread decides what to do
            if not task.cancelled():
                task.failed.emit(error)
        else:
            if not task.cancelled():
                task.finished.emit(result)
        task.ended.emit()


class _Receiver(QObject):
    """Lives on the GUI thread, so that what it is told is queued there."""

    def __init__(
        self,
        task: Task,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        progress: Report | None,
        ended: Callable[[], object] | None,
    ) -> None:
        super().__init__(task)
        self._ended = ended
        self._task, self._done, self._failed, self._progress = task, done, failed, progress
        queued = Qt.ConnectionType.QueuedConnection
        task.progressed.connect(self._tell_progress, queued)
        task.finished.connect(self._tell_done, queued)
        task.failed.connect(self._tell_failed, queued)
        task.ended.connect(self._forget, queued)

    def _tell_progress(self, done: int, total: int | None) -> None:
        if self._progress and not self._task.cancelled() and not _gone(self._progress):
            self._progress(done, total)

    def _tell_done(self, result: Any) -> None:
        if not _gone(self._done):
            self._done(result)

    def _tell_failed(self, error: Exception) -> None:
        if not _gone(self._failed):
            self._failed(error)

    def _forget(self) -> None:
        self._task.over = True
        _running.discard(self._task)
        if self._ended and not _gone(self._ended):
            self._ended()
        self._task.deleteLater()


def _gone(hear: Callable[..., object]) -> bool:
    """Whether what would hear is a widget's own method and the widget is no more: a window that
    was built anew, in another language, leaves work of the old one under way."""
    owner = getattr(hear, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


def run(
    work: Work,
    done: Callable[[Any], object],
    failed: Callable[[Exception], object],
    progress: Report | None = None,
    ended: Callable[[], object] | None = None,
) -> Task:
    """Start `work(report, cancelled)` on a worker thread.

    `done(result)`, `failed(exception)` and `progress(done, total)` are called on this
    thread, and `ended()` last, also after a cancel. The work opens its own session and
    never touches a widget.
    """
    task = Task()
    _Receiver(task, done, failed, progress, ended)
    _running.add(task)
    QThreadPool.globalInstance().start(_Runner(task, work))
    return task


def soon(work: Work, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> Task:
    """Start a short question; where its answer comes within `PATIENCE_S`, `done` is called
    before this returns, else later as by `run`. A cancelled one calls nothing."""
    task, there, answers = Task(), Event(), []

    def asked(report: Report, cancelled: Callable[[], bool]) -> Any:
        try:
            answers.append(work(report, cancelled))
            return answers[0]
        finally:
            there.set()

    def once(result: Any) -> None:
        if not task.over:
            task.over = True
            done(result)

    def told(error: Exception) -> None:
        if not task.over:
            task.over = True
            failed(error)

    _Receiver(task, once, told, None, None)
    _running.add(task)
    _question_pool().start(_Runner(task, asked))
    if there.wait(PATIENCE_S) and answers:
        once(answers[0])
    return task


def busy() -> bool:
    """Whether any work is under way; the program waits for it before it closes."""
    return bool(_running)


def wait(milliseconds: int = 30_000) -> bool:
    """Let running work end before the program does."""
    asked = _questions is None or _questions.waitForDone(milliseconds)
    return QThreadPool.globalInstance().waitForDone(milliseconds) and asked
