"""Videos: every frame of them, upright, in a proxy that steps well."""

import struct
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from signoff.integrations.media.decode.timed import rate_meant
from signoff.integrations.media.types import Kind
from signoff.integrations.media.work import MediaError, probe
from tests.integrations.media.making import LIMITS, Outcome, clip, hum, number_of, numbered, tone, worked


def times(path: Path) -> list[Fraction]:
    """When each frame is shown, counted from the first."""
    with av.open(str(path)) as container:
        shown = sorted(frame.pts * frame.time_base for frame in container.decode(video=0))
    return [time - shown[0] for time in shown]


def keyframes(path: Path) -> list[int]:
    with av.open(str(path)) as container:
        return [number for number, frame in enumerate(container.decode(video=0)) if frame.key_frame]


def proxied(outcome: Outcome) -> Path:
    return outcome.one("proxy").path


@pytest.mark.parametrize(
    ("rate", "name"),
    [
        (Fraction(24000, 1001), "a.mp4"),
        (Fraction(25), "a.mp4"),
        (Fraction(30000, 1001), "a.mov"),
        (Fraction(60000, 1001), "a.mp4"),
        (Fraction(24000, 1001), "a.mkv"),  # counts milliseconds: 41, 42, 42 ...
        (Fraction(60000, 1001), "a.mkv"),
        (Fraction(24000, 1001), "a.ts"),
        (Fraction(30000, 1001), "a.avi"),
    ],
)
def test_every_frame_is_in_the_proxy_at_its_own_time(tmp_path: Path, rate: Fraction, name: str) -> None:
    outcome = worked(clip(tmp_path / name, 31, rate, codec="mpeg4" if name.endswith("avi") else "libx264"))
    probed = outcome.probed
    assert (probed.kind, probed.frames, probed.fps_num, probed.fps_den) == (
        *(Kind.VIDEO, 31),
        *(rate.numerator, rate.denominator),
    )
    assert outcome.one("proxy").data == {"frames": 31}
    assert times(proxied(outcome)) == [number / rate for number in range(31)]


def numbers(path: Path) -> list[int]:
    """Which frame of a numbered clip each frame is."""
    with av.open(str(path)) as container:
        return [number_of(frame.to_image()) for frame in container.decode(video=0)]


def test_a_variable_rate_becomes_a_constant_one(tmp_path: Path) -> None:
    """As a phone records: 30 a second, slower in the dark, then nothing new for half a second."""
    wanted = [Fraction(number, 30) for number in range(8)]
    wanted += [wanted[-1] + Fraction(number, 15) for number in range(1, 7)]
    wanted += [wanted[-1] + Fraction(1, 2), wanted[-1] + Fraction(1, 2) + Fraction(1, 30)]
    outcome = worked(clip(tmp_path / "phone.mp4", len(wanted), 30, time=wanted.__getitem__, picture=numbered))
    rate, path = Fraction(outcome.probed.fps_num or 0, outcome.probed.fps_den or 1), proxied(outcome)
    assert times(path) == [number / rate for number in range(len(times(path)))]
    shown = [max(n for n, at in enumerate(wanted) if round(at * rate) <= number) for number in range(len(times(path)))]
    assert (rate, numbers(path)) == (30, shown)
    said = "Its frame rate varies: it is shown, and its frames are counted, at 30 frames a second."
    assert outcome.one("proxy").data == {"frames": len(shown), "notice": said}


@pytest.mark.parametrize(
    ("least", "average", "meant"),
    [
        (Fraction(30), Fraction(240, 11), Fraction(30)),  # a phone in the dark
        (Fraction(60), Fraction(8), Fraction(60)),  # a screen recording
        (Fraction(600), Fraction(2998, 100), Fraction(30000, 1001)),  # two frames only that are so near each other
        (Fraction(240), Fraction(240), Fraction(240)),  # slow motion
        (Fraction(50), Fraction(25), Fraction(25)),  # fields
        (Fraction(2997, 100), None, Fraction(30000, 1001)),
        (None, Fraction(23976, 1000), Fraction(24000, 1001)),
        (Fraction(25, 2), Fraction(25, 2), Fraction(25, 2)),
        (None, None, None),
    ],
)
def test_the_rate_that_is_meant(least: Fraction | None, average: Fraction | None, meant: Fraction | None) -> None:
    assert rate_meant(least, average) == meant


def test_stepping_is_quick_and_the_index_stands_in_front(tmp_path: Path) -> None:
    path = proxied(worked(clip(tmp_path / "a.mp4", 40)))
    written = path.read_bytes()
    assert keyframes(path) == [0, 12, 24, 36]
    assert written.find(b"moov") < written.find(b"mdat")
    with av.open(str(path)) as container:
        assert {av.video.frame.PictureType(frame.pict_type).name for frame in container.decode(video=0)} == {"I", "P"}


def test_the_proxy_is_what_browsers_play(tmp_path: Path) -> None:
    outcome = worked(clip(tmp_path / "a.mov", 10, codec="prores_ks", pixels="yuv422p10le", sound="pcm_s16le"))
    with av.open(str(proxied(outcome))) as container:
        picture, sound = container.streams.video[0].codec_context, container.streams.audio[0].codec_context
        assert (picture.name, picture.profile, picture.pix_fmt) == ("h264", "High", "yuv420p")
        assert (sound.name, sound.sample_rate, sound.layout.name) == ("aac", 48000, "stereo")
    assert (outcome.probed.has_audio, outcome.one("proxy").media_type) == (True, "video/mp4")


@pytest.mark.parametrize(
    ("name", "codec", "pixels"),
    [
        ("a.mkv", "ffv1", "yuv444p"),
        ("a.mkv", "ffv1", "yuv420p10le"),
        ("a.mov", "qtrle", "rgb24"),
        ("a.mov", "prores_ks", "yuva444p10le"),
        ("a.webm", "libvpx-vp9", "yuv420p"),
        ("a.mxf", "mpeg2video", "yuv420p"),
        ("a.avi", "mjpeg", "yuvj420p"),
        ("a.mkv", "libx265", "yuv420p10le"),
    ],
)
def test_what_studios_send_has_all_renditions(tmp_path: Path, name: str, codec: str, pixels: str) -> None:
    outcome = worked(clip(tmp_path / name, 8, codec=codec, pixels=pixels))
    assert [made.kind for made in outcome.made] == ["thumbnail", "poster", "filmstrip", "proxy"]
    assert (outcome.one("proxy").data, outcome.probed.has_audio) == ({"frames": 8}, False)


def test_odd_sizes_become_even(tmp_path: Path) -> None:
    outcome = worked(clip(tmp_path / "a.mkv", 5, codec="ffv1", pixels="yuv444p", size=(97, 55)))
    assert (outcome.probed.width, outcome.probed.height) == (97, 55)
    assert (outcome.one("proxy").width, outcome.one("proxy").height) == (96, 56)


def test_a_large_video_is_made_small(tmp_path: Path) -> None:
    outcome = worked(clip(tmp_path / "a.mp4", 3, size=(2048, 858)))
    sizes = {made.kind: (made.width, made.height) for made in outcome.made}
    assert sizes == {"thumbnail": (480, 201), "poster": (1280, 536), "filmstrip": (480, 67), "proxy": (1280, 536)}


def test_a_phone_video_stands_upright(tmp_path: Path) -> None:
    """The clip's bar is top left. Turned a quarter counterclockwise it is bottom left."""
    outcome = worked(clip(tmp_path / "phone.mov", 5, rotation=90, size=(96, 48)))
    assert (outcome.probed.width, outcome.probed.height) == (48, 96)
    assert (outcome.one("proxy").width, outcome.one("proxy").height) == (48, 96)
    assert bright_corner(outcome.picture("poster")) == "bottom left"
    with av.open(str(proxied(outcome))) as container:
        first = next(container.decode(video=0))
        assert (first.rotation, bright_corner(first.to_image())) == (0, "bottom left")


def bright_corner(picture: Image.Image) -> str:
    grey, (width, height) = picture.convert("L"), picture.size
    places = {"top left": (6, 6), "top right": (width - 6, 6), "bottom left": (6, height - 6)}
    places["bottom right"] = (width - 6, height - 6)
    return max(places, key=lambda name: grey.getpixel(places[name]))


def test_pixels_that_are_not_square_are_stretched(tmp_path: Path) -> None:
    outcome = worked(clip(tmp_path / "pal.mkv", 5, size=(72, 58), aspect=Fraction(2), codec="libx264"))
    assert (outcome.probed.width, outcome.probed.height) == (144, 58)
    assert (outcome.one("proxy").width, outcome.one("proxy").height) == (144, 58)


def test_colours_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.mov"
    with av.open(str(path), "w") as out:
        track = out.add_stream("qtrle", rate=25)
        track.width, track.height, track.pix_fmt = 64, 64, "rgb24"
        for _ in range(4):
            out.mux(track.encode(av.VideoFrame.from_image(Image.new("RGB", (64, 64), (200, 60, 30)))))
        out.mux(track.encode(None))
    outcome = worked(path)
    with av.open(str(proxied(outcome))) as container:
        shown = next(container.decode(video=0)).to_image(src_colorspace="ITU709")
    for picture in (outcome.picture("poster"), outcome.picture("filmstrip"), shown):
        found = picture.convert("RGB").getpixel((20, 20))
        assert [abs(a - b) <= 8 for a, b in zip(found, (200, 60, 30), strict=True)] == [True] * 3, found


def test_the_filmstrip_says_where_each_frame_is(tmp_path: Path) -> None:
    strip = worked(clip(tmp_path / "a.mp4", 250, 25, size=(64, 36))).one("filmstrip")
    assert strip.data == {"columns": 10, "rows": 10, "count": 100, "width": 160, "height": 90, "every_ms": 100}
    assert (strip.width, strip.height, Image.open(strip.path).size) == (1600, 900, (1600, 900))


def test_the_filmstrip_of_a_short_video_has_each_frame_once(tmp_path: Path) -> None:
    strip = worked(clip(tmp_path / "a.mp4", 12, 25)).one("filmstrip")
    assert strip.data == {"columns": 10, "rows": 2, "count": 12, "width": 160, "height": 90, "every_ms": 40}


def test_one_frame_is_a_video_too(tmp_path: Path) -> None:
    outcome = worked(clip(tmp_path / "a.mp4", 1))
    assert (outcome.probed.frames, outcome.one("proxy").data) == (1, {"frames": 1})


def test_a_poster_is_not_the_black_at_the_beginning(tmp_path: Path) -> None:
    path = tmp_path / "fade.mp4"
    with av.open(str(path), "w") as out:
        track = out.add_stream("libx264", rate=25)
        track.width, track.height, track.pix_fmt = 64, 64, "yuv420p"
        for number in range(50):
            picture = Image.new("RGB", (64, 64)) if number < 15 else Image.linear_gradient("L").resize((64, 64))
            out.mux(track.encode(av.VideoFrame.from_image(picture.convert("RGB"))))
        out.mux(track.encode(None))
    assert max(worked(path).picture("poster").convert("L").getextrema()) > 200


def test_sound_starts_with_the_picture(tmp_path: Path) -> None:
    outcome = worked(clip(tmp_path / "a.mp4", 50, 25, sound="aac"))
    with av.open(str(proxied(outcome))) as container:
        start, end = [], []
        for frame in container.decode(audio=0):
            start.append(frame.pts * frame.time_base)
            end.append(start[-1] + Fraction(frame.samples, frame.sample_rate))
    assert (abs(min(start)) < Fraction(1, 40), abs(max(end) - 2) < Fraction(1, 20)) == (True, True)


def test_the_waveform_is_as_long_as_the_picture(tmp_path: Path) -> None:
    """Half as much sound as picture: the second half is flat."""
    path = tmp_path / "half.mov"
    with av.open(str(path), "w") as out:
        track = out.add_stream("libx264", rate=25)
        track.width, track.height, track.pix_fmt = 64, 64, "yuv420p"
        sound = out.add_stream("pcm_s16le", rate=48000)
        for _ in range(50):
            out.mux(track.encode(av.VideoFrame.from_image(Image.new("RGB", (64, 64)))))
        out.mux(track.encode(None))
        hum(out, sound, 1.0)
    outcome = worked(path)
    alpha = outcome.picture("waveform").getchannel("A")
    heights = [alpha.crop((x, 0, x + 1, 160)).getbbox() or (0, 0, 0, 0) for x in (400, 700, 900, 1500)]
    assert [box[3] - box[1] > 100 for box in heights] == [True, True, False, False]


def test_an_mp4_with_sound_alone_is_audio(tmp_path: Path) -> None:
    path = tone(tmp_path / "voice.mp4", "aac", 0.5)
    assert worked(path).probed.kind == Kind.AUDIO


def moov_first(tmp_path: Path) -> bytes:
    return proxied(worked(clip(tmp_path / "whole.mp4", 50))).read_bytes()


def test_what_is_left_of_a_cut_off_video_is_shown_and_said(tmp_path: Path) -> None:
    whole = moov_first(tmp_path)
    path = tmp_path / "half.mp4"
    path.write_bytes(whole[: len(whole) // 2])
    outcome = worked(path)
    left = outcome.one("proxy").data["frames"]
    assert outcome.one("proxy").data == {
        "frames": len(times(proxied(outcome))),
        "notice": f"Only {left} of 50 frames could be read: the file is damaged or cut off.",
    }


def test_a_container_that_ends_too_early_is_said(tmp_path: Path) -> None:
    whole = clip(tmp_path / "a.mkv", 100, codec="mjpeg", pixels="yuvj420p").read_bytes()
    path = tmp_path / "half.mkv"
    path.write_bytes(whole[: len(whole) // 2])
    notice = worked(path).probed.notice
    assert (notice[:15], notice[-46:]) == ("Only the first ", "of 4.0 seconds are there: the file is cut off.")


@pytest.mark.parametrize("share", [0.0005, 0.01, 0.2, 0.5, 0.8])
def test_a_video_that_ends_before_its_index_is_called_cut_off(tmp_path: Path, share: float) -> None:
    whole = clip(tmp_path / "a.mp4", 50).read_bytes()
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole[: max(16, int(len(whole) * share))])
    with pytest.raises(MediaError) as refused:
        worked(path)
    assert (refused.value.words[:31], refused.value.permanent) == ("The file is damaged or cut off:", True)


def test_zeros_behind_a_good_index_are_called_damaged(tmp_path: Path) -> None:
    whole = moov_first(tmp_path)
    start = whole.find(b"mdat") + 4
    path = tmp_path / "zeros.mp4"
    path.write_bytes(whole[:start] + b"\x00" * (len(whole) - start))
    with pytest.raises(MediaError) as refused:
        worked(path)
    assert refused.value.words.startswith("The file is damaged or cut off")
    assert "Invalid NAL unit size" in refused.value.tail


@pytest.mark.parametrize(("side", "mega"), [(16384, "268"), (16000, "256")])  # FFmpeg refuses the first by itself
def test_a_video_that_claims_giant_frames_is_refused(tmp_path: Path, side: int, mega: str) -> None:
    whole = clip(tmp_path / "a.mov", 2, codec="qtrle", pixels="rgb24", size=(64, 64)).read_bytes()
    entry = whole.find(b"rle ") + 4
    path = tmp_path / "giant.mov"
    path.write_bytes(whole[: entry + 24] + struct.pack(">HH", side, side) + whole[entry + 28 :])
    with pytest.raises(MediaError) as refused:
        worked(path)
    assert refused.value.words == (
        f"The picture has {mega} megapixels ({side:,} × {side:,}); pictures are made up to 64. "
        "The original can be downloaded."
    )


def test_an_unknown_codec_is_named(tmp_path: Path) -> None:
    whole = clip(tmp_path / "a.mov", 2, codec="qtrle", pixels="rgb24").read_bytes()
    path = tmp_path / "odd.mov"
    path.write_bytes(whole.replace(b"rle ", b"zzq9"))
    with pytest.raises(MediaError) as refused:
        worked(path)
    assert refused.value.words == (
        "Its format, zzq9, cannot be decoded here, so there are no pictures. Send H.264 or ProRes. "
        "The original can be downloaded."
    )


def test_a_file_without_picture_and_sound_is_said(tmp_path: Path) -> None:
    path = tmp_path / "empty.mp4"
    path.write_bytes(struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0) + struct.pack(">I4s", 8, b"mdat"))
    with pytest.raises(MediaError) as refused:
        probe(path, "video/mp4", LIMITS)
    assert refused.value.words.startswith("The file is damaged or cut off")
