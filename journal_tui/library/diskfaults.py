"""What the system says when something cannot be written, as a sentence that says what to do."""

import errno

_TRY = "or save it elsewhere"
_SENTENCES = {
    errno.ENOSPC: f"The disk is full: nothing was saved. Make room and save again, {_TRY}.",
    errno.EDQUOT: f"Your quota is used up: nothing was saved. Make room and save again, {_TRY}.",
    errno.EFBIG: f"The file would be larger than allowed here: nothing was saved. Shorten it, {_TRY}.",
    errno.EROFS: f"The journal is on a read-only disk: nothing was saved. Make it writable, {_TRY}.",
    errno.ENOENT: f"The journal's folder is gone: nothing was saved. Connect its disk, {_TRY}.",
}
_FORBIDDEN = (
    "You do not have permission to write in the journal's folder: nothing was saved. "
    f"Change the folder's permissions, {_TRY}."
)
_FAILING = "The disk failed ({why}): nothing was saved. Save again, " + _TRY + "."
_OTHER = "Nothing was saved: {why}. Save again, " + _TRY + "."


def sentence(error: OSError) -> str:
    """Why nothing was saved, and what to do."""
    code, why = error.errno or 0, error.strerror or str(error)
    if code in (errno.EACCES, errno.EPERM):
        return _FORBIDDEN
    if code in (errno.EIO, errno.ENXIO, errno.ENODEV, getattr(errno, "ESTALE", errno.EIO)):
        return _FAILING.format(why=why)
    return _SENTENCES.get(code) or _OTHER.format(why=why)
