"""Chapters of the manual: written, put in order, taken away."""

from typing import Any

from django.db.models import ProtectedError

from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import locked, next_place, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality.actions.shared import kept
from lotse.quality.models import GovernedDocument, ManualChapter

TWO_LEVELS = "Das Handbuch hat zwei Ebenen: Kapitel und Abschnitte."
FOREIGN = "Das gehört zu einem anderen Träger."
IN_USE = "Auf dieses Kapitel zeigen Abschnitte oder Kriterien. Bitte zuerst diese ändern."


def _checked(house: Organisation, chapter: ManualChapter | None, values: dict[str, Any]) -> dict[str, Any]:
    parent: ManualChapter | None = values.get("parent")
    document: GovernedDocument | None = values.get("document")
    refuse_if(any(one and one.organisation_id != house.pk for one in (parent, document)), FOREIGN)
    has_sections = chapter is not None and chapter.sections.exists()
    is_too_deep = parent is not None and (parent.parent_id is not None or parent == chapter or has_sections)
    refuse_if(is_too_deep, TWO_LEVELS, "parent")
    return {**values, **{name: values[name].strip() for name in ("number", "title", "text") if name in values}}


@action("manual_chapter.written", "hat ein Kapitel des QM-Handbuchs angelegt")
def add_chapter(
    *, by: Actor, organisation: Organisation, number: str, title: str, text: str = "",
    parent: ManualChapter | None = None, document: GovernedDocument | None = None,
) -> ManualChapter:  # fmt: skip
    """Behind the others of its level."""
    kept(by, organisation)
    locked(organisation)
    values = {"number": number, "title": title, "text": text, "parent": parent, "document": document}
    beside = ManualChapter.objects.filter(organisation=organisation, parent=parent)
    made = ManualChapter(organisation=organisation, **_checked(organisation, None, values), position=next_place(beside))
    save_checked(made)
    record(made)
    return made


@action("manual_chapter.changed", "hat ein Kapitel des QM-Handbuchs geändert")
def change_chapter(*, by: Actor, chapter: ManualChapter, revision: int | None = None, **values: Any) -> ManualChapter:
    kept(by, chapter.organisation)
    fresh = locked(chapter)
    given = _checked(fresh.organisation, fresh, values)
    if "parent" in given and given["parent"] != fresh.parent:
        beside = ManualChapter.objects.filter(organisation=fresh.organisation, parent=given["parent"])
        given["position"] = next_place(beside)
    record(fresh, fields=revise(fresh, given, revision))
    return fresh


@action("manual_chapter.moved", "hat ein Kapitel des QM-Handbuchs nach oben gerückt")
def move_chapter_up(*, by: Actor, chapter: ManualChapter) -> ManualChapter:
    """It changes places with the one before it on its level."""
    kept(by, chapter.organisation)
    locked(chapter.organisation)
    fresh = locked(chapter)
    beside = ManualChapter.objects.filter(organisation=fresh.organisation, parent=fresh.parent_id)
    before = beside.filter(position__lt=fresh.position).order_by("-position").first()
    if before:
        before.position, fresh.position = fresh.position, before.position
        before.save(update_fields=["position"])
        fresh.save(update_fields=["position"])
    record(fresh)
    return fresh


@action("manual_chapter.dropped", "hat ein Kapitel des QM-Handbuchs gelöscht")
def drop_chapter(*, by: Actor, chapter: ManualChapter) -> None:
    kept(by, chapter.organisation)
    fresh = locked(chapter)
    record(fresh)
    try:
        fresh.delete()
    except ProtectedError:
        refuse_if(True, IN_USE)
