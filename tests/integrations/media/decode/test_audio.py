"""Sounds: waveform, peaks, proxy."""

import io
import json
from pathlib import Path

import av
import pytest
from PIL import Image

from signoff.integrations.media.types import Kind
from signoff.integrations.media.work import MediaError
from tests.integrations.media.making import tone, worked


def peaks(path: Path) -> list[int]:
    said = json.loads(path.read_text())
    assert (list(said), said["count"], len(said["peaks"])) == (["count", "peaks"], 1000, 1000)
    found: list[int] = said["peaks"]
    return found


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        *(("a.mp3", "libmp3lame"), ("a.wav", "pcm_s16le"), ("a.wav", "pcm_s24le"), ("a.aiff", "pcm_s16be")),
        *(("a.flac", "flac"), ("a.ogg", "libopus"), ("a.m4a", "aac"), ("a.aac", "aac")),
    ],
)
def test_every_format_has_a_waveform_peaks_and_a_proxy(tmp_path: Path, name: str, codec: str) -> None:
    outcome = worked(tone(tmp_path / name, codec, 1.0))
    assert (outcome.probed.kind, outcome.probed.has_audio, abs((outcome.probed.duration_ms or 0) - 1000) < 80) == (
        *(Kind.AUDIO, True),
        True,
    )
    assert [(made.kind, made.media_type, made.width, made.height) for made in outcome.made] == [
        ("waveform", "image/webp", 1600, 160),
        ("peaks", "application/json", None, None),
        ("proxy", "audio/mp4", None, None),
    ]
    with av.open(str(outcome.one("proxy").path)) as container:
        track = container.streams.audio[0]
        assert (track.codec_context.name, track.rate, track.layout.name) == ("aac", 48000, "stereo")
        assert abs(float(track.duration * track.time_base) - 1) < 0.1


def test_peaks_are_as_loud_as_the_sound(tmp_path: Path) -> None:
    loud, soft = (
        peaks(worked(tone(tmp_path / f"{volume}.wav", "pcm_s16le", 1.0, volume)).one("peaks").path)
        for volume in (1.0, 0.25)
    )
    assert (max(loud) >= 250, 60 <= max(soft) <= 68) == (True, True), (max(loud), max(soft))


def test_silence_then_sound_is_seen_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "half.wav"
    with av.open(str(path), "w") as out:
        track = out.add_stream("pcm_s16le", rate=48000, layout="mono")
        for number in range(100):
            frame = av.AudioFrame("s16", "mono", 960)
            frame.planes[0].update((b"\x00\x00" if number < 50 else b"\xff\x7f") * 960)
            frame.sample_rate, frame.pts = 48000, number * 960
            out.mux(track.encode(frame))
    found = peaks(worked(path).one("peaks").path)
    assert (set(found[:490]), min(found[520:]) >= 250) == ({0}, True)


def test_a_title_in_an_older_encoding_is_no_damage(tmp_path: Path) -> None:
    path = tone(tmp_path / "a.wav", "pcm_s16le", 1.0)
    title = b"LIST" + (16).to_bytes(4, "little") + b"INFOINAM" + (4).to_bytes(4, "little") + "Été\0".encode("latin-1")
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.write(title)
        file.seek(4)
        file.write((size + len(title) - 8).to_bytes(4, "little"))
    assert [made.kind for made in worked(path).made] == ["waveform", "peaks", "proxy"]


def test_the_waveform_is_one_colour_on_nothing(tmp_path: Path) -> None:
    picture = worked(tone(tmp_path / "a.wav", "pcm_s16le", 2.0, 0.5)).picture("waveform")
    assert (picture.mode, picture.size) == ("RGBA", (1600, 160))
    assert (picture.getpixel((800, 80))[3], picture.getpixel((0, 0))[3]) == (255, 0)


def test_a_song_with_a_cover_is_audio(tmp_path: Path) -> None:
    cover = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(cover, "JPEG")
    outcome = worked(tone(tmp_path / "song.mp3", "libmp3lame", 0.5, cover=cover.getvalue()))
    assert (outcome.probed.kind, [made.kind for made in outcome.made]) == (
        Kind.AUDIO,
        ["waveform", "peaks", "proxy"],
    )


def test_a_moment_of_sound_fills_a_thousand_peaks(tmp_path: Path) -> None:
    assert len(peaks(worked(tone(tmp_path / "click.wav", "pcm_s16le", 0.01)).one("peaks").path)) == 1000


@pytest.mark.parametrize("content", [b"fLaC\x00\x00\x00\x22" + b"\x00" * 99, b"RIFF\x24\x00\x00\x00WAVEfmt "])
def test_a_sound_that_is_cut_off_is_called_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cut.bin"
    path.write_bytes(content)
    with pytest.raises(MediaError) as refused:
        worked(path)
    assert (refused.value.words[:31], refused.value.permanent) == ("The file is damaged or cut off:", True)
