from signoff.core.errors import Conflict, Invalid, NotFound


class EmptyFile(Invalid):
    code = "empty_file"
    message = "This file is empty (0 bytes). Export it again, then upload it."


class FileTooLarge(Invalid):
    code = "file_too_large"
    message = "This file is larger than may be uploaded here."


class TooManyUploads(Invalid):
    code = "too_many_uploads"
    message = "Too many files at once. Make a round of those that are here, or take some away."


class UploadGone(NotFound):
    code = "upload_gone"
    message = "This upload is over: it was used in a round, taken away, or too old. Upload the file again."


class UploadTooLong(Invalid):
    code = "upload_too_long"
    message = "More bytes came than the upload was announced with."


class WrongChecksum(Invalid):
    code = "wrong_checksum"
    message = "This part arrived damaged. Send it again."


class UploadNotFinished(Conflict):
    """`names` in the detail lists the files."""

    code = "upload_not_finished"
    message = "Some files are still on their way. Wait until they are here, or take them out."


class NoFiles(Invalid):
    code = "no_files"
    message = "A round needs at least one file."


class FileGone(Conflict):
    """`ids` in the detail are those that are not in the round."""

    code = "file_gone"
    message = "A file that was to stay is not in this round. Look at the round again, then say which ones stay."


class RoundTaken(Conflict):
    """`round` in the detail is the number that is next now."""

    code = "round_taken"
    message = "Somebody added a round in the meantime. Look at it, then decide whether yours is the next one."


class ReasonNeeded(Invalid):
    """`included` and `round` in the detail say how many rounds were agreed, and which one this would be."""

    code = "reason_needed"
    message = "This round goes beyond the allowance. Say why there is one more."


class SameFiles(Conflict):
    """`same` in the detail lists the files: name, and where they were before."""

    code = "same_files"
    message = "These are the files of the last round, byte for byte. Upload the new ones, or say that it is meant so."


class RoundSettled(Conflict):
    code = "round_settled"
    message = "Somebody has commented or decided on this round, so it stays as it is. Add a new round."


class OldRound(Conflict):
    code = "old_round"
    message = "There is a newer round; older ones stay as they are."


class NothingToRetry(Conflict):
    code = "nothing_to_retry"
    message = "Nothing failed on this file."


class NotDirect(Conflict):
    """`method` in the detail is the way that files take here."""

    code = "wrong_upload_method"
    message = "Files take another way into this installation."
