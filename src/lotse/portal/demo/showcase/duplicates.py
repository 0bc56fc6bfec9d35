"""Two files that may be one person, two that became one, two that only share a name."""

from datetime import date

from lotse.casework.actions.merging import merge_clients
from lotse.casework.actions.pairs import decide_pair
from lotse.casework.enums import PairKind
from lotse.portal.demo.showcase.stage import Stage


def tell(stage: Stage) -> None:
    _alike(stage)
    _made_one(stage)
    _namesakes(stage)


def _alike(stage: Stage) -> None:
    born = {"birth_date": date(1991, 5, 3), "gender": "w", "contact_language": "kmr"}
    stage.file("Rojin Özdemo", "Hilfe bei der Wohnungssuche.", days=140, phone="0150 555 1401", **born)
    twin = stage.person("Rojin Oezdemo", days=8, phone="0150 555 1402", **born)
    stage.consent(twin, days=8)
    stage.talk(stage.case(twin, "Wohnung gekündigt.", days=8), "Kündigung geprüft.", 5, ["housing"])


def _made_one(stage: Stage) -> None:
    born = {"birth_date": date(1987, 11, 23), "gender": "m", "contact_language": "tr"}
    kept = stage.file("Emre Wortmann-Demo", "Fragen zum Arbeitsvertrag.", days=160, phone="0150 555 1403", **born)
    twice = stage.person("Emre Wortmann Demo", days=25, phone="0150 555 1403", email="emre@person.example", **born)
    merge_clients(by=stage.mara.actor, survivor=kept.client, absorbed=twice)


def _namesakes(stage: Stage) -> None:
    """Father and son, born on New Year's Day in the papers of both."""
    father = stage.person("Idris Schauspiel", days=60, birth_date=date(1965, 1, 1), contact_language="so")
    son = stage.person("Idris Schauspiel", days=58, birth_date=date(1965, 1, 1), contact_language="so")
    decide_pair(by=stage.mara.actor, client=father, other=son, kind=PairKind.DIFFERENT)
