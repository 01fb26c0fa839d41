"""Rounds and their files. Who may see them: the house all of them, clients the rounds that were released to them.

Which rounds those are stands on the deliverable (`released_rounds`), because handing in a client's stage
releases the round that is being looked at, and stages lie below rounds.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup, Q
from django.db.models.sql.compiler import SQLCompiler
from django.utils.timezone import now

from signoff.accounts.visibility import ProjectScopedQuerySet
from signoff.core.actor import Actor, Covers
from signoff.core.models import SignoffModel


class Source(models.TextChoices):
    UPLOAD = "upload", "Upload"
    API = "api", "API"
    FOLDER = "folder", "Folder"
    BOX = "box", "Box"


class FileKind(models.TextChoices):
    IMAGE = "image", "Picture"
    VIDEO = "video", "Video"
    AUDIO = "audio", "Audio"
    PDF = "pdf", "PDF"
    OTHER = "other", "File"


class Step(models.TextChoices):
    """How far a file has come. Each step is reached once; the last one that was is kept."""

    RECEIVED = "received", "Received"
    CHECKED = "checked", "Checked"
    PROBED = "probed", "Probed"
    RENDERED = "rendered", "Rendered"


@ArrayField.register_lookup
class Newest(Lookup):
    """The largest number of an array is this one."""

    lookup_name = "newest"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]
        left, one = self.process_lhs(compiler, connection)
        right, other = self.process_rhs(compiler, connection)
        return f"(SELECT max(n) FROM unnest({left}) AS n) = {right}", [*one, *other]


def _of_link(covers: Covers, path: str) -> Q:
    """Of the rounds that were released, guests of a link without older ones see the newest. `path` to the round."""
    newest = Q((f"{path}deliverable__released_rounds__newest", F(f"{path}round")))
    return Q() if covers.shows_older else newest


class RevisionQuerySet(ProjectScopedQuerySet["Revision"]):
    project_path: ClassVar[str] = "deliverable__project__"

    def released(self) -> Q:
        return Q(deliverable__released_rounds__contains=[F("round")])

    def covered(self, covers: Covers) -> Q:
        return super().covered(covers) & _of_link(covers, "")


class Revision(SignoffModel):
    """One round of a deliverable: what was shown, by whom, and what changed since the one before."""

    deliverable = models.ForeignKey("deliverables.Deliverable", models.CASCADE, related_name="revisions")
    round = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.UPLOAD)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    added_by_label = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=500, blank=True)  # why there is a round beyond the allowance
    is_chargeable = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)  # somebody commented or decided: its files stay
    locked_at = models.DateTimeField(null=True, blank=True)  # it was decided: what is said from now on is no note

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-round"]
        constraints = [models.UniqueConstraint(fields=["deliverable", "round"], name="a_round_once_in_a_deliverable")]

    def __str__(self) -> str:
        return f"Round {self.round}"

    @property
    def is_latest(self) -> bool:
        return self.round == self.deliverable.round

    @property
    def is_released(self) -> bool:
        return self.round in self.deliverable.released_rounds

    @property
    def may_change(self) -> bool:
        """Its files may be replaced, and it may be taken back: the newest one, before anybody spoke."""
        return self.is_latest and self.settled_at is None


class MediaFileQuerySet(ProjectScopedQuerySet["MediaFile"]):
    project_path: ClassVar[str] = "revision__deliverable__project__"

    def released(self) -> Q:
        return Q(revision__deliverable__released_rounds__contains=[F("revision__round")])

    def covered(self, covers: Covers) -> Q:
        return super().covered(covers) & _of_link(covers, "revision__")


class MediaFile(SignoffModel):
    """One original file of a round, as it came; it is never changed."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()  # bytes
    key = models.CharField(max_length=200, unique=True)  # where the storage has it
    sha256 = models.CharField(max_length=64, blank=True)  # empty until it was read once
    kind = models.CharField(max_length=10, choices=FileKind.choices, default=FileKind.OTHER)
    media_type = models.CharField(max_length=100, blank=True)  # what it is, not what its name says
    width = models.PositiveIntegerField(null=True, blank=True)  # pixels
    height = models.PositiveIntegerField(null=True, blank=True)
    duration_ms = models.PositiveBigIntegerField(null=True, blank=True)
    frames = models.PositiveIntegerField(null=True, blank=True)
    fps_num = models.PositiveIntegerField(null=True, blank=True)  # frames a second, as a fraction
    fps_den = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.RECEIVED)
    step_times = models.JSONField(default=dict, blank=True)  # step -> when it was reached (ISO 8601)
    percent = models.PositiveSmallIntegerField(default=0)  # of the step that is being done
    failure = models.CharField(max_length=500, blank=True)  # why the next step could not be done, for people
    failure_tail = models.TextField(blank=True)  # the tool's last lines
    may_retry = models.BooleanField(default=True)  # False: the same again would fail the same way
    notice = models.CharField(max_length=500, blank=True)  # worth saying, but nothing is wrong

    objects = MediaFileQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "position"],
                name="one_file_a_place_in_a_round",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]
        indexes = [models.Index(fields=["sha256"], name="files_by_content")]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """`failed`, `ready` or `working`."""
        if self.failure:
            return "failed"
        return "ready" if self.step == Step.RENDERED else "working"


class RenditionKind(models.TextChoices):
    THUMBNAIL = "thumbnail", "Thumbnail"
    PREVIEW = "preview", "Preview"
    POSTER = "poster", "Poster"
    PROXY = "proxy", "Proxy"
    FILMSTRIP = "filmstrip", "Filmstrip"
    WAVEFORM = "waveform", "Waveform"
    PEAKS = "peaks", "Peaks"
    PAGE = "page", "Page"


class RenditionQuerySet(ProjectScopedQuerySet["Rendition"]):
    project_path: ClassVar[str] = "file__revision__deliverable__project__"

    def released(self) -> Q:
        return Q(file__revision__deliverable__released_rounds__contains=[F("file__revision__round")])

    def covered(self, covers: Covers) -> Q:
        return super().covered(covers) & _of_link(covers, "file__revision__")


class Rendition(SignoffModel):
    """What a browser shows in an original's place. Never changed: a new one has a new id."""

    file = models.ForeignKey(MediaFile, models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=10, choices=RenditionKind.choices)
    number = models.PositiveIntegerField(default=0)  # the page, for pages
    key = models.CharField(max_length=200, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()  # bytes
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict, blank=True)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "kind", "number"], name="one_rendition_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}" if self.number else self.kind


class UploadQuerySet(ProjectScopedQuerySet["Upload"]):
    """An upload is its sender's alone, until it is part of a round."""

    project_path: ClassVar[str] = "deliverable__project__"

    def visibility(self, actor: Actor) -> Q:
        return super().visibility(actor) & Q(owner_id=actor.user_id)

    def alive(self) -> "UploadQuerySet":
        return self.filter(expires_at__gt=now())


class Upload(SignoffModel):
    """A file on its way in. What has arrived is in the storage; this row is who sends what, and how far."""

    deliverable = models.ForeignKey("deliverables.Deliverable", models.CASCADE, related_name="uploads")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()  # bytes, all of it
    received = models.BigIntegerField(default=0)  # bytes, as last written down
    key = models.CharField(max_length=200, unique=True)
    parts_id = models.CharField(max_length=500, blank=True)  # the storage's own id, where files go straight to it
    fingerprint = models.CharField(max_length=300, blank=True)  # what the sender knows the file by, to go on later
    sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["deliverable", "owner"], name="uploads_of_a_person")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


def key_of_upload(upload_id: UUID) -> str:
    """Where a file lies from its first byte on: it is never moved, so no crash can lose it on the way."""
    return f"originals/{upload_id.hex[-2:]}/{upload_id}"


def key_of_rendition(file: MediaFile, rendition_id: UUID) -> str:
    return f"renditions/{file.pk.hex[-2:]}/{file.pk}/{rendition_id}"
