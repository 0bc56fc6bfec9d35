"""Two analyses: Essen goes on with its own and lacks nothing; Kleve has begun and has gaps. All numbers are invented."""

from collections.abc import Mapping, Sequence
from datetime import date

from lotse.agency.actions import analysis as acts
from lotse.agency.actions import findings
from lotse.agency.actions.papers import begin_document
from lotse.agency.actions.renewal import take_over
from lotse.agency.actions.statistics import keep_agency_map, keep_dataset
from lotse.agency.enums import DocumentKind, Orientation
from lotse.agency.models import AgencyDocument, DataItem, Need
from lotse.agency.statistics.reading import Wanted, read_statistics
from lotse.agency.texts import Place, mark_of
from lotse.documents.wording import CSV
from lotse.organisations.models import Organisation
from lotse.portal.demo.showcase.agency_support import worker
from lotse.portal.demo.showcase.area_map import quarters
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage

ESSEN, KLEVE = "Integrationsagentur Essen", "Integrationsagentur Kleve"
FIELDS = ("BE", "IKÖ", "SR")
# Shaped like the flat file of the regional database.
HEAD = "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;1_Auspraegung_Label;2_Merkmal_Code;2_Merkmal_Label;2_Auspraegung_Code;2_Auspraegung_Label;BEVSTD__Bevölkerung__Anzahl"  # fmt: skip
LINE = "00001;Bevölkerung nach Staatsangehörigkeit;STAG;Stichtag;31.12.{year};STADTT;Stadtteile;{place};{name};NAT;Nationalität;{code};{words};{count}"  # fmt: skip
PEOPLE = {"Nordstadt": (14210, 5120), "Hügelviertel": (9870, 910), "Lindenhof": (11340, 2980), "Altstadt": (7650, 1840)}
TEXTS = {
    Place("overall_goal"): "Wer hier lebt, kennt die Angebote im Quartier, nutzt sie und gestaltet sie mit.",
    Place("integration_concept"): "Das Konzept der Stadt nennt frühe Bildung und Begegnung als Schwerpunkte. Unsere Bedarfe setzen dort an.",
    Place("municipal_centre"): "Treffen alle zwei Monate. Das Zentrum bildet Kitas fort, wir erreichen die Eltern.",
    Place("other_agencies"): "Mit den zwei anderen Agenturen der Stadt nach Stadtteilen abgesprochen.",
    Place("offers", "BE"): "Zwei Lesegruppen, ein Elternverein, keine Schulung für Ehrenamtliche.",
    Place("goal", "BE"): "Freiwillige finden Aufgaben, werden geschult und bleiben.",
    Place("measures", "BE"): "Lesepatinnen gewinnen und schulen.",
    Place("offers", "IKÖ"): "Beratungsstellen haben Faltblätter auf Deutsch; das Bürgeramt dolmetscht nicht.",
    Place("goal", "IKÖ"): "Drei Einrichtungen öffnen ihre Angebote und zeigen es.",
    Place("offers", "SR"): "Ein Jugendhaus und die Bücherei; nach 17 Uhr ist nichts offen.",
    Place("goal", "SR"): "Ein Ort, an dem sich Nachbarschaft trifft, auch am Abend.",
    Place("measures", "SR"): "Nachbarschaftscafé mit dem Jugendhaus.",
}  # fmt: skip
SCHOOL = (("Nordstadt", "31"), ("Hügelviertel", "12"), ("Lindenhof", "24"), ("Altstadt", "22"))


def tell(stage: Stage) -> None:
    year = stage.today.year
    _whole(Organisation.objects.get(name=ESSEN), year)
    _with_gaps(Organisation.objects.get(name=KLEVE), year)


def _begin(who: Player, agency: Organisation, year: int) -> AgencyDocument:
    return begin_document(by=who.actor, agency=agency, kind=DocumentKind.ANALYSIS, funding_year=year)


def _whole(agency: Organisation, year: int) -> None:
    """Begun two years ago; taken over, counted anew and checked."""
    who = worker(agency)
    before = _begin(who, agency, year - 2)
    _reach(who, before, FIELDS, "SR", ["Nordstadt", "Lindenhof"])
    _write(who, before, TEXTS)
    meeting = _need(who, before, "Nachbarschaften brauchen einen Ort, der auch abends offen ist.", "SR")
    _data(who, before, "Treffpunkte", [("Nordstadt", "1")], "Treffpunkte, nach 17 Uhr offen", year - 3, [meeting])
    now = _begin(who, agency, year)
    take_over(by=who.actor, document=now)
    _count_anew(who, now, year)
    findings.confirm_taken_over(
        by=who.actor, document=now, data_items=list(now.data_items.filter(to_check=True)), needs=list(now.needs.filter(to_check=True)),
    )  # fmt: skip


def _count_anew(who: Player, now: AgencyDocument, year: int) -> None:
    early = _need(who, now, "Kinder kommen mit wenig Deutsch in die Schule; Eltern kennen die Hilfen nicht.", "BE")
    open_doors = _need(who, now, "Ämter und Dienste erreichen Zugewanderte in ihrem Stadtteil kaum.", "IKÖ")
    _data(who, now, "Schule", SCHOOL, "Kinder mit Bedarf an Sprachförderung", year - 1, [early], unit="%")
    rows = keep_dataset(
        by=who.actor, agency=now.agency, reading=read_statistics(_flat_file(year).encode("cp1252"), CSV, Wanted()),
        title="Bevölkerung nach Stadtteilen", source="Statistikamt Beispielstadt", retrieved_on=date(year, 1, 15),
    ).rows.filter(label__contains="Ausländer")  # fmt: skip
    findings.pick_rows(by=who.actor, document=now, rows=list(rows), topic="Menschen", needs=[open_doors])
    keep_agency_map(by=who.actor, agency=now.agency, areas=quarters({}))


def _flat_file(year: int) -> str:
    lines = [
        LINE.format(year=year - 1, place=place, name=name, code=code, words=words, count=count)
        for place, (name, counts) in enumerate(PEOPLE.items(), start=1)
        for code, words, count in zip(("", "NATA"), ("Insgesamt", "Ausländer"), counts, strict=True)
    ]
    return "\n".join((HEAD, *lines))


def _with_gaps(agency: Organisation, year: int) -> None:
    who = worker(agency)
    now = _begin(who, agency, year)
    _reach(who, now, ("IKÖ", "SR"), "", ["Kleve-Unterstadt"])
    _write(who, now, {Place("overall_goal"): "Einrichtungen und Zugewanderte finden zueinander."})
    _need(who, now, "Pflegeheime wissen wenig über Wünsche älterer Zugewanderter.", "IKÖ")
    _data(who, now, "Ältere", [("Kleve-Unterstadt", "rund 400")], "Zugewanderte über 65", year - 1, [])


def _reach(who: Player, document: AgencyDocument, fields: Sequence[str], special: str, spaces: Sequence[str]) -> None:
    acts.set_reach(
        by=who.actor, document=document, orientation=Orientation.SOCIAL_SPACE, spaces=(), fields=fields,
        special_field=special, new_spaces=spaces,
    )  # fmt: skip


def _write(who: Player, document: AgencyDocument, texts: Mapping[Place, str]) -> None:
    typed = {place: acts.Typed(text, mark_of("")) for place, text in texts.items()}
    acts.write_texts(by=who.actor, document=document, texts=typed)


def _need(who: Player, document: AgencyDocument, text: str, field: str) -> Need:
    return findings.add_need(by=who.actor, document=document, text=text, field=field)


def _data(
    who: Player, document: AgencyDocument, topic: str, values: Sequence[tuple[str, str]], label: str, year: int,
    needs: Sequence[Need], unit: str = "",
) -> list[DataItem]:  # fmt: skip
    shared = {
        "topic": topic,
        "label": label,
        "unit": unit,
        "as_of": date(year, 12, 31),
        "source": "Jugendamt Beispielstadt",
    }
    rows = [{**shared, "area": area, "value": value} for area, value in values]
    return findings.add_data(by=who.actor, document=document, rows=rows, needs=needs)
