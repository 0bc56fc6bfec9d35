"""Partners from a table, and as a table."""

from collections.abc import Iterable, Sequence
from typing import Any

from lotse.auditlog.door import record_each
from lotse.auditlog.queries import changed_since
from lotse.core.search import fold
from lotse.imports.columns import differing
from lotse.imports.kinds import Column, Kind, Row
from lotse.imports.ties import CHUNK, pointed_at
from lotse.imports.values import Listed, Mail, Words
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.partners.models import ContactPerson, Partner, PartnerCategory, PartnerLanguage

OTHER = "Diesen Partner gibt es schon, mit anderen Angaben bei: {}. Vorhandenes wird nicht geändert."
TWICE = "Der Name steht schon in Zeile {}."
ROWS_OF_THEIR_OWN = ("further", "languages", "contact_person")
TIED = "wird schon in Akten oder Anfragen genannt"


class PartnerKind(Kind):
    key, title, many = "partner", "Partner aus einer Tabelle übernehmen", "Kooperationspartner"
    permission, back = Permission.MANAGE_PARTNERS, "partners:list"
    columns = (
        Column("name", "Name", Words(160), lambda p: p.name, ("Einrichtung", "Institution", "Organisation"), "Der Name fehlt."),
        Column("category", "Art", Listed("partner_category"), lambda p: p.category, ("Kategorie", "Typ"), "Die Art fehlt."),
        Column("further", "Weitere Arten", Listed("partner_category", many=True), lambda p: p.categories[1:], ("Weitere Kategorien",)),
        Column("contact_person", "Ansprechperson", Words(120), lambda p: p.contact_name, ("Ansprechpartner", "Kontaktperson", "Kontakt")),
        Column("phone", "Telefon", Words(40), lambda p: p.phone, ("Tel", "Telefonnummer")),
        Column("email", "E-Mail", Mail(), lambda p: p.email, ("Mail", "Email", "E-Mail-Adresse")),
        Column("address", "Anschrift", Words(), lambda p: p.address, ("Adresse",)),
        Column("social_space", "Sozialraum", Words(120), lambda p: p.social_space, ("Stadtteil", "Quartier")),
        Column("target", "Für wen", Words(200), lambda p: p.target, ("Zielgruppe",)),
        Column("languages", "Sprachen", Listed("language", many=True), lambda p: p.languages, ("Sprache",)),
        Column("note", "Anmerkung", Words(), lambda p: p.note, ("Notiz", "Bemerkung", "Hinweis")),
    )  # fmt: skip

    def name_of(self, values: dict[str, Any]) -> str:
        return values.get("name") or "ohne Namen"

    def judge(self, actor: Actor, rows: Sequence[Row]) -> None:
        there = {partner.name_key: partner for partner in self.existing(actor)}
        seen: dict[str, int] = {}
        for row in rows:
            if key := fold(row.values.get("name") or ""):
                self._judge_one(row, there.get(key), seen.setdefault(key, row.line))

    def _judge_one(self, row: Row, partner: Partner | None, first_line: int) -> None:
        if first_line != row.line:
            row.errors.append(TWICE.format(first_line))
        elif partner:
            others = differing(self, row.values, partner)
            row.stands, row.is_unchanged = True, not others
            row.twins += [OTHER.format(", ".join(others))] if others else []

    def write(self, actor: Actor, rows: Sequence[Row]) -> list[Partner]:
        made = [Partner(organisation_id=actor.organisation_id, **_filled(row.values)) for row in rows]
        for partner in made:
            partner.name_key = fold(partner.name)
        Partner.objects.bulk_create(made, batch_size=1000)
        pairs = list(zip(made, rows, strict=True))
        PartnerCategory.objects.bulk_create(
            PartnerCategory(partner=p, category=key) for p, row in pairs for key in _further(row.values)
        )
        PartnerLanguage.objects.bulk_create(
            PartnerLanguage(partner=p, language=key)
            for p, row in pairs
            for key in dict.fromkeys(row.values.get("languages") or ())
        )
        ContactPerson.objects.bulk_create(
            ContactPerson(organisation_id=p.organisation_id, partner=p, name=row.values["contact_person"])
            for p, row in pairs
            if row.values.get("contact_person")
        )
        record_each(made)
        return made

    def existing(self, actor: Actor) -> Iterable[Partner]:
        rows = Partner.objects.visible_to(actor).order_by("name_key", "id")
        return rows.prefetch_related("further_categories", "spoken", "people")

    def ties(self, refs: Sequence[str]) -> dict[str, str]:
        named = dict.fromkeys(
            pointed_at(Partner, refs, besides=(PartnerCategory, PartnerLanguage, ContactPerson)), TIED
        )
        changed = changed_since(refs, "import.carried_out") | _with_other_people(refs)
        return {**dict.fromkeys(changed, "seitdem geändert"), **named}

    def names(self, actor: Actor, refs: Sequence[str]) -> dict[str, str]:
        return dict(Partner.objects.visible_to(actor).filter(public_id__in=refs).values_list("public_id", "name"))

    def remove(self, refs: Sequence[str]) -> None:
        Partner.objects.filter(public_id__in=refs).delete()


def _with_other_people(refs: Sequence[str]) -> set[str]:
    """Where somebody was added or changed since: who came in with the table has no entry of her own."""
    found: set[str] = set()
    for start in range(0, len(refs), CHUNK):
        people = ContactPerson.objects.filter(partner__public_id__in=refs[start : start + CHUNK])
        partner_of = dict(people.values_list("public_id", "partner__public_id"))
        found.update(partner_of[ref] for ref in changed_since(list(partner_of), "import.carried_out"))
    return found


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Of the partner's own row; several of something are rows of their own."""
    return {key: value for key, value in values.items() if value is not None and key not in ROWS_OF_THEIR_OWN}


def _further(values: dict[str, Any]) -> list[str]:
    return [key for key in dict.fromkeys(values.get("further") or ()) if key != values["category"]]
