"""The sample of the quarter at the small site: one file gone through, with an open point back at the counsellor."""

from lotse.casework.actions.review import draw_round, finish_review
from lotse.casework.queries.review import quarter_of
from lotse.catalogues.loader import catalogue
from lotse.portal.demo.showcase.stage import Stage

HERS, HIS = ("Hanna Erdacht", "Nuri Bühneva"), ("Rojan Exempla",)
TO_DO = "Der nächste Schritt fehlt. Bitte mit Datum eintragen."


def tell(stage: Stage) -> None:
    for name in HERS:
        stage.file(name, "Hilfe bei Anträgen.", days=60, site=stage.branch)
    for name in HIS:
        stage.file(name, "Hilfe bei Anträgen.", days=60, site=stage.branch, by=stage.jonas)
    drawn = draw_round(
        by=stage.helin.actor, site=stage.branch, quarter=quarter_of(stage.today), per_counsellor=2, reviewer=stage.helin.person,
        opens_until=stage.ahead(21),
    )  # fmt: skip
    checked = drawn.reviews.filter(counsellor=stage.mara.person).first()
    answers = dict.fromkeys(catalogue("file_review_item").keys, "yes") | {"next_step": "no"}
    finish_review(
        by=stage.helin.actor, review=checked, answers=answers, missing={"next_step": TO_DO}, due_on=stage.ahead(7)
    )
