"""A script that sends one file in, over a wire that breaks at any moment, and makes a round of it."""

import hashlib
import http.client
import json
import time
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

PATIENCE = 120.0  # seconds
GONE = (OSError, http.client.HTTPException)
NOT_NOW = (423, 500, 502, 503)


@dataclass
class Sender:
    """Sends `data` to a deliverable; breaks off as often as its dice say, and gives up half-way if `gives_up`."""

    port: int
    key: str
    deliverable: str
    name: str
    data: bytes
    random: Random
    gives_up: bool = False
    breaks: int = 0
    round_id: str = ""
    seen: list[str] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def run(self) -> None:
        asked = {"name": self.name, "size": len(self.data), "fingerprint": f"{self.name}-{self.sha256}"}
        upload = self._asked("POST", f"/api/v1/deliverables/{self.deliverable}/uploads", asked, wanted=201)
        self._send(upload["address"])
        if not self.gives_up:
            made = {"uploads": [upload["id"]], "note": self.name, "same_is_meant": True}
            self._make_round(made)

    def _send(self, address: str) -> None:
        offset = 0
        until = time.monotonic() + PATIENCE
        while offset < len(self.data):
            assert time.monotonic() < until, f"{self.name} did not get through: {self.seen}"
            if self.gives_up and offset > len(self.data) // 2:
                return
            try:
                offset = self._stretch(address, offset)
            except GONE as error:
                self.seen.append(type(error).__name__)
                time.sleep(0.2)
                offset = self._how_far(address)

    def _stretch(self, address: str, offset: int) -> int:
        """Send what is left, or a part of it and then nothing more; where it ends."""
        rest = self.data[offset:]
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest("PATCH", address)
        for name, value in (
            ("Tus-Resumable", "1.0.0"),
            ("Upload-Offset", str(offset)),
            ("Content-Type", "application/offset+octet-stream"),
            ("Content-Length", str(len(rest))),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        if self.random.random() < 0.5 and self.breaks < 4:
            self.breaks += 1
            connection.send(rest[: self.random.randrange(len(rest))])
            connection.close()
            raise ConnectionAbortedError
        try:
            for start in range(0, len(rest), 65_536):
                connection.send(rest[start : start + 65_536])
                time.sleep(0.002)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        if answer.status != 204:
            self.seen.append(str(answer.status))
            raise ConnectionAbortedError
        return int(answer.headers["Upload-Offset"])

    def _how_far(self, address: str) -> int:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, headers, _ = self._call("HEAD", address)
                if status == 200:
                    return int(headers["Upload-Offset"])
                self.seen.append(str(status))
            except GONE as error:
                self.seen.append(type(error).__name__)
            time.sleep(0.2)
        raise AssertionError(f"{self.name} is lost: {self.seen}")

    def _make_round(self, made: dict[str, object]) -> None:
        """A kill may fall between the commit and its answer: then the upload is gone, and the round is there."""
        path = f"/api/v1/deliverables/{self.deliverable}/rounds"
        try:
            self.round_id = self._asked("POST", path, made, wanted=201)["id"]
        except UploadUsed:
            rounds = self._asked("GET", path, None, wanted=200)
            self.round_id = next(one["id"] for one in rounds if one["note"] == self.name)

    def _asked(self, method: str, path: str, body: object, *, wanted: int) -> "dict | list":  # type: ignore[type-arg]
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, _, answer = self._call(method, path, body)
            except GONE as error:
                self.seen.append(type(error).__name__)
                time.sleep(0.2)
                continue
            if status == wanted:
                return json.loads(answer)
            if status == 404 and b"upload_gone" in answer:
                raise UploadUsed
            assert status in NOT_NOW or b"upload_not_finished" in answer, (self.name, status, answer)
            time.sleep(0.2)
        raise AssertionError(f"{method} {path} was never answered: {self.seen}")

    def _call(self, method: str, path: str, body: object = None) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Authorization": f"Bearer {self.key}", "Tus-Resumable": "1.0.0"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            parts = urlsplit(path)
            connection.request(method, parts.path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


class UploadUsed(Exception):
    pass
