"""Feedback report, audit report and certificate on paper."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from lotse.documents.codes import qr
from lotse.documents.rendering import Document, Figure, Heading, KeyValues, Note, Paragraph, Picture, Spacer, Table
from lotse.documents.rendering.spec import Block
from lotse.quality import rules
from lotse.quality.enums import Validity
from lotse.quality.models import AuditReport, Certificate, Certification, FeedbackRemark, FeedbackReport

CODE_WIDTH = 34  # millimetres


def feedback_paper(report: FeedbackReport, remarks: Sequence[FeedbackRemark]) -> Document:
    title = f"Rückmeldebericht, Runde {report.round}"
    issued = f"{report.issued_on:%d.%m.%Y} von {report.issued_by}"
    words = [Paragraph(report.summary)] if report.summary else []
    return _paper(title, report.certification, ("ausgegeben am", issued), [*words, *_table(remarks)])


def _table(remarks: Sequence[FeedbackRemark]) -> list[Block]:
    rows = tuple(
        (row.criterion.code, row.criterion.text, row.text, "ja" if row.needs_rework else "") for row in remarks
    )
    return [Table(("Nummer", "Standard", "Rückmeldung", "nachzubearbeiten"), rows, (2, 5, 6, 3))] if rows else []


def report_paper(report: AuditReport) -> Document:
    presented = f"{report.presented_on:%d.%m.%Y} von {report.presented_by}"
    blocks = [Paragraph(report.text), KeyValues((("Empfehlung", report.get_recommendation_display()),), columns=1)]
    return _paper("Auditbericht", report.certification, ("dem Beirat vorgelegt am", presented), blocks)


def _paper(title: str, of: Certification, said: tuple[str, str], blocks: Sequence[Block]) -> Document:
    house = of.organisation.name
    about = KeyValues(
        (("Träger", house), ("Katalog", str(of.framework)), ("Verfahren", of.number), ("Stelle", of.body), said),
        columns=1,
    )
    return Document(
        title, (Heading(title), about, *blocks), author=of.body or house, footer=f"{title} · {house} · {of.number}"
    )


def check_address(certificate: Certificate) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{reverse('certificates:check', args=[certificate.token])}"


def certificate_paper(certificate: Certificate, day: date) -> Document:
    """What no longer holds says so across the sheet."""
    of, address = certificate.certification, check_address(certificate)
    rows = (
        ("Nummer", certificate.number), ("Zertifizierungsstelle", of.body),
        ("entschieden am", f"{certificate.decided_on:%d.%m.%Y}"), ("gültig bis", f"{certificate.valid_until:%d.%m.%Y}"),
    )  # fmt: skip
    validity = rules.validity(certificate, day)
    mark = (Note("Der Katalog ist ein erfundenes Beispiel."),) if of.framework.is_example else ()
    return Document(
        "Zertifikat",
        (
            Heading("Zertifikat"), Spacer(8), Heading(of.organisation.name, 2), Paragraph(f"erfüllt: {of.framework}"),
            Spacer(8), KeyValues(rows, columns=1), *mark, Spacer(10),
            Figure(Picture(qr(address), f"QR-Code zu {address}", CODE_WIDTH)),
            Paragraph(f"Ob dieses Zertifikat gilt, steht unter {address}"),
        ),
        author=of.body, footer=f"{certificate.number} · {of.organisation.name}",
        watermark=validity.label if validity in (Validity.REVOKED, Validity.EXPIRED) else "",
    )  # fmt: skip
