"""Forms and logos that are prescribed for a time. Only what holds now leaves the house (IA-02).

An app names what is printed on a form (`register_purpose`); whoever oversees a branch of the tree keeps the forms for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from lotse.documents import blobs, letters
from lotse.documents.enums import LogoSlot
from lotse.documents.models import FormTemplate, Logo
from lotse.documents.rendering.docx import render_docx
from lotse.documents.rendering.spec import Block, Document, Heading, Image, KeyValues, Table
from lotse.documents.rules import may_leave
from lotse.organisations.models import Organisation
from lotse.organisations.models.periods import Dated

EXAMPLE = "Beispiel"
Values = Mapping[str, str | Sequence[Mapping[str, str]]]
CHANGE = "Bitte auf die jetzige Vorlage umstellen."
KEPT_BY = "Vorlagen und Logos pflegt die Koordination."
OF_SLOT = {
    LogoSlot.MINISTRY: "des Ministeriums",
    LogoSlot.ASSOCIATION: "des Verbands",
    LogoSlot.AGENCIES: "der Integrationsagenturen",
}
STRAY = (
    "„{}“ steht in einer Liste: Der Platzhalter gehört in eine Tabellenzeile, zusammen nur mit solchen derselben Liste."
)


@dataclass(frozen=True)
class Purpose:
    """What a form is for. `gaps`: single values; `lists`: name → gaps of every entry; `needed`: what no form may lack."""

    key: str
    name: str
    gaps: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    sample: Callable[[], Values]
    needed: tuple[str, ...] = ()

    @property
    def known(self) -> list[str]:
        return [*self.gaps, *(f"{name}.{gap}" for name, gaps in self.lists.items() for gap in gaps)]


PURPOSES: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    if purpose.key in PURPOSES:
        raise ValueError(f"purpose {purpose.key} is registered twice")
    PURPOSES[purpose.key] = purpose


@dataclass(frozen=True)
class Current:
    """The form that holds on a day, and why nothing may be exported; `reason` is empty where everything may."""

    template: FormTemplate | None
    reason: str = ""
    logos: list[Logo] = field(default_factory=list)

    @property
    def allows(self) -> bool:
        return not self.reason

    @property
    def form_is_the_reason(self) -> bool:
        """Another one would help."""
        return CHANGE in self.reason


def current(organisation: Organisation, purpose: str, day: date) -> Current:
    """The form of the nearest organisation above that keeps a valid one, and whether it may be used."""
    return judged(chosen(organisation, purpose, day), organisation, purpose, day)


def chosen(organisation: Organisation, purpose: str, day: date) -> FormTemplate | None:
    rows = FormTemplate.objects.above(organisation).filter(purpose=purpose).valid_on(day)
    return rows.select_related("file", "organisation").order_by("-organisation__path", "-valid_from", "-id").first()


def judged(template: FormTemplate | None, organisation: Organisation, purpose: str, day: date) -> Current:
    """The same for the form on which a paper was begun, which may be over by now."""
    kept = _kept_logos(organisation)
    valid = [logo for logo in _nearest(kept) if logo.is_valid_on(day)]
    last = _last_form(organisation, purpose) if template is None else template
    if may_leave(template, kept, day, is_prescribed=last is not None):
        return Current(template, "", _one_a_slot(valid))
    return Current(template, _reason(template, last, kept, purpose, day), _one_a_slot(valid))


def logos(organisation: Organisation, day: date) -> list[Logo]:
    """Of every slot the one that holds, in the order of the slots."""
    return _one_a_slot([logo for logo in _nearest(_kept_logos(organisation)) if logo.is_valid_on(day)])


def images(found: Sequence[Logo]) -> tuple[Image, ...]:
    """For the head of a paper."""
    return tuple(Image(content_of(logo.image), logo.image.media_type, logo.alt) for logo in found)


def content_of(stored: object) -> bytes:
    return blobs.read(stored.storage_name, stored.public_id)  # type: ignore[attr-defined]


def fill(template: FormTemplate, values: Values) -> bytes:
    """The form as a Word file, every gap filled."""
    if template.file is None:
        raise ValueError("This form is the paper of the house.")
    return filled(content_of(template.file), values)


def filled(content: bytes, values: Values) -> bytes:
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    rows = {name: value for name, value in values.items() if not isinstance(value, str)}
    return letters.filled(content, texts, rows)


def missing_in(content: bytes, purpose: Purpose) -> list[str]:
    """Refused with every gap that nobody can fill; the known ones that the form lacks, of those that no form may lack."""
    used = letters.refuse_unknown(content, purpose.known)
    if stray := letters.stray_gaps(content):
        raise ValidationError([STRAY.format(gap) for gap in stray])
    named = {gap.split(letters.DOT)[0] for gap in used} | set(used)
    return [gap for gap in purpose.needed if gap not in named]


# An example to begin from -----------------------------------------------------------------------------------------------
def example(purpose: Purpose) -> bytes:
    """A form with every gap there is, marked as an example."""
    title = f"{EXAMPLE}: Formular für {purpose.name}"
    rows = tuple((gap, f"{{{{{gap}}}}}") for gap in purpose.gaps)
    tables = [block for name, gaps in purpose.lists.items() for block in _example_list(name, gaps)]
    blocks = (Heading(title), KeyValues(rows, columns=1), *tables)
    return render_docx(Document(title=title, blocks=blocks, watermark=EXAMPLE, landscape=True))


def _example_list(name: str, gaps: tuple[str, ...]) -> list[Block]:
    row = tuple(f"{{{{{name}{letters.DOT}{gap}}}}}" for gap in gaps)
    return [Heading(name, 2), Table(gaps, (row,), (1,) * len(gaps))]


# Why not ---------------------------------------------------------------------------------------------------------------
def _reason(
    template: FormTemplate | None, last: FormTemplate | None, kept: Sequence[Logo], purpose: str, day: date
) -> str:
    name = PURPOSES[purpose].name
    if template is None and last is not None:
        return _not_begun_on_it(last, day, name)
    if template is not None and not template.is_valid_on(day):
        return f"Diese Vorlage für {name} {_not_valid(template, day)} {CHANGE}"
    shown = {logo.slot for logo in kept if logo.is_valid_on(day)}
    over = next(logo for logo in kept if logo.slot not in shown)
    return f"Das Logo {OF_SLOT[LogoSlot(over.slot)]} {_not_valid(over, day)} {KEPT_BY}"


def _not_begun_on_it(last: FormTemplate, day: date, name: str) -> str:
    if last.is_valid_on(day):
        return f"Inzwischen gibt es eine Vorlage für {name}. {CHANGE}"
    return f"Die Vorlage für {name} {_not_valid(last, day)} {KEPT_BY}"


def _last_form(organisation: Organisation, purpose: str) -> FormTemplate | None:
    """Valid or not; None where none was ever prescribed."""
    rows = FormTemplate.objects.above(organisation).filter(purpose=purpose)
    return rows.order_by("-valid_from", "-id").first()


def _not_valid(row: Dated, day: date) -> str:
    if row.valid_from > day:
        return f"gilt erst ab {row.valid_from:%d.%m.%Y}."
    ended = (row.valid_to or day) + timedelta(days=1)
    return f"gilt seit {ended:%d.%m.%Y} nicht mehr."


# Logos -----------------------------------------------------------------------------------------------------------------
def _kept_logos(organisation: Organisation) -> list[Logo]:
    rows = Logo.objects.above(organisation).select_related("image", "organisation")
    return list(rows.order_by("-valid_from", "-id"))


def _nearest(kept: Sequence[Logo]) -> list[Logo]:
    return sorted(kept, key=lambda logo: len(logo.organisation.path), reverse=True)


def _one_a_slot(valid: Sequence[Logo]) -> list[Logo]:
    of_slot = {logo.slot: logo for logo in reversed(valid)}
    return [of_slot[slot] for slot in LogoSlot if slot in of_slot]
