"""Files in a bucket: Amazon S3 and whatever speaks like it (MinIO, Ceph, R2, ...)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from signoff.core.ids import new_id
from signoff.integrations.storage.port import NotStored, StorageUnavailable, Stored
from signoff.integrations.storage.s3_client import client
from signoff.integrations.storage.s3_errors import MISSING, code_of, translated

MIB = 1024 * 1024
PIECE = 256 * 1024
MOST_PARTS = 10_000
MOST_REMOVED = 1_000


class S3Storage:
    """A PartsStorage. Its client is safe to share between threads.

    `endpoint_url` is where we reach it, `public_endpoint_url` where browsers do (empty: the same). Empty keys leave
    it to boto3 to find some: environment, profile, role of the machine. Every key is kept below `prefix`.
    """

    is_direct = True

    def __init__(
        self,
        bucket: str,
        *,
        endpoint_url: str = "",
        region: str = "",
        public_endpoint_url: str = "",
        access_key: str = "",
        secret_key: str = "",
        prefix: str = "",
        part_size: int = 16 * MIB,
        read_timeout: float = 20,
    ) -> None:
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._part_size = part_size
        self._client = client(endpoint_url, region, access_key, secret_key, read_timeout)
        self._signer = self._client
        if public_endpoint_url not in ("", endpoint_url):
            self._signer = client(public_endpoint_url, region, access_key, secret_key, read_timeout)

    # --- Storage ---------------------------------------------------------------------------------

    def put(self, key: str, source: Path, media_type: str) -> None:
        size = self.part_size_for(source.stat().st_size)
        transfer = TransferConfig(multipart_threshold=size, multipart_chunksize=size, use_threads=False)
        with translated():
            self._client.upload_file(
                str(source), **self._at(key), ExtraArgs={"ContentType": media_type}, Config=transfer
            )

    def local(self, key: str, scratch: Path) -> Path:
        """A copy of its own for every call, with the key's extension; whoever asked removes it."""
        copy = scratch / f"{new_id().hex}{PurePosixPath(key).suffix}"
        with translated():
            self._client.download_file(**self._at(key), Filename=str(copy), Config=TransferConfig(use_threads=False))
        return copy

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        if end is not None and end <= start:
            return self._nothing(key)
        asked = {"Range": f"bytes={start}-{'' if end is None else end - 1}"} if start or end is not None else {}
        with translated():
            try:
                body = self._client.get_object(**self._at(key), **asked)["Body"]
            except ClientError as error:
                if code_of(error) in {"416", "InvalidRange"}:  # it ends before `start`
                    return iter(())
                raise
        return _pieces(body)

    def size(self, key: str) -> int | None:
        with translated():
            try:
                return int(self._client.head_object(**self._at(key))["ContentLength"])
            except ClientError as error:
                if code_of(error) in MISSING:
                    return None
                raise

    def remove(self, keys: Iterable[str]) -> None:
        """Raises StorageUnavailable when some could not be removed; the others are."""
        left = iter(keys)
        while batch := [{"Key": self._prefix + key} for key in islice(left, MOST_REMOVED)]:
            with translated():
                answer = self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": batch, "Quiet": True})
            if any(error.get("Code") not in MISSING for error in answer.get("Errors", ())):
                raise StorageUnavailable

    def listed(self, prefix: str) -> Iterator[Stored]:
        for found in self._paged("list_objects_v2", "Contents", Prefix=self._prefix + prefix):
            yield Stored(self._key(found), found["Size"], found["LastModified"])

    def free(self) -> int | None:
        return None

    # --- PartsStorage ----------------------------------------------------------------------------

    def part_size_for(self, size: int) -> int:
        needed = -(-size // MOST_PARTS)
        return max(self._part_size, -(-needed // MIB) * MIB)

    def address(self, key: str, *, media_type: str, disposition: str, seconds: int) -> str:
        wanted = {
            "ResponseContentType": media_type,
            "ResponseContentDisposition": disposition,
            "ResponseCacheControl": f"private, max-age={seconds // 2}",
        }
        return self._signed("get_object", self._at(key) | wanted, seconds)

    def begin_parts(self, key: str, media_type: str) -> str:
        with translated():
            return str(self._client.create_multipart_upload(**self._at(key), ContentType=media_type)["UploadId"])

    def part_addresses(self, key: str, parts_id: str, numbers: Sequence[int], seconds: int) -> dict[int, str]:
        upload = self._at(key) | {"UploadId": parts_id}
        return {number: self._signed("upload_part", upload | {"PartNumber": number}, seconds) for number in numbers}

    def parts_there(self, key: str, parts_id: str) -> dict[int, int]:
        return {part["PartNumber"]: part["Size"] for part in self._parts(key, parts_id)}

    def finish_parts(self, key: str, parts_id: str) -> None:
        """Raises NotStored when neither the upload nor the file is there, or no part has arrived."""
        try:
            parts = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in self._parts(key, parts_id)]
            if not parts:
                raise NotStored("No part of the file has arrived.")
            with translated():
                self._client.complete_multipart_upload(
                    **self._at(key), UploadId=parts_id, MultipartUpload={"Parts": parts}
                )
        except NotStored:
            if self.size(key) is None:  # else it was finished before, by a call whose answer was lost perhaps
                raise

    def drop_parts(self, key: str, parts_id: str) -> None:
        with translated():
            try:
                self._client.abort_multipart_upload(**self._at(key), UploadId=parts_id)
            except ClientError as error:
                if code_of(error) not in MISSING:
                    raise

    def listed_parts(self, prefix: str) -> Iterator[tuple[str, str, datetime]]:
        for found in self._paged("list_multipart_uploads", "Uploads", Prefix=self._prefix + prefix):
            yield self._key(found), found["UploadId"], found["Initiated"]

    # --- below -----------------------------------------------------------------------------------

    def _at(self, key: str) -> dict[str, Any]:
        return {"Bucket": self._bucket, "Key": self._prefix + key}

    def _key(self, found: dict[str, Any]) -> str:
        return str(found["Key"]).removeprefix(self._prefix)

    def _nothing(self, key: str) -> Iterator[bytes]:
        if self.size(key) is None:
            raise NotStored
        return iter(())

    def _parts(self, key: str, parts_id: str) -> Iterator[dict[str, Any]]:
        return self._paged("list_parts", "Parts", Key=self._prefix + key, UploadId=parts_id)

    def _paged(self, operation: str, name: str, **asked: object) -> Iterator[dict[str, Any]]:
        with translated():
            for page in self._client.get_paginator(operation).paginate(Bucket=self._bucket, **asked):
                yield from page.get(name, ())

    def _signed(self, operation: str, asked: dict[str, Any], seconds: int) -> str:
        with translated():
            return str(self._signer.generate_presigned_url(operation, Params=asked, ExpiresIn=seconds))


def _pieces(body: Any) -> Iterator[bytes]:
    try:
        with translated():
            yield from body.iter_chunks(PIECE)
    finally:
        body.close()
