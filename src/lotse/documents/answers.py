"""A document as an answer to the browser: an attachment that no page can embed."""

import io
from itertools import chain

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import content_disposition_header

from lotse.core.errors import NotAllowed
from lotse.documents import blobs
from lotse.documents.archives import XLSX
from lotse.documents.models import StoredFile
from lotse.documents.pictures import PictureFailed, Spec, content_hash, svg_of
from lotse.documents.rendering import Document, render_pdf
from lotse.documents.rendering.sheets import Sheet, write_csv, write_xlsx
from lotse.documents.rendering.type import with_our_type


def pdf_answer(document: Document, filename: str) -> FileResponse:
    return attached(render_pdf(document), filename, "application/pdf")


def attached(content: bytes, filename: str, media_type: str) -> FileResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=filename, content_type=media_type)


def table_answer(ending: str, sheet: Sheet, filename: str) -> HttpResponse:
    """`ending`: "xlsx", or "csv", which has no place for notes."""
    headers = {"Content-Disposition": content_disposition_header(True, filename)}
    if ending == "csv":
        lines = write_csv(chain([sheet.header], sheet.rows))
        return HttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
    return HttpResponse(write_xlsx([sheet]), content_type=XLSX, headers=headers)


def picture_answer(request: HttpRequest, spec: Spec) -> HttpResponse:
    """The browser keeps it, and asks each time; what cannot be drawn is said by its table."""
    headers = {
        "ETag": f'"{content_hash(spec)}"',
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers=headers)
    try:
        return HttpResponse(with_our_type(svg_of(spec)), content_type="image/svg+xml", headers=headers)
    except PictureFailed:
        return HttpResponse(status=503)


def file_answer(stored: StoredFile) -> HttpResponse:
    """The owner's view calls this after it has found the file for its actor and logged the reading."""
    if stored.deleted_at:
        raise Http404
    if not stored.is_readable:
        raise NotAllowed("Diese Datei wartet noch auf die Virenprüfung. Bitte später noch einmal versuchen.")
    content = blobs.read(stored.storage_name, stored.public_id)
    headers = {
        "Content-Disposition": content_disposition_header(True, stored.name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=stored.media_type, headers=headers)
