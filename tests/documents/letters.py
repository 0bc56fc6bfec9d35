"""Word files as people make them, and mails as programs save them."""

import io
import zipfile
from email.message import EmailMessage

import docx
from docx.oxml.ns import qn


def word(*lines, table=(), header="", footer=""):
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    if table:
        for cell, text in zip(file.add_table(1, len(table)).rows[0].cells, table, strict=True):
            cell.text = text
    file.sections[0].header.paragraphs[0].text = header
    file.sections[0].footer.paragraphs[0].text = footer
    return saved(file)


def saved(file):
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def cut(text, *places):
    """One paragraph whose text a word processor has cut into several runs."""
    file = docx.Document()
    paragraph = file.add_paragraph()
    for start, end in zip((0, *places), (*places, len(text)), strict=True):
        paragraph.add_run(text[start:end])
    assert len(paragraph._p.findall(qn("w:r"))) == len(places) + 1
    return saved(file)


def with_part(content, name, part):
    """The archive with one part more, or with that part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for old in whole.namelist():
            if old != name:
                changed.writestr(old, whole.read(old))
        changed.writestr(name, part(whole.read(name)) if callable(part) else part)
    return target.getvalue()


def mail(text="Guten Tag,\nhier der Bescheid.", html="", attached=(), **head):
    made = EmailMessage()
    values = {"From": "Amt <amt@stadt.example>", "To": "beratung@lotse.example", "Subject": "Ihr Antrag",
              "Date": "Fri, 20 Nov 2026 10:15:00 +0100", **head}  # fmt: skip
    for name, value in values.items():
        made[name] = value
    if text:
        made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html") if text else made.set_content(html, subtype="html")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()
