"""The institutions that the stories need."""

from lotse.partners.actions import create_partner
from lotse.portal.demo.showcase.stage import Stage

# what it is in the stories, name, category, contact person
PARTNERS = (
    ("school", "Sprachschule Beispiel", "course_provider", "Frau Muster"),
    ("housing", "Wohnlotsen Musterstadt", "housing", "Herr Vorlage"),
    ("debts", "Schuldnerberatung Beispielhaus", "regular_service", "Frau Exempel"),
    ("law", "Rechtsberatung am Musterplatz", "law", ""),
    ("women", "Frauenberatung Lindenhof", "regular_service", "Frau Entwurf"),
    ("jobcentre", "Jobcenter Beispielstadt", "jobcentre", "Herr Formular"),
    ("interpreters", "Sprachmittlungspool Musterstadt", "other", ""),
)


def tell(stage: Stage) -> None:
    for number, (key, name, category, contact) in enumerate(PARTNERS):
        stage.partners[key] = create_partner(
            by=stage.mara.actor, name=name, category=category, contact_person=contact, email=f"{key}@partner.example",
            phone=f"0150 555 3{number:02}",
        )  # fmt: skip
