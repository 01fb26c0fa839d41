"""No file makes a decoder open an address or another file."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from signoff.integrations.media.types import Kind, type_of
from signoff.integrations.media.work import MediaError, probe
from tests.integrations.media.making import LIMITS

TIMED = ["video/mp4", "video/x-matroska", "video/mp2t", "video/x-msvideo", "application/mxf", "audio/mpeg", "audio/ogg"]


class Listener:
    """Counts who connects."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.visits = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self.socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.socket.close()


def playlist(tmp_path: Path, listener: Listener) -> Path:
    path = tmp_path / "film.m3u8"
    address = f"http://127.0.0.1:{listener.port}/part.ts"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}\n#EXT-X-ENDLIST\n")
    return path


def test_a_playlist_would_be_followed_by_a_bare_decoder(tmp_path: Path, listener: Listener) -> None:
    """What the tests below guard against is there."""
    with pytest.raises(av.FFmpegError):
        av.open(str(playlist(tmp_path, listener)), options={"protocol_whitelist": "file,http,tcp"})
    assert listener.visits > 0


@pytest.mark.parametrize("media_type", TIMED)
def test_a_playlist_under_any_type_is_not_followed(tmp_path: Path, listener: Listener, media_type: str) -> None:
    with pytest.raises(MediaError):
        probe(playlist(tmp_path, listener), media_type, LIMITS)
    assert listener.visits == 0


@pytest.mark.parametrize(
    "text", ["#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "ffconcat version 1.0\nfile '/etc/passwd'\n"]
)
def test_a_list_of_files_is_text_and_nothing_else(tmp_path: Path, text: str) -> None:
    path = tmp_path / "film.mov"
    path.write_text(text)
    media_type = type_of(path.read_bytes(), path.name)
    assert (media_type.kind, probe(path, media_type.name, LIMITS).kind) == (Kind.OTHER, Kind.OTHER)
    with pytest.raises(MediaError) as refused:
        probe(path, "video/quicktime", LIMITS)
    assert "root:" not in refused.value.tail
