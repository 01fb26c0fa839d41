"""The decoder's process: every end of it has words, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from signoff.integrations.media import words
from signoff.integrations.media.process import Child, _ended, _message, run
from signoff.integrations.media.work import Limits, Made, MediaError, probe, render
from tests.integrations.media.making import LIMITS, clip, worked

MIB = 1 << 20


class Enough(Exception):
    """Thrown by who listens."""


def children() -> list[int]:
    """Processes whose parent we are."""
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    pids = [int(pid) for path in found for pid in path.read_text().split()]
    return [pid for pid in pids if b"integrations.media" in command(pid)]


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture(autouse=True)
def nobody_is_left() -> Iterator[None]:
    yield
    assert children() == []


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several seconds of work."""
    return clip(tmp_path_factory.mktemp("film") / "film.mp4", 250, size=(960, 540), codec="mpeg4")


@pytest.mark.parametrize(
    ("limits", "sentence", "permanent"),
    [
        (Limits(cpu_seconds=1), words.too_much_computing(1), True),
        (Limits(wall_seconds=1), words.too_long(1), True),
        (Limits(memory_bytes=200 * MIB), words.NO_MEMORY, True),
        (Limits(memory_bytes=40 * MIB), words.NO_MEMORY, True),
        (Limits(output_bytes=1000), words.TOO_LARGE, True),
    ],
)
def test_a_limit_ends_the_work_with_clear_words(
    tmp_path: Path, film: Path, limits: Limits, sentence: str, permanent: bool
) -> None:
    probed = probe(film, "video/mp4", LIMITS)
    told: list[Made] = []
    with pytest.raises(MediaError) as refused:
        render(film, probed, tmp_path, limits, told.append, lambda percent: None)
    assert (refused.value.words, refused.value.permanent) == (sentence, permanent)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(made.path.name for made in told)


def test_little_memory_is_said_of_a_picture_too(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("RGB", (6000, 6000)).save(path, compress_level=1)
    with pytest.raises(MediaError) as refused:
        worked(path, Limits(memory_bytes=160 * MIB))
    assert (refused.value.words, refused.value.permanent) == (words.NO_MEMORY, True)


@pytest.mark.parametrize(
    ("sent", "sentence", "permanent"),
    [
        (signal.SIGKILL, words.STOPPED, False),
        (signal.SIGSEGV, words.CRASHED, True),
        (signal.SIGABRT, words.GAVE_UP, True),
    ],
)
def test_a_child_that_is_killed_is_explained(
    tmp_path: Path, film: Path, sent: signal.Signals, sentence: str, permanent: bool
) -> None:
    probed = probe(film, "video/mp4", LIMITS)

    def kill(_: Made) -> None:
        for pid in children():
            os.kill(pid, sent)

    with pytest.raises(MediaError) as refused:
        render(film, probed, tmp_path, LIMITS, kill, lambda percent: None)
    assert (refused.value.words, refused.value.permanent) == (sentence, permanent)


@pytest.mark.parametrize(
    ("code", "sentence", "permanent"),
    [
        (-signal.SIGXCPU, words.too_much_computing(600), True),
        (words.NO_MEMORY_EXIT, words.NO_MEMORY, True),
        (-signal.SIGBUS, words.CRASHED, True),
        (-signal.SIGTRAP, words.GAVE_UP, True),
        (1, words.LOST, False),
        (0, words.LOST, False),  # went without a word
    ],
)
def test_every_end_has_words(code: int, sentence: str, permanent: bool) -> None:
    ended = _ended(code, Limits())
    assert (ended.words, ended.permanent) == (sentence, permanent)


@pytest.mark.parametrize("line", [b"no message", b"[]", b'{"kind": 1}', b"\xff"])
def test_what_is_no_message_ends_the_work(line: bytes) -> None:
    with pytest.raises(MediaError) as refused:
        _message(line)
    assert (refused.value.words, refused.value.permanent) == (words.LOST, False)


def test_who_stops_listening_ends_the_work(tmp_path: Path, film: Path) -> None:
    def stop(_: Made) -> None:
        raise Enough

    with pytest.raises(Enough):
        render(film, probe(film, "video/mp4", LIMITS), tmp_path, LIMITS, stop, lambda percent: None)
    assert [path.name for path in tmp_path.iterdir()] == ["thumbnail.webp"]


def test_the_child_dies_with_its_parent(tmp_path: Path, film: Path) -> None:
    script = (
        "import sys; sys.path[:] = sys.argv[2:]; from pathlib import Path\n"
        "from signoff.integrations.media.work import *\n"
        "film = Path(sys.argv[1]); probed = probe(film, 'video/mp4', Limits())\n"
        "def say(made): print(made.kind, flush=True)\n"
        "render(film, probed, Path.cwd(), Limits(), say, lambda percent: None)\n"
    )
    paths = [str(Path.cwd()), *filter(None, sys.path)]
    parent = subprocess.Popen([sys.executable, "-c", script, str(film), *paths], stdout=subprocess.PIPE, cwd=tmp_path)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"thumbnail\n"
    [child] = [int(pid) for pid in Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()]
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_for(lambda: b"integrations.media" not in command(child)) is True


def wait_for(holds: Callable[[], bool], seconds: float = 5) -> bool:
    ends = time.monotonic() + seconds
    while not (done := holds()) and time.monotonic() < ends:
        time.sleep(0.02)
    return done


def test_the_child_has_no_environment_and_few_rights(film: Path) -> None:
    """Looked at from outside, before it is asked for anything."""
    os.environ["SIGNOFF_SECRET"] = "not for decoders"
    with Child(LIMITS) as child:
        assert wait_for(lambda: b"integrations.media" in command(child.process.pid))
        seen = Path(f"/proc/{child.process.pid}/environ").read_bytes()
        assert seen.strip(b"\x00").split(b"\x00") == [b"LC_ALL=C.UTF-8", b"MALLOC_ARENA_MAX=2"]
        assert os.getpgid(child.process.pid) == child.process.pid
    del os.environ["SIGNOFF_SECRET"]


def test_the_limits_hold_in_the_child(tmp_path: Path, film: Path) -> None:
    seen: dict[str, list[str]] = {}
    wanted = ("Max cpu time", "Max address space", "Max file size", "Max core file size", "Max open files")

    def look(_: Made) -> None:
        [pid] = children()
        for line in Path(f"/proc/{pid}/limits").read_text().splitlines():
            seen.update({name: line[len(name) :].split()[:2] for name in wanted if line.startswith(name)})
        seen["nice"] = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[16]]
        raise Enough

    with pytest.raises(Enough):
        render(film, probe(film, "video/mp4", LIMITS), tmp_path, LIMITS, look, lambda percent: None)
    assert seen == {
        "Max cpu time": ["60", "65"],
        "Max address space": [str(3 << 30)] * 2,
        "Max file size": [str(4 << 30)] * 2,
        "Max core file size": ["0", "0"],
        "Max open files": ["64", "64"],
        "nice": ["10"],
    }


def test_the_parent_loads_no_decoder() -> None:
    script = (
        "import sys; sys.path[:] = sys.argv[1:]\n"
        "import signoff.integrations.media.work, signoff.integrations.media.types\n"
        "print(sorted({'av', 'PIL', 'pypdfium2', 'pi_heif'} & set(sys.modules)))"
    )
    paths = [str(Path.cwd()), *filter(None, sys.path)]
    said = subprocess.run([sys.executable, "-c", script, *paths], capture_output=True, check=True)
    assert said.stdout == b"[]\n"


def test_a_missing_file_may_be_there_later(tmp_path: Path) -> None:
    with pytest.raises(MediaError) as refused:
        probe(tmp_path / "gone.png", "image/png", LIMITS)
    assert (refused.value.words, refused.value.permanent) == (words.NOT_THERE, False)


def test_a_full_scratch_may_have_room_later(tmp_path: Path, film: Path) -> None:
    probed = probe(film, "video/mp4", LIMITS)
    with pytest.raises(MediaError) as refused:
        render(film, probed, tmp_path / "gone", LIMITS, lambda made: None, lambda percent: None)
    assert refused.value.permanent is False


def test_what_the_decoder_said_is_kept_without_our_paths(tmp_path: Path) -> None:
    path = tmp_path / "cut.mp4"
    path.write_bytes(b"\x00\x00\x00\x18ftypisom" + b"\x00" * 40)
    with pytest.raises(MediaError) as refused:
        probe(path, "video/mp4", LIMITS)
    tail = refused.value.tail
    assert ("moov atom not found" in tail, str(tmp_path) in tail, len(tail) <= 2000) == (True, False, True)


def test_progress_goes_up_to_a_hundred(tmp_path: Path) -> None:
    film = clip(tmp_path / "short.mp4", 60, size=(320, 180))
    seen: list[int] = []
    begun = time.monotonic()
    render(film, probe(film, "video/mp4", LIMITS), tmp_path, LIMITS, lambda made: None, seen.append)
    assert (seen == sorted(seen), seen[-1], set(seen) <= set(range(101))) == (True, 100, True)
    assert len(seen) <= 2 + 2 * (time.monotonic() - begun)


def test_a_message_that_is_none_ends_the_child(film: Path) -> None:
    def lie(said: dict[str, Any]) -> None:
        raise AssertionError(json.dumps(said))

    request: dict[str, object] = {"do": "probe", "path": str(film), "media_type": "video/mp4", "limits": {}}
    with pytest.raises(AssertionError, match='"kind": "video"'):
        run(request, LIMITS, {"probed": lie}, ())
