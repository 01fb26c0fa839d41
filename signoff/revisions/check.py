"""The first look at a file: its checksum, what it really is, whether it was here before. Nothing is decoded."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from signoff.integrations.media.types import HEAD_BYTES, expected_kind, type_of, words_expected
from signoff.revisions.models import MediaFile

PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file is. `failure` says why it is not what it pretends to be; `notice` is milder."""

    sha256: str
    kind: str
    media_type: str
    notice: str
    failure: str


def check_file(file: MediaFile, original: Path) -> Checked:
    """Read it once, whole, unless its checksum was taken on the way in."""
    sha256 = file.sha256 or sha256_of(original)
    with original.open("rb") as opened:
        found = type_of(opened.read(HEAD_BYTES), file.name)
    promised = expected_kind(file.name)
    is_lying = promised is not None and promised is not found.kind
    said = words_expected(file.name)
    words = f"The name says {said}, the content is {_article(found.words)}. The original can be downloaded."
    notices = [_other_type(said, found.words), _seen_before(file, sha256)]
    notice = " ".join(filter(None, notices))[:500]
    return Checked(sha256, found.kind.value, found.name, notice, words if is_lying else "")


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _other_type(said: str, words: str) -> str:
    """A JPEG that is called .png shows all right, and is worth a word."""
    return f"It is {_article(words)}, though its name says {said}." if said and said != words else ""


def _seen_before(file: MediaFile, sha256: str) -> str:
    same = MediaFile.objects.filter(sha256=sha256, revision__deliverable_id=file.revision.deliverable_id)
    before = same.exclude(pk=file.pk).select_related("revision").order_by("revision__round", "position").first()
    return f"The same file as {before.name} of round {before.revision.round}, byte for byte." if before else ""


def _article(words: str) -> str:
    return f"{'an' if words[:1].lower() in 'aeiou' or words[:2] in ('MP', 'MX') else 'a'} {words}"
