"""Which of several cases of a file one is working on; kept in the session, so that every page of the file shows the same."""

from django.http import HttpRequest

from lotse.casework.models import Client, CounsellingCase

KEY, MOST = "cases", 20


def of(request: HttpRequest, client_id: str) -> tuple[str, str]:
    """Public id and name of the chosen case; both empty where nothing was chosen."""
    case_id, label = request.session.get(KEY, {}).get(client_id, ("", ""))
    return case_id, label


def keep(request: HttpRequest, client: Client, case: CounsellingCase) -> None:
    chosen = dict(list(request.session.get(KEY, {}).items())[-MOST:])
    label = f"{case.programme} seit {case.first_contact_on:%d.%m.%Y}"
    request.session[KEY] = {**chosen, client.public_id: [case.public_id, label]}
