"""A build that is stopped: before each of its operations on files, at any moment, by a disk or by another build."""

import errno
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import bakumoscow
from bakumoscow.pipeline.build import build
from bakumoscow.pipeline.publish import STAGING
from bakumoscow.problems import UsageError
from tools.reliability.flips import examined_once
from tools.reliability.trial import SEED, Trial, published, sampled

EDIT = ("data/events.csv", "Plane crash near Aktau", "Crash of the plane near Aktau")
KILLS, PAIRS = 100, 40
SIZES = [0, 1, 100, 1_000, 2_000, 4_000, 6_000, 8_000, 10_000, 15_000, 20_000, 30_000, 50_000]  # bytes
NOBODY = 65534
FAILED, REFUSED = 3, 4
CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}  # audit events that change the file system
Stop = Callable[[], None]


def _go_on() -> None:
    """Do not stop."""


class Stopper:
    """Stops this process, or fails an operation, before the n-th operation that changes files below a directory."""

    def __init__(self) -> None:
        self.directory, self.left, self.seen, self.stop = "", -1, 0, _go_on
        sys.addaudithook(self.audit)

    def audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.directory or not self._changes(event, arguments):
            return
        self.seen += 1
        if self.left == 0:
            self.left = -1
            self.stop()
        self.left -= 1

    def _changes(self, event: str, arguments: tuple[object, ...]) -> bool:
        path = str(arguments[0]) if arguments else ""
        if event == "open":
            flags = arguments[2]
            return (
                path.startswith(self.directory) and isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
            )
        return event in CHANGING and (path.startswith(self.directory) or not os.path.isabs(path))

    def watch(self, directory: Path, before: int = -1, stop: Stop | None = None) -> None:
        self.directory, self.left, self.seen, self.stop = str(directory), before, 0, stop or _go_on

    def rest(self) -> int:
        """No longer watch; how many operations there were."""
        self.directory = ""
        return self.seen


_stopper: list[Stopper] = []


def stopper() -> Stopper:
    """This process's: an audit hook stays for ever."""
    if not _stopper:
        _stopper.append(Stopper())
    return _stopper[0]


class Scene:
    """The package to be built, what was published before and what a whole build publishes."""

    def __init__(self, package: Path, folder: Path) -> None:
        self.folder = folder
        self.edited = Path(shutil.copytree(package, folder / "edited"))
        path = self.edited / EDIT[0]
        text = path.read_text("utf-8")
        assert text.count(EDIT[1]) == 1
        path.write_text(text.replace(EDIT[1], EDIT[2]), "utf-8", newline="\n")
        self.old = published(self.edited)
        self.unbuilt = Path(shutil.copytree(self.edited, folder / "unbuilt"))
        for name in ("build", "schemas"):
            shutil.rmtree(self.unbuilt / name)
        for name in ("CODEBOOK.md", "datapackage.json"):
            (self.unbuilt / name).unlink()
        whole = self.copy()
        build(whole)
        self.new = published(whole)

    def copy(self, first: bool = False) -> Path:
        """A package to stop a build in."""
        target = self.folder / "scene"
        shutil.rmtree(target, ignore_errors=True)
        return Path(shutil.copytree(self.unbuilt if first else self.edited, target))

    def state(self, directory: Path, first: bool = False) -> tuple[str, list[str]]:
        """The state that a stopped build left, and the promises that it broke; the next build is tried too."""
        old, now, broken = {} if first else self.old, published(directory), []
        broken += [
            f"{path} is neither old nor new"
            for path, value in now.items()
            if value not in (old.get(path), self.new.get(path))
        ]
        broken += [f"{path} is lost" for path in old if path not in now]
        name = "new" if now == self.new else "old" if now == old else "between"
        unlike = sorted(path for path in self.new if now.get(path) != self.new[path])
        reported = sorted(build(directory, check=True).stale)
        broken += [f"stale and not reported: {path}" for path in unlike if path not in reported]
        broken += self._loads(directory, now)
        build(directory)
        broken += ["the next build does not repair it"] if published(directory) != self.new else []
        broken += ["the staging folder stays"] if (directory / STAGING).exists() else []
        return name, broken

    def _loads(self, directory: Path, now: dict[str, str]) -> list[str]:
        """`load` gives the events as the descriptor has them, or raises."""
        with mock.patch("bakumoscow.published.root", return_value=str(directory)):
            try:
                labels = set(bakumoscow.load("events")["label"])
            except bakumoscow.IntegrityError:
                return []
        path = "build/parquet/events.parquet"
        right = EDIT[2] if now[path] == self.new[path] else EDIT[1]
        return [] if right in labels else ["load returns another table than the file's"]


def interrupted(package: Path, share: float) -> list[Trial]:
    """Every trial, on copies of a built package in which one label was edited, and on one that was never built."""
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(package, Path(folder))
        trials = [_at_any_moment(scene, share)]
        with examined_once(scene.edited):  # what the build reads stays as it is, and only its writing is stopped
            return [*trials, *_writing_stopped(scene, share)]


def _writing_stopped(scene: Scene, share: float) -> list[Trial]:
    """The trials in which a build is stopped while it writes."""
    trials = []
    for name, first in (("a build after an edit", False), ("a first build", True)):
        trials += [
            _at_each_operation(scene, first, share, _killed, f"{name}, killed (SIGKILL)"),
            _at_each_operation(scene, first, share, _failing(OSError(errno.ENOSPC, "full")), f"{name}, disk full"),
            _at_each_operation(scene, first, share, _failing(KeyboardInterrupt()), f"{name}, interrupted"),
        ]
    trials.append(_files_too_large(scene, share))
    trials.append(_two_at_once(scene, share))
    return [*trials, *_read_only(scene)]


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _failing(error: BaseException) -> Stop:
    def stop() -> None:
        raise error

    return stop


def _in_child(action: Callable[[], None]) -> int:
    """Run an action in a fork of this process, which has imported everything; its exit code, -9 where it was killed."""
    child = os.fork()
    if child == 0:
        code = 0
        try:
            action()
        except UsageError:
            code = REFUSED
        except BaseException:
            code = FAILED
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _operations(scene: Scene, first: bool) -> int:
    directory = scene.copy(first)
    stopper().watch(directory)
    build(directory)
    return stopper().rest()


def _at_each_operation(scene: Scene, first: bool, share: float, stop: Stop, name: str) -> Trial:
    count = _operations(scene, first)
    chosen = sampled(range(count), share)
    states: Counter[str] = Counter()
    failures = []
    for number in chosen:
        directory = scene.copy(first)

        def stopped(directory: Path = directory, number: int = number) -> None:
            stopper().watch(directory, number, stop)
            build(directory)

        code = _in_child(stopped)
        state, broken = scene.state(directory, first)
        states[state] += 1
        if code == 0 and state != "new":
            broken.append("the build succeeds and is not whole")
        failures += [f"before operation {number}: {item}" for item in broken]
    what = f"{name}, before each of its {count} operations on files"
    return Trial(what, count, len(chosen), _words(states), tuple(failures))


def _words(states: Counter[str]) -> str:
    names = {"old": "the old files", "new": "the new files", "between": "whole files of both, reported and repaired"}
    return ", ".join(f"{states[state]} times {words}" for state, words in names.items() if states[state])


def _at_any_moment(scene: Scene, share: float) -> Trial:
    start = time.perf_counter()
    build(scene.copy())
    duration = time.perf_counter() - start
    chance = random.Random(SEED)
    states: Counter[str] = Counter()
    failures = []
    moments = sampled([chance.uniform(0, 1.3 * duration) for _ in range(KILLS)], share)
    for moment in moments:
        directory = scene.copy()
        child = os.fork()
        if child == 0:
            build(directory)
            os._exit(0)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        state, broken = scene.state(directory)
        states[state] += 1
        failures += [f"after {moment:.3f} seconds: {item}" for item in broken]
    return Trial("a build killed (SIGKILL) at a random moment", KILLS, len(moments), _words(states), tuple(failures))


def _files_too_large(scene: Scene, share: float) -> Trial:
    """The kernel refuses to write beyond a size: half a file is really written."""
    failures = []
    states: Counter[str] = Counter()
    chosen = sampled(SIZES, share)
    for size in chosen:
        directory = scene.copy(first=True)

        def limited(directory: Path = directory, size: int = size) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            build(directory)

        code = _in_child(limited)
        state, broken = scene.state(directory, first=True)
        states[state] += 1
        if (code == FAILED) != (state == "old"):
            broken.append(f"exit {code}, state {state}")
        failures += [f"{size} bytes: {item}" for item in broken]
    what = f"a first build where no file may have more than a size, from 0 to {SIZES[-1]:,} bytes"
    return Trial(what, len(SIZES), len(chosen), _words(states), tuple(failures))


def _two_at_once(scene: Scene, share: float) -> Trial:
    failures = []
    outcomes: Counter[str] = Counter()
    count = len(sampled(range(PAIRS), share))
    for number in range(count):
        directory = scene.copy()
        reading, writing = os.pipe()
        children = []
        for _ in range(2):
            child = os.fork()
            if child == 0:
                os.close(writing)
                os.read(reading, 1)  # both begin when the parent closes its end
                code = 0
                try:
                    build(directory)
                except UsageError:
                    code = REFUSED
                except BaseException:
                    code = FAILED
                os._exit(code)
            children.append(child)
        os.close(reading)
        os.close(writing)
        codes = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
        outcomes["one refused" if codes == [0, REFUSED] else "both succeeded"] += 1
        if codes not in ([0, 0], [0, REFUSED]):
            failures.append(f"pair {number}: exit codes {codes}")
        if published(directory) != scene.new or (directory / STAGING).exists():
            failures.append(f"pair {number}: not whole")
    happened = ", ".join(f"{number} times {words}" for words, number in sorted(outcomes.items()))
    return Trial("two builds at once in one directory", PAIRS, count, f"{happened}, the new files", tuple(failures))


def _read_only(scene: Scene) -> list[Trial]:
    trials = []
    for name in (".", "build/parquet"):
        directory = scene.copy()
        before = published(directory)
        for path in [directory / name, *(directory / name).rglob("*")]:
            path.chmod(path.stat().st_mode & ~0o222)
        for path in [scene.folder, *scene.folder.parents[:-1]]:
            path.chmod(path.stat().st_mode | 0o055)
        if name != ".":
            for path in (directory, *directory.rglob("*")):
                if name not in path.as_posix():
                    path.chmod(path.stat().st_mode | 0o222)

        def powerless(directory: Path = directory) -> None:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            build(directory)

        code = _in_child(powerless)
        failures = [f"exit {code}"] if code != FAILED else []
        if name == "." and published(directory) != before:
            failures.append("files have changed")
        for path in (directory, *directory.rglob("*")):
            path.chmod(path.stat().st_mode | 0o700)
        _, broken = scene.state(directory)
        what = "in a directory that is read-only" if name == "." else f"where {name}/ is read-only"
        happened = "an error, the old files" if name == "." else "an error, whole files, reported and repaired"
        trials.append(Trial(f"a build {what}", 1, 1, happened, (*failures, *broken)))
    return trials
