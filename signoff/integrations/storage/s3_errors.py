"""What a bucket can answer, in the house's words. No address, no key and no name of the bucket is in them."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError, CredentialRetrievalError, NoCredentialsError
from botocore.parsers import ResponseParserError
from s3transfer.exceptions import S3DownloadFailedError, S3ValidationError

from signoff.core.errors import Unavailable
from signoff.integrations.storage.port import NotStored, StorageFull, StorageUnavailable

MISSING = {"404", "NoSuchKey", "NotFound", "NoSuchUpload"}
FULL = {"507", "InsufficientStorage", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "QuotaExceeded"}
REFUSING = {301, 401, 403, 404}  # moved to another region, not known, not allowed, no such bucket
REFUSING_CODES = {"AuthorizationHeaderMalformed", "ExpiredToken", "InvalidToken"}  # these come as 400
REFUSED = (
    "The file storage refuses this server. Nothing was lost; tell whoever runs it to check its key, bucket and clock."
)
NO_ROOM_HERE = "There is no room on this server for a copy of the file. Free some space, then try again."
FAILURES = (
    BotoCoreError, ClientError, Boto3Error, ResponseParserError, S3DownloadFailedError, S3ValidationError
)  # fmt: skip

log = logging.getLogger(__name__)


@contextmanager
def translated() -> Iterator[None]:
    """Whatever boto3 raises comes out as NotStored, StorageFull or StorageUnavailable, with its cause behind it."""
    try:
        yield
    except FAILURES as error:
        raise _refusal(error) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull(NO_ROOM_HERE) from error
        raise


def code_of(error: BaseException) -> str:
    """`NoSuchKey`, or the status where there is no body to read it from; empty when nothing was answered."""
    return str(error.response.get("Error", {}).get("Code", "")) if isinstance(error, ClientError) else ""


def _refusal(error: Exception) -> Unavailable:
    inner = error.__context__ if isinstance(error, Boto3Error) else error  # an upload wraps what went wrong
    if isinstance(inner, ClientError):
        return _answered(inner)
    log.warning("The file storage failed: %s", type(inner).__name__)
    if isinstance(inner, NoCredentialsError | CredentialRetrievalError):
        return StorageUnavailable(REFUSED)
    return StorageUnavailable()


def _answered(error: ClientError) -> Unavailable:
    code = code_of(error)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in MISSING:
        return NotStored()
    log.warning("The file storage answered %s (%s) to %s", status, code, error.operation_name)
    if code in FULL or status == 507:
        return StorageFull()
    return StorageUnavailable(REFUSED if status in REFUSING or code in REFUSING_CODES else "")
