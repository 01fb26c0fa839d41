"""Pages of a PDF as pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image

from signoff.integrations.media.decode.webp import save
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.job import Job
from signoff.integrations.media.shapes import Limits
from signoff.integrations.media.words import PASSWORD, damaged

LONGEST = 1800
THUMBNAIL = (480, 320)
_NEEDS_PASSWORD = 4  # FPDF_ERR_PASSWORD


def probe(path: Path, media_type: str, limits: Limits) -> dict[str, object]:
    """How many pages, and the first one's size in points."""
    with _document(path) as document:
        pages = len(document)
        width, height = _points(document, 0) if pages else (0.0, 0.0)
    notice = f"Only the first {limits.pages} of {pages} pages have pictures." if pages > limits.pages else ""
    size = {"width": round(width), "height": round(height)}
    return {"kind": "pdf", "media_type": media_type, "pages": pages, "notice": notice, **size}


def render(job: Job) -> None:
    """The thumbnail of page 1, then each page."""
    with _document(job.path) as document:
        document.init_forms()
        count = min(len(document), job.limits.pages)
        for number in range(1, count + 1):
            shown = _picture(document, number - 1)
            if number == 1:
                _thumbnail(job, shown)
            save(job, "page", shown, number)
            job.progress(100 * number // count)


@contextmanager
def _document(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        words = PASSWORD if error.err_code == _NEEDS_PASSWORD else damaged("it is no complete PDF")
        raise MediaError(words) from None
    with document:
        yield document


def _points(document: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    width, height = document.get_page_size(index)
    return width, height


def _picture(document: pypdfium2.PdfDocument, index: int) -> Image.Image:
    """The page, its longest side LONGEST pixels however large it says it is."""
    page = document[index]
    longest = max(*page.get_size(), 1.0)
    bitmap = page.render(scale=LONGEST / longest)
    shown: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return shown


def _thumbnail(job: Job, page: Image.Image) -> None:
    small = page.copy()
    small.thumbnail(THUMBNAIL)
    save(job, "thumbnail", small)
