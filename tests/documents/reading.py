"""Papers read back the way a reader's machine reads them."""

import re
import shutil
import subprocess

import pytest

EMBEDDING = re.compile("[\u202a-\u202e]")


def _poppler(tool, pdf, *options):
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is missing (Debian: apt-get install poppler-utils)")
    done = subprocess.run([tool, *options], input=pdf, capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


def text_of(pdf):
    """As laid out, without the marks that the tool itself puts around Arabic."""
    return EMBEDDING.sub("", _poppler("pdftotext", pdf, "-layout", "-", "-"))


def words_of(pdf):
    return " ".join(text_of(pdf).split())


def about(pdf):
    """What the file says about itself: title, author, pages, whether it is tagged."""
    return dict(re.findall(r"^(.+?): +(.*)$", _poppler("pdfinfo", pdf, "-"), re.MULTILINE))


def tags_of(pdf):
    """The names of the tags, in the order in which they are read aloud."""
    return re.findall(r"^ *([A-Z][A-Za-z0-9]*)\b", _poppler("pdfinfo", pdf, "-struct", "-"), re.MULTILINE)
