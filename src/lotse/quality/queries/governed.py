"""The documents of a carrier: what is in force, what is due, who has read it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from lotse.core.finding import found
from lotse.core.search import fold
from lotse.organisations.actor import Actor
from lotse.organisations.enums import OrganisationKind
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.scope import in_branches
from lotse.quality import rules
from lotse.quality.enums import DocumentKind, VersionState
from lotse.quality.models import Acknowledgement, DocumentReview, GovernedDocument, GovernedVersion
from lotse.quality.models.governed import meant_by, working_grants

KIND_ORDER = {kind.value: place for place, kind in enumerate(DocumentKind)}
SHOWN_MISSING, SHOWN_REVIEWS = 12, 10


@dataclass(frozen=True)
class DocumentRow:
    """`opened`: a version on its way; `is_unread`: it waits for this colleague; `missing`: how many have not read it."""

    document: GovernedDocument
    opened: GovernedVersion | None
    is_unread: bool
    missing: int

    @property
    def is_overdue(self) -> bool:
        return rules.is_overdue(self.document.review_on, timezone.localdate())  # type: ignore[attr-defined]

    @property
    def words(self) -> str:
        return fold(f"{self.document} {self.document.get_kind_display()}")


# What the list is narrowed to: word in the address → words, and which rows it lets through.
FILTERS: Mapping[str, tuple[str, Callable[[DocumentRow], bool]]] = {
    "": ("alle", lambda row: True),
    "lesen": ("für mich zu lesen", lambda row: row.is_unread),
    "ueberfaellig": ("Prüfung überfällig", lambda row: row.is_overdue),
    "entwuerfe": ("in Arbeit", lambda row: row.opened is not None),
}


def documents(actor: Actor) -> list[DocumentRow]:
    """By kind and number; four statements."""
    rows = GovernedDocument.objects.visible_to(actor).with_holding().select_related("owner", "organisation")
    opened = {one.document_id: one for one in _opened(actor)}
    unread = set(GovernedVersion.objects.to_acknowledge_by(actor).order_by().values_list("document_id", flat=True))
    missing = dict(_missing(actor)) if rules.keeps(actor) else {}
    ordered = sorted(rows, key=lambda one: (KIND_ORDER.get(one.kind, 0), one.number, one.title, one.pk))
    return [DocumentRow(one, opened.get(one.pk), one.pk in unread, missing.get(one.pk, 0)) for one in ordered]


def by_kind(rows: Iterable[DocumentRow]) -> list[tuple[str, list[DocumentRow]]]:
    return [(str(DocumentKind(kind).label), list(some)) for kind, some in groupby(rows, lambda row: row.document.kind)]


def chosen(rows: Iterable[DocumentRow], only: str, text: str) -> list[DocumentRow]:
    _label, lets = FILTERS.get(only, FILTERS[""])
    return [row for row in rows if lets(row) and fold(text) in row.words]


def _opened(actor: Actor) -> QuerySet[GovernedVersion]:
    states = (VersionState.DRAFT, VersionState.SUBMITTED)
    return GovernedVersion.objects.visible_to(actor).filter(state__in=states).defer("text")


def _missing(actor: Actor) -> QuerySet:
    kept = GovernedVersion.objects.holding().filter(in_branches(actor.quality_paths, "organisation"))
    total = unread_people().annotate(of=Value(1)).values("of").annotate(total=Count("pk")).values("total")
    counted = kept.annotate(missing=Coalesce(Subquery(total, output_field=IntegerField()), 0))
    return counted.order_by().values_list("document_id", "missing")


def unread_people() -> QuerySet[Person]:
    """Inside of a query of versions: whom a version concerns and who has not read it."""
    today = timezone.localdate()
    grants = working_grants(today).filter(person=OuterRef("pk"))
    meant = meant_by(
        grants, OuterRef(OuterRef("document__for_roles")), OuterRef(OuterRef("document__unit__path"))
    )  # fmt: skip
    read = Acknowledgement.objects.filter(version=OuterRef(OuterRef("pk")), person=OuterRef("pk"))
    people = Person.objects.filter(organisation=OuterRef("organisation"), user__isnull=False).at_work_on(today)
    return people.filter(Exists(meant), ~Exists(read)).order_by()


def concerned(document: GovernedDocument) -> QuerySet[Person]:
    """Colleagues with an account whom it is meant for."""
    today = timezone.localdate()
    grants = working_grants(today).filter(person=OuterRef("pk"))
    if document.for_roles:
        grants = grants.filter(role__in=document.roles)
    if document.unit:
        grants = grants.filter(organisation__path__startswith=document.unit.path)
    people = Person.objects.filter(organisation=document.organisation_id, user__isnull=False).at_work_on(today)
    return people.filter(Exists(grants))


@dataclass(frozen=True)
class Reader:
    """`at` None: not yet."""

    person: Person
    acknowledgement: Acknowledgement | None


def readers(version: GovernedVersion) -> list[Reader]:
    """Who has not read it first. Who has read it stays, though it does not concern her any more."""
    said = {one.person_id: one for one in version.acknowledgements.select_related("person")}
    people = {one.pk: one for one in concerned(version.document)} | {pk: one.person for pk, one in said.items()}
    rows = [Reader(person, said.get(pk)) for pk, person in people.items()]
    return sorted(rows, key=lambda row: (row.acknowledgement is not None, row.person.name_key, row.person.pk))


def get_document(actor: Actor, public_id: str) -> GovernedDocument:
    rows = GovernedDocument.objects.visible_to(actor).with_holding().select_related("owner", "organisation", "unit")
    return found(rows, public_id)


def get_version(actor: Actor, public_id: str) -> GovernedVersion:
    rows = GovernedVersion.objects.visible_to(actor).select_related(
        "organisation", "document__organisation", "document__unit", "document__owner", "written_by", "approved_by", "file"
    )  # fmt: skip
    return found(rows, public_id)


def holding_version(document: GovernedDocument) -> GovernedVersion | None:
    rows = GovernedVersion.objects.holding().filter(document=document)
    row = rows.select_related("written_by", "approved_by", "file").first()
    if row:
        row.document = document
    return row


def versions(document: GovernedDocument) -> list[GovernedVersion]:
    """The newest first, without their texts."""
    rows = GovernedVersion.objects.filter(document=document).defer("text")
    return list(rows.select_related("written_by", "approved_by"))


def version_before(version: GovernedVersion) -> GovernedVersion | None:
    """The last approved one below it, else the last below it."""
    below = GovernedVersion.objects.filter(document=version.document_id, number__lt=version.number)
    return below.filter(approved_on__isnull=False).first() or below.first()


def reviews(document: GovernedDocument) -> Sequence[DocumentReview]:
    rows = DocumentReview.objects.filter(version__document=document).select_related("by", "version")
    return list(rows.defer("version__text")[:SHOWN_REVIEWS])


def is_to_acknowledge(actor: Actor, version: GovernedVersion) -> bool:
    return GovernedVersion.objects.to_acknowledge_by(actor).filter(pk=version.pk).exists()


def acknowledged_by(actor: Actor, version: GovernedVersion) -> Acknowledgement | None:
    return version.acknowledgements.filter(person_id=actor.person_id).first()


def agencies(house: Organisation) -> dict[str, Organisation]:
    below = Organisation.objects.filter(path__startswith=house.path, kind=OrganisationKind.AGENCY)
    return {one.public_id: one for one in below}
