from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone

from lotse.documents.answers import pdf_answer
from lotse.documents.pictures import PictureFailed, content_hash, svg_of
from lotse.documents.rendering.type import with_our_type
from lotse.insight.asking import asked
from lotse.insight.picture_papers import paper
from lotse.insight.pictures.shown import named_pictures, picture_of
from lotse.insight.pictures.theme import LIGHT, NARROW, THEMES, WIDE


def pictures(request: HttpRequest) -> HttpResponse:
    found = asked(request)
    as_file = request.GET.get("format") == "pdf"
    shown = named_pictures(found, leaves_house=as_file) if found.question else []
    if as_file and found.question:
        return pdf_answer(paper(found, shown, timezone.localtime()), "bilder.pdf")
    return render(request, "insight/pictures.html", {"asked": found, "pictures": shown})


def drawing(request: HttpRequest, picture_key: str) -> HttpResponse:
    """Whoever may not see the numbers gets no picture of them either; the browser keeps it, and asks each time."""
    found = asked(request)
    picture = picture_of(found, picture_key) if found.question else None
    if picture is None:
        raise Http404
    theme = THEMES.get(request.GET.get("farbe", ""), LIGHT)
    spec = picture.draw(theme, WIDE if request.GET.get("breite") == "weit" else NARROW)
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
