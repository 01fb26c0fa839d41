"""The child process: takes one request from stdin, puts limits on itself, then decodes. It says JSON lines on stdout.

{"says": "probed" | "made" | "progress" | "done" | "failed", ...}. What decoders print goes to stderr.
"""

import importlib
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from signoff.integrations.media import jail
from signoff.integrations.media.failures import as_error
from signoff.integrations.media.job import Job
from signoff.integrations.media.known import TYPES, Kind
from signoff.integrations.media.shapes import Limits
from signoff.integrations.media.words import NO_MEMORY_EXIT

# A decoder takes a tenth of a second to load: only the one that is needed is.
_PROBES = {Kind.IMAGE: "images", Kind.VIDEO: "timed", Kind.AUDIO: "timed", Kind.PDF: "pdf"}
_RENDERS = {Kind.IMAGE: "images", Kind.VIDEO: "video", Kind.AUDIO: "audio", Kind.PDF: "pdf"}


def main() -> None:
    """Do what stdin asks for."""
    request = json.loads(sys.stdin.buffer.read())
    jail.enter(limits := Limits(**request["limits"]), request["parent"])
    voice = Voice(_own_stdout())
    try:
        _work(request, limits, voice)
        voice.say("done")
    except BaseException as error:
        _fail(error, voice)
    voice.close()
    os._exit(0)  # decoders' threads and destructors have nothing left to do that matters


class Voice:
    """Says JSON lines to the parent."""

    def __init__(self, descriptor: int) -> None:
        self.out = os.fdopen(descriptor, "wb")
        self.progress_at = 0.0

    def say(self, says: str, **more: object) -> None:
        self.out.write(json.dumps({"says": says, **more}).encode() + b"\n")
        self.out.flush()

    def progress(self, percent: int) -> None:
        """At most twice a second."""
        if time.monotonic() - self.progress_at >= 0.5:
            self.progress_at = time.monotonic()
            self.say("progress", percent=max(0, min(percent, 100)))

    def close(self) -> None:
        self.out.close()


def _work(request: dict[str, Any], limits: Limits, voice: Voice) -> None:
    path, kind = Path(request["path"]), TYPES[request["media_type"]].kind
    if request["do"] == "probe":
        voice.say("probed", probed=_decoder(_PROBES[kind]).probe(path, request["media_type"], limits))
    elif request["do"] == "stills":
        job = Job(path, request["media_type"], {}, Path(request["into"]), limits, voice.say, voice.progress)
        _decoder("stills").render(job, request["wanted"])
    else:
        probed = request["probed"]
        job = Job(path, request["media_type"], probed, Path(request["into"]), limits, voice.say, voice.progress)
        _decoder(_RENDERS[Kind(probed["kind"])]).render(job)
        voice.say("progress", percent=100)


def _decoder(name: str) -> Any:
    return importlib.import_module(f"signoff.integrations.media.decode.{name}")


def _own_stdout() -> int:
    """stdout for us alone; what libraries print there comes out on stderr."""
    own = os.dup(1)
    os.dup2(2, 1)
    return own


def _fail(error: BaseException, voice: Voice) -> None:
    try:
        failed = as_error(error)
        voice.say("failed", words=failed.words, permanent=failed.permanent)
        if error is not failed:
            traceback.print_exception(error, limit=-1)
        sys.stderr.flush()
    except MemoryError:
        os._exit(NO_MEMORY_EXIT)
