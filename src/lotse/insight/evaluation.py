"""The evaluation data set of the Integrationsmanagement. It names nobody, but it is about single people: it stays in the house."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.auditlog.recorder import record_reads
from lotse.casework.queries.evaluation_block import COLUMNS, Block, evaluation_block, leaves
from lotse.casework.rules import reads_files
from lotse.core.errors import NotAllowed
from lotse.documents.answers import table_answer
from lotse.documents.rendering.sheets import Sheet
from lotse.insight.asking import counting_actor
from lotse.insight.forms import KeyDateForm

NOTES = (
    "Bleibt in der Organisation. Ohne Namen, aber einzelne Menschen: bitte nicht weitergeben.",
    "Alter und Aufenthalt sind volle Jahre und volle Monate am Stichtag.",
)
WHAT = "Evaluationsdatensatz"


def evaluation(request: HttpRequest) -> HttpResponse:
    actor = counting_actor(request)
    if not reads_files(actor):
        raise NotAllowed("Dieser Datensatz gehört zur Beratung und zur Fachleitung.")
    kind = request.GET.get("format", "")
    form = KeyDateForm({"key_date": request.GET.get("key_date", f"{timezone.localdate()}")})
    if not form.is_valid():
        return render(request, "insight/evaluation.html", {"form": form})
    day = form.cleaned_data["key_date"]
    block = evaluation_block(actor, day)
    record_reads(by=actor, files=block.files, what=WHAT, kind="downloaded" if kind else "read")
    if kind in ("xlsx", "csv"):
        return _file(block, day, kind)
    context = {"form": form, "day": day, "columns": COLUMNS, "rows": list(leaves(block.rows))}
    return render(request, "insight/evaluation.html", context)


def _file(block: Block, day: date, kind: str) -> HttpResponse:
    return table_answer(kind, Sheet("Evaluation", COLUMNS, leaves(block.rows), NOTES), f"evaluation-{day}.{kind}")
