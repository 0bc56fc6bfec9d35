"""A carrier that makes things better: each state once, a complaint answered and one waiting, suggestions of colleagues."""

from datetime import timedelta

from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage
from lotse.quality.actions import complaints, suggestions
from lotse.quality.actions import improvements as acts
from lotse.quality.enums import ComplaintResult, ComplaintTopic, ComplaintWay, Effect, ImprovementSource, Rating, Voice
from lotse.quality.models import Complaint, Criterion, Improvement, Judgement


def tell(stage: Stage) -> None:
    _from_the_criteria(stage)
    _helped(stage)
    _did_not_help(stage)
    _forgotten(stage)
    _complaints(stage)
    _suggestions(stage)


def _raise(
    stage: Stage, owner: Player, title: str, finding: str, plan: str, days: int, source: ImprovementSource,
    judgement: Judgement | None = None, criterion: Criterion | None = None,
) -> Improvement:  # fmt: skip
    return acts.raise_improvement(
        by=stage.petra.actor, organisation=stage.own.organisation, source=source, title=title, finding=finding, plan=plan,
        owner=owner.person, due_on=stage.ahead(days), judgement=judgement, criterion=criterion,
    )  # fmt: skip


def _age(row: Improvement, days: int, **values: object) -> None:
    """As if it had been raised some time ago; the notes with it."""
    moved = timedelta(days=days)
    Improvement.objects.filter(pk=row.pk).update(
        raised_at=row.raised_at - moved, moved_at=row.moved_at - moved, **values
    )
    row.notes.filter(kind="raised").update(written_at=row.raised_at - moved)


def _from_the_criteria(stage: Stage) -> None:
    """What the self-assessment found: one begun, one planned."""
    judged = Judgement.objects.filter(organisation=stage.own.organisation, rating=Rating.PARTLY, to_recheck=False)
    row = judged.filter(criterion__slug="mi-4-b").order_by("-id").first()
    begun = _raise(
        stage, stage.mara, "In den Ferien am selben Tag dokumentieren", "In den Ferien wird später dokumentiert.",
        "Eine Vertretung trägt nach, jeden Freitag eine halbe Stunde.", 21, ImprovementSource.SELF_ASSESSMENT, judgement=row,
    )  # fmt: skip
    acts.begin(by=stage.mara.actor, improvement=begun)
    acts.note(by=stage.mara.actor, improvement=begun, text="Der Freitag ist im Kalender, ab nächster Woche.")
    criterion = Criterion.objects.filter(organisation=stage.own.organisation, slug="mi-3-f").order_by("id").first()
    _raise(
        stage, stage.helin, "Absprachen aus Teamsitzungen nachhalten", "Niemand prüft, was vereinbart war.",
        "Jede Sitzung beginnt mit den Absprachen der letzten.", 40, ImprovementSource.CRITERION, criterion=criterion,
    )  # fmt: skip


def _helped(stage: Stage) -> None:
    row = _raise(
        stage, stage.jonas, "Sprechzeiten mehrsprachig aushängen", "Am Eingang stehen die Zeiten nur auf Deutsch.",
        "Ein Schild in fünf Sprachen.", 10, ImprovementSource.EVALUATION,
    )  # fmt: skip
    acts.finish(by=stage.jonas.actor, improvement=row, text="Das Schild hängt.", effect_due_on=stage.ahead(1))
    acts.close(
        by=stage.petra.actor, improvement=row, effect=Effect.EFFECTIVE, text="Seitdem kommt kaum noch jemand umsonst."
    )
    _age(row, 75)


def _did_not_help(stage: Stage) -> None:
    """One in its second round, and one that waits for the look of another."""
    row = _raise(
        stage, stage.mara, "Telefonzeiten einhalten", "Am Mittwoch geht oft niemand ans Telefon.",
        "Ein Plan, wer wann am Telefon ist.", 5, ImprovementSource.AUDIT,
    )  # fmt: skip
    acts.finish(by=stage.mara.actor, improvement=row, text="Der Plan hängt im Büro.", effect_due_on=stage.ahead(1))
    acts.plan_again(
        by=stage.petra.actor, improvement=row, text="Bei Krankheit springt niemand ein.", owner=stage.helin.person,
        plan="Zu jedem Dienst eine Vertretung eintragen.", due_on=stage.ahead(14),
    )  # fmt: skip
    ripe = _raise(
        stage, stage.jonas, "Erstgespräch mit Merkblatt beginnen", "Manche wissen nicht, was mit ihren Daten geschieht.",
        "Das Merkblatt liegt in fünf Sprachen auf jedem Tisch.", 5, ImprovementSource.DOCUMENT,
    )  # fmt: skip
    acts.finish(by=stage.jonas.actor, improvement=ripe, text="Ausgelegt.", effect_due_on=stage.ahead(1))
    _age(ripe, 60, effect_due_on=stage.ago(2))


def _forgotten(stage: Stage) -> None:
    row = _raise(
        stage, stage.mara, "Wartebereich neu ordnen", "Im Flur stehen die Leute.", "Vier Stühle und ein Regal.", 3,
        ImprovementSource.CRITERION,
    )  # fmt: skip
    _age(row, 90, due_on=stage.ago(20))


def _take_down(stage: Stage, text: str, german: str, topic: ComplaintTopic, **more: object) -> Complaint:
    values = {
        "kind": Voice.COMPLAINT, "way": ComplaintWay.FORM, "received_on": stage.ago(6), "handled_by": stage.helin.person, **more,
    }  # fmt: skip
    return complaints.take_down(
        by=stage.petra.actor, organisation=stage.own.organisation, text=text, text_german=german, topic=topic, **values
    )


def _complaints(stage: Stage) -> None:
    """Answered in time, waiting, about somebody, and praise."""
    first = _take_down(
        stage, "Çarşamba günü kimse telefona bakmıyor.", "Am Mittwoch geht niemand ans Telefon.", ComplaintTopic.REACH,
        language="tr", received_on=stage.ago(30), reply_to="Kommt am Dienstag in die Sprechstunde.",
    )  # fmt: skip
    complaints.confirm_receipt(by=stage.helin.actor, complaint=first)
    complaints.answer(
        by=stage.helin.actor, complaint=first, answered_on=stage.ago(20), result=ComplaintResult.JUSTIFIED,
        answer="Das stimmt. Wir haben jetzt einen Plan, wer am Telefon ist. Es tut uns leid, dass Sie warten mussten.",
    )  # fmt: skip
    Complaint.objects.filter(pk=first.pk).update(confirmed_on=stage.ago(29))
    _take_down(
        stage, "لم أفهم الرسالة التي وصلتني.", "Den Brief, den ich bekommen habe, habe ich nicht verstanden.",
        ComplaintTopic.LANGUAGE, language="ar",
    )  # fmt: skip
    _take_down(
        stage, "", "Im Gespräch wurde ich unterbrochen.", ComplaintTopic.MANNER, way=ComplaintWay.IN_PERSON,
        handled_by=stage.petra.person, about_person=stage.jonas.person, received_on=stage.ago(16),
    )  # fmt: skip
    _take_down(
        stage, "Merci, tout le monde était très gentil.", "Danke, alle waren sehr freundlich.", ComplaintTopic.MANNER,
        language="fr", kind=Voice.PRAISE, way=ComplaintWay.LETTER,
    )  # fmt: skip


def _suggestions(stage: Stage) -> None:
    taken = suggestions.suggest(
        by=stage.jonas.actor, title="Gemeinsame Vorlage für Briefe an Ämter", text="Wir schreiben alle dasselbe anders."
    )
    suggestions.take_up(
        by=stage.petra.actor, suggestion=taken, plan="Drei Vorlagen im Team abstimmen.", owner=stage.jonas.person,
        due_on=stage.ahead(30), answer="Danke, das spart allen Zeit.",
    )  # fmt: skip
    declined = suggestions.suggest(
        by=stage.mara.actor, title="Sprechstunde am Samstag", text="Viele arbeiten unter der Woche."
    )
    suggestions.decline(
        by=stage.petra.actor,
        suggestion=declined,
        answer="Samstags ist das Haus zu. Wir prüfen einen späten Donnerstag.",
    )
    suggestions.suggest(
        by=stage.mara.actor, title="Schild am Seiteneingang", text="Mit Kinderwagen findet niemand den Aufzug."
    )
