"""A document as an answer to the browser: an attachment that no page can embed."""

import io

from django.http import FileResponse

from lotse.documents.rendering import Document, render_pdf


def pdf_answer(document: Document, filename: str) -> FileResponse:
    return FileResponse(
        io.BytesIO(render_pdf(document)), as_attachment=True, filename=filename, content_type="application/pdf"
    )
