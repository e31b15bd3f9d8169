"""Work on the database from screens and dialogs: always in a thread, its answer always on the app's own task.

Reads of one group supersede each other; their late answers are dropped. Writes are never dropped, and no further key
acts until a write has ended, so that what was typed ahead acts on what the person saw.
"""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct
from textual.message import Message
from textual.worker import Worker

from frontdesk.domain.errors import Refused, Unavailable
from frontdesk.domain.privacy import behind
from frontdesk.ui.working import READING, SAVING

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from frontdesk.ui.app import FrontdeskApp

T = TypeVar("T")


class Job(Struct, frozen=True):
    """Who asked, what to do with the answer, and where a refusal goes."""

    owner: DOMNode
    then: Callable[[Any], object] | None
    refused: Callable[[Refused], object] | None
    release: Callable[[], object]
    ended: Callable[[], object]
    is_write: bool = False
    group: str = ""
    """Of a question: what takes its place is one of the same group."""


class Answered(Message):
    """A piece of work has ended: with a result, or with an error."""

    def __init__(self, job: Job, result: object = None, error: BaseException | None = None) -> None:
        self.job = job
        self.result = result
        self.error = error
        super().__init__()


def ask(
    app: FrontdeskApp,
    owner: DOMNode,
    work: Callable[[], T],
    then: Callable[[T], object] | None,
    *,
    group: str,
    refused: Callable[[Refused], object] | None = None,
    holds: bool = True,
    words: str = READING,
) -> None:
    """Reads in a thread; `then` gets the result unless a newer question of `group` was asked or `owner` is gone.

    Keys that act wait for the answer to what a key asked; not with `holds` False. `words` stand in the header where it
    takes long; nobody waits for what has none.
    """
    release = app.router.reading(group, holds=holds)
    job = Job(owner, then, refused, release, app.working.begin(group, words), group=group)
    app.asked[group] = job
    here = _inside(app)

    async def run() -> None:
        # Where a newer question cancels this one, it never begins, or its answer is not waited for.
        readers = app.threads.readers
        app.post_message(await get_running_loop().run_in_executor(readers, here.run, _outcome, app, job, work))

    _: Worker[None] = app.run_worker(run, group=group, exclusive=True, exit_on_error=False, name=group)


def save(
    app: FrontdeskApp,
    owner: DOMNode,
    work: Callable[[], T],
    then: Callable[[T], object] | None,
    *,
    refused: Callable[[Refused], object] | None = None,
    release: Callable[[], object] | None = None,
    words: str = SAVING,
) -> None:
    """Writes in a thread while keys wait; `then` gets the result.

    `release` lets keys go that wait already, or did: for what changes nothing that they mean, and may take long.
    """
    held = release or app.router.hold_keys()
    job = Job(owner, then, refused, held, app.working.begin("write", words), is_write=release is None)
    here = _inside(app)

    def run() -> None:
        app.post_message(here.run(_outcome, app, job, work))

    app.run_worker(run, group="write", thread=True, exit_on_error=False, name="write")


def settle(app: FrontdeskApp, answer: Answered) -> None:
    """Hands an answer to who asked: a result, a refusal, an unreachable database; anything else is a defect."""
    job = answer.job
    # It may have come just before the newer question was asked: cancelling that one's work was too late then.
    is_late = bool(job.group) and app.asked.get(job.group) is not job
    try:
        if is_late and (answer.error is None or isinstance(answer.error, Refused)):
            return
        if isinstance(answer.error, Refused):
            if job.is_write:
                # Keys typed ahead were meant for what was not saved.
                app.router.forget()
            if isinstance(answer.error, Unavailable):
                app.unreachable(answer.error)
            if job.owner.is_attached:
                (job.refused or app.refuse)(answer.error)
            elif not job.group or isinstance(answer.error, Unavailable):
                # A question went with who asked it; what was not saved, or not written, is told wherever one is now.
                app.refuse(answer.error)
        elif answer.error is not None:
            raise answer.error
        else:
            app.router.reads_are(late=False)
            if job.then is not None and job.owner.is_attached:
                job.then(answer.result)
    finally:
        if app.asked.get(job.group) is job:
            # Else it would keep whoever asked, a dialog that is closed with all its widgets say, until the next asks.
            del app.asked[job.group]
        job.ended()
        job.release()


def _inside(app: FrontdeskApp) -> Context:
    """Where a thread finds the app, and by it the desk, though the screen that asked may be gone before it begins."""
    with app._context():
        return copy_context()


def _outcome(app: FrontdeskApp, job: Job, work: Callable[[], object]) -> Answered:
    try:
        # A thread knows nothing of the app's curtain, and what it says will stand on the screen.
        with behind(app.privacy.written):
            return Answered(job, work())
    except Exception as error:
        # Not lost: `settle` shows a refusal and raises anything else on the app's task.
        return Answered(job, error=error)
