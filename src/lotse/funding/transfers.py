"""The credit transfers of a payment round as a file for the bank (ISO 20022, pain.001.001.09); the bank executes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sepaxml import SepaTransfer

from lotse.funding.models import BankAccount, Payment, PaymentRound

SCHEMA = "pain.001.001.09"
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "&": "+"})
NOT_SEPA = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]+")
LONGEST_NAME, LONGEST_REFERENCE = 70, 140


class Transfers(SepaTransfer):
    """Bears the name of its round, so that a bank knows a file that comes twice."""

    def __init__(self, config: dict[str, Any], name: str) -> None:
        self.name = name
        super().__init__(config, schema=SCHEMA, clean=False)

    def _create_header(self) -> None:
        self.msg_id = self.name
        super()._create_header()


def transfer_file(
    of_round: PaymentRound, payments: Iterable[Payment], accounts: Mapping[int, BankAccount], on: date
) -> bytes:
    """`accounts`: by id of the organisation, of the receiver and of every carrier. `on`: the day on which it is paid.

    It has been checked against the schema; raises sepaxml's `ValidationError`.
    """
    file = Transfers(
        {**_of(accounts[of_round.organisation_id]), "batch": True, "currency": "EUR"}, f"LOTSE-{of_round.public_id}"
    )
    for payment in payments:
        about = {"amount": int(payment.amount * 100), "execution_date": on, "endtoend_id": payment.public_id}
        file.add_payment({**_of(accounts[payment.organisation_id]), **about, "description": reference_of(of_round)})
    return file.export(validate=True)


def reference_of(of_round: PaymentRound) -> str:
    grant = of_round.grant
    words = f"{grant.reference or grant.name}, Foerderjahr {of_round.funding_year}, Zahlungsrunde {of_round.number}"
    return sepa_words(words)[:LONGEST_REFERENCE]


def sepa_words(words: str) -> str:
    """With the letters that every bank in the SEPA takes."""
    plain = unicodedata.normalize("NFKD", words.translate(WRITTEN_OUT)).encode("ascii", "ignore").decode()
    return " ".join(NOT_SEPA.sub(" ", plain).split())


def _of(account: BankAccount) -> dict[str, str]:
    bank = {"BIC": account.bic} if account.bic else {}
    return {"name": sepa_words(account.holder)[:LONGEST_NAME], "IBAN": account.iban, **bank}
