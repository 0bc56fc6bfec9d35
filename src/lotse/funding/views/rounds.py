"""Payment rounds, their file for the bank, and the accounts that stand in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from sepaxml.validation import ValidationError as NotInSchema

from lotse.core.formpages import Crumb, button, form_page
from lotse.core.paging import part_of
from lotse.documents.answers import attached
from lotse.funding.actions.accounts import confirm_account, enter_account
from lotse.funding.actions.payments import pay_round
from lotse.funding.forms.money import AccountForm, AmountsForm, Asked
from lotse.funding.models import PaymentRound
from lotse.funding.money_words import euro
from lotse.funding.queries import accounts as account_queries
from lotse.funding.queries import grants as grant_queries
from lotse.funding.queries import rounds as queries
from lotse.funding.transfers import transfer_file
from lotse.funding.views.money_shared import asked_day, funding_year, is_receiver, money_crumbs, of_name
from lotse.funding.views.shared import insider, open_grant, received_grant
from lotse.programmes.models import Grant

NO_ACCOUNT = "Für {} fehlt eine bestätigte Bankverbindung. Danach gibt es die Datei."
THERE = "Noch da {} · vom Vertrag bleiben {}"
NOT_WRITABLE = "Die Datei entspricht nicht dem Format der Banken. Bitte prüfen Sie die Bankverbindungen."


def rounds(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    grant = grant_queries.asked_grant(actor, request.GET.get("zuwendung", ""))
    part = part_of(list(queries.payment_rounds(actor, grant)) if grant else [], request.GET.get("ab", ""))
    context = {
        "grant": grant,
        "part": part,
        "crumbs": money_crumbs(grant) if grant else [],
        "is_receiver": grant and is_receiver(actor, grant),
    }
    return render(request, "funding/rounds.html", context)


def new_round(request: HttpRequest, grant_id: str) -> HttpResponse:
    grant, today = received_grant(request, grant_id), timezone.localdate()
    on, year = asked_day(request, today), funding_year(request, grant, today)
    rows = queries.proposals(request.actor, grant, year, on)
    payable = {row.contract.public_id: row for row in rows if row.contract and not row.reason}
    lines = [
        Asked(key, row.carrier.name, row.amount, THERE.format(euro(row.room.there), euro(row.room.agreed)))
        for key, row in payable.items()
    ]
    asked = of_name(request, lines)
    form = AmountsForm(request.POST or None, actor=request.actor, lines=asked.pop("lines"))

    def act() -> str:
        amounts = {payable[key].contract: amount for key, amount in form.amounts().items()}
        made = pay_round(by=request.actor, grant=grant, funding_year=year, on=on, amounts=amounts)
        return reverse("funding:round", args=[made.public_id])

    return form_page(
        request, form, act, title="Zahlungsrunde", crumbs=money_crumbs(grant), template="funding/round_form.html", grant=grant, on=on,
        year=year, **asked, held_back=[row for row in rows if row.reason], done="Eingetragen.",
    )  # fmt: skip


def _open(request: HttpRequest, payment_round_id: str) -> PaymentRound:
    insider(request)
    return queries.get_round(request.actor, payment_round_id)


def round_page(request: HttpRequest, payment_round_id: str) -> HttpResponse:
    found = _open(request, payment_round_id)
    payments = queries.payments_of(found)
    houses = [found.organisation_id, *(row.organisation_id for row in payments)]
    accounts = account_queries.used_on(houses, timezone.localdate())
    part = part_of([(row, accounts.get(row.organisation_id)) for row in payments], request.GET.get("ab", ""))
    context = {
        "round": found,
        "part": part,
        "sum": sum(row.amount for row in payments),
        "is_whole": set(houses) <= set(accounts),
    }
    return render(
        request,
        "funding/round.html",
        {**context, "crumbs": money_crumbs(found.grant), "own": accounts.get(found.organisation_id)},
    )


def transfers(request: HttpRequest, payment_round_id: str) -> HttpResponseBase:
    """Not before every account in it is confirmed."""
    found, today = _open(request, payment_round_id), timezone.localdate()
    payments = queries.payments_of(found)
    houses = {
        found.organisation_id: found.grant.organisation,
        **{row.organisation_id: row.organisation for row in payments},
    }
    accounts = account_queries.used_on(houses, today)
    try:
        if missing := [house.name for pk, house in houses.items() if pk not in accounts]:
            raise LookupError(NO_ACCOUNT.format(", ".join(missing)))
        content = transfer_file(found, payments, accounts, max(found.paid_on, today))
    except (LookupError, NotInSchema) as error:
        messages.error(request, str(error) if isinstance(error, LookupError) else NOT_WRITABLE)
        return redirect("funding:round", payment_round_id)
    return attached(content, f"{found} {found.paid_on:%Y-%m-%d}.xml", "application/xml")


def accounts(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    grant = grant_queries.asked_grant(actor, request.GET.get("zuwendung", ""))
    rows = account_queries.house_accounts(actor, grant, today) if grant else []
    context = {
        "grant": grant,
        "part": part_of(rows, request.GET.get("ab", "")),
        "crumbs": money_crumbs(grant) if grant else [],
    }
    return render(request, "funding/accounts.html", context)


def _account_crumbs(grant: Grant) -> list[Crumb]:
    return [*money_crumbs(grant), ("Bankverbindungen", f"{reverse('funding:accounts')}?zuwendung={grant.public_id}")]


def new_account(request: HttpRequest, grant_id: str, account_house_id: str) -> HttpResponse:
    grant = open_grant(request, grant_id)
    house = account_queries.get_house(request.actor, grant, account_house_id)
    first = {"holder": house.name[:70], "valid_from": timezone.localdate()}
    form = AccountForm(request.POST or None, actor=request.actor, initial=first)

    def act() -> None:
        enter_account(by=request.actor, organisation=house, **form.cleaned_data)

    lead = "Bevor dorthin überwiesen wird, bestätigt eine zweite Person. Fragen Sie bei einer Änderung unter der bekannten Nummer nach."
    crumbs = _account_crumbs(grant)
    return form_page(
        request,
        form,
        act,
        title=f"Bankverbindung {house}",
        crumbs=crumbs,
        lead=lead,
        done="Eingetragen. Jetzt bestätigt eine zweite Person.",
    )


def confirm(request: HttpRequest, grant_id: str, bank_account_id: str) -> HttpResponse:
    grant = open_grant(request, grant_id)
    found = account_queries.get_account(request.actor, bank_account_id)
    to = _account_crumbs(grant)[-1][1]
    return button(request, lambda: confirm_account(by=request.actor, account=found), to, "Bestätigt.")
