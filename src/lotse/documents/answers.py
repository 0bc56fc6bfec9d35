"""A document as an answer to the browser: an attachment that no page can embed."""

import io

from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from lotse.core.errors import NotAllowed
from lotse.documents import blobs
from lotse.documents.models import StoredFile
from lotse.documents.rendering import Document, render_pdf


def pdf_answer(document: Document, filename: str) -> FileResponse:
    return FileResponse(
        io.BytesIO(render_pdf(document)), as_attachment=True, filename=filename, content_type="application/pdf"
    )


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
