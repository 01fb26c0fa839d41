"""Which deliverable gets which film or spot, in which versions; the sentence between two versions is told from them."""

from dataclasses import dataclass
from pathlib import Path

from signoff.ops.demo.drawing.film import frames_of, write_film
from signoff.ops.demo.drawing.shots import shot
from signoff.ops.demo.drawing.sound import DAWN, NIGHT, Tune, told_tune, write_wav

Cut = tuple[tuple[str, int], ...]
A_STUB = 60  # frames drawn of a film that arrives cut off


@dataclass(frozen=True, slots=True)
class Version:
    """One round of a film. A broken one has lost its end on the way: no player opens it."""

    cut: Cut
    tune: Tune
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Film:
    """`versions` are the last rounds, the newest last."""

    stem: str
    title: str
    fps: int
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    stem: str
    seconds: float
    versions: tuple[Tune, ...]


SHOT_NAMES = {
    "lake": "lake",
    "can": "can",
    "friends": "friends",
    "kolibri end": "end frame",
    "ardent end": "end frame",
    "trail": "ridge",
    "shoe": "shoe",
    "street": "street",
    "train": "train",
    "late": "notice",
}

FILMS = {
    ("20418", "First sip, 40 s hero film"): Film(
        "kolibri_firstsip_40s_opening",
        "First sip, 40 s",
        25,
        (
            Version((("lake", 100), ("can", 44), ("friends", 76), ("kolibri end", 30)), Tune(DAWN, 96, False)),
            Version((("lake", 92), ("can", 60), ("friends", 60), ("kolibri end", 38)), Tune(DAWN, 96)),
        ),
    ),
    ("20418", "First sip, 6 s bumper"): Film(
        "kolibri_firstsip_6s", "First sip, 6 s", 25, (Version((("can", 90), ("kolibri end", 60)), Tune(DAWN, 108)),)
    ),
    ("20440", "Peach again, film 45 s"): Film(
        "kolibri_peachagain_45s_opening",
        "Peach again, 45 s",
        25,
        (Version((("friends", 64), ("can", 56), ("kolibri end", 40)), Tune(DAWN, 100)),),
    ),
    ("20460", "Trail 3, launch film 60 s"): Film(
        "ardent_trail3_60s_opening",
        "Trail 3, 60 s",
        24,
        (
            Version((("street", 84), ("trail", 96), ("ardent end", 60)), Tune(NIGHT, 120, False), is_broken=True),
            Version((("trail", 96), ("shoe", 48), ("street", 48), ("ardent end", 48)), Tune(NIGHT, 120)),
        ),
    ),
    ("20499", "Delay explained, animation"): Film(
        "norra_delay_explained_8s", "Delay explained", 25, (Version((("train", 110), ("late", 90)), Tune(NIGHT, 84)),)
    ),
}
SPOTS = {
    ("20433", "Long way home, radio 20 s"): Spot(
        "kolibri_winter_radio20", 20, (Tune(DAWN, 96, False), Tune(DAWN, 88, True, 3.0))
    ),
    ("20495", "Sleeper trains, radio"): Spot("norra_sleeper_radio25", 18, (Tune(NIGHT, 76),)),
}


def told_cut(before: Version | None, after: Version) -> str:
    """One sentence of what changed between two versions of a film."""
    if before is None:
        return "First cut."
    old, new = dict(before.cut), dict(after.cut)
    parts = [
        f"{SHOT_NAMES[name]} {abs(new[name] - old[name])} frames {'longer' if new[name] > old[name] else 'shorter'}"
        for name in new
        if name in old and new[name] != old[name]
    ]
    parts += [f"{SHOT_NAMES[name]} added" for name in new if name not in old]
    parts += [f"{SHOT_NAMES[name]} taken out" for name in old if name not in new]
    if before.tune.bass != after.tune.bass:
        parts.append("bass added to the music" if after.tune.bass else "bass taken out of the music")
    text = ", ".join(parts) or "same cut, exported again"
    return text[0].upper() + text[1:] + "."


def write_version(film: Film, version: Version, number: int, path: Path) -> None:
    """Encode a round of a film; of a broken one only the first half of the bytes arrives."""
    cut = (("street", A_STUB),) if version.is_broken else version.cut
    shots = [shot(name, frames) for name, frames in cut]
    seconds = sum(one.frames for one in shots) / film.fps
    write_film(frames_of(shots, f"{film.title}, R{number}", film.fps), film.fps, version.tune, seconds, path)
    if version.is_broken:
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])


def write_spot(spot: Spot, tune: Tune, path: Path) -> None:
    write_wav(tune, spot.seconds, path)


__all__ = ["FILMS", "SPOTS", "Film", "Spot", "Version", "told_cut", "told_tune", "write_spot", "write_version"]
