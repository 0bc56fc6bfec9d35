"""What holds for prescribed forms and logos, as predicates; each docstring is the rule in one sentence, with its id."""

from collections.abc import Sequence
from datetime import date

from lotse.documents.models import FormTemplate, Logo
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation


def may_leave(template: FormTemplate | None, kept: Sequence[Logo], day: date, *, is_prescribed: bool = True) -> bool:
    """Only on the form that holds on that day, where one is prescribed, and with every logo may a paper leave the house (IA-02)."""
    slots = {logo.slot for logo in kept}
    shown = {logo.slot for logo in kept if logo.is_valid_on(day)}
    form_holds = template.is_valid_on(day) if template else not is_prescribed
    return form_holds and slots == shown


def keeps_forms(actor: Actor, organisation: Organisation) -> bool:
    """Forms and logos of a branch are kept by who releases the documents of its agencies (IA-02)."""
    return organisation.path.startswith(tuple(actor.released_paths))
