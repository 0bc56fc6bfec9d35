"""All that the page of an analysis shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from lotse.agency.models import AgencyDocument, Analysis, DataItem, FieldNote, Need, SocialSpace
from lotse.agency.queries import analysis as queries
from lotse.agency.queries.places import place_of
from lotse.agency.queries.series import Series, points_on, series_of
from lotse.agency.queries.statistics import areas_of
from lotse.agency.texts import MANDATORY, OF_FIELD, Place, mark_of
from lotse.documents.geojson import Area
from lotse.organisations.enums import ActionField

FEWEST_ON_MAP = 2


@dataclass(frozen=True)
class Text:
    """`seen`: the mark of what is stored. `other`: what somebody else wrote meanwhile."""

    place: Place
    text: str
    seen: str
    other: str = ""
    other_mark: str = ""


@dataclass(frozen=True)
class Section:
    """Texts that are saved together."""

    key: str
    title: str
    texts: tuple[Text, ...]
    is_special: bool = False

    @property
    def is_open(self) -> bool:
        """Somebody else has written here too, which must be seen."""
        return any(text.other_mark for text in self.texts)

    @property
    def is_empty(self) -> bool:
        return not any(text.text.strip() for text in self.texts)


@dataclass(frozen=True)
class Picture:
    series: Series
    on_map: bool


@dataclass(frozen=True)
class Topic:
    name: str
    items: list[DataItem]
    pictures: list[Picture]


@dataclass(frozen=True)
class AnalysisPage:
    document: AgencyDocument
    analysis: Analysis
    spaces: list[SocialSpace]
    goal: Section
    fields: list[Section]
    mandatory: Section
    topics: list[Topic]
    needs: list[Need]
    previous: Analysis | None = None

    @property
    def places(self) -> list[str]:
        """Passages that the coordination can speak about."""
        texts = [text for section in (self.goal, *self.fields, self.mandatory) for text in section.texts]
        rows = [self.analysis, *self.needs, *(item for topic in self.topics for item in topic.items)]
        return [*map(place_of, rows), *(text.place.anchor for text in texts)]

    @property
    def data_count(self) -> int:
        return sum(len(topic.items) for topic in self.topics)

    @property
    def can_take_over(self) -> bool:
        return self.previous is not None and not self.topics and not self.needs

    @property
    def field_names(self) -> list[str]:
        return [ActionField(code).label for code in ActionField.values if code in self.analysis.fields]


def analysis_page(document: AgencyDocument) -> AnalysisPage:
    analysis = queries.analysis_of(document)
    sections = {section.key: section for section in sections_of(analysis)}
    goal, mandatory = sections.pop("goal"), sections.pop("mandatory")
    return AnalysisPage(
        document, analysis, list(analysis.spaces.all()) if analysis.pk else [], goal, list(sections.values()), mandatory,
        topics=_topics(document), needs=list(queries.needs(document)),
        previous=queries.previous_analysis(document),
    )  # fmt: skip


def sections_of(analysis: Analysis) -> Iterable[Section]:
    notes = queries.field_notes(analysis.document)
    yield Section("goal", "Gesamtziel", _texts(analysis, [Place("overall_goal")], notes))
    for code in (code for code in ActionField.values if code in analysis.fields):
        texts = _texts(analysis, [Place(name, code) for name in OF_FIELD], notes)
        yield Section(code, ActionField(code).label, texts, code == analysis.special_field)
    yield Section("mandatory", "Bezug und Abstimmung", _texts(analysis, [Place(name) for name in MANDATORY], notes))


def _texts(analysis: Analysis, places: Iterable[Place], notes: Mapping[str, FieldNote]) -> tuple[Text, ...]:
    said = {place: getattr(notes.get(place.field) if place.field else analysis, place.name, "") for place in places}
    return tuple(Text(place, text, mark_of(text)) for place, text in said.items())


def _topics(document: AgencyDocument) -> list[Topic]:
    items, areas = queries.data_items(document).prefetch_related("needs"), areas_of(document)
    grouped = [(name, list(rows)) for name, rows in groupby(items, key=lambda item: item.topic)]
    return [Topic(name, rows, [_picture(one, areas) for one in series_of(rows)]) for name, rows in grouped]


def _picture(series: Series, areas: list[Area]) -> Picture:
    return Picture(series, series.by_area and len(points_on(areas, series)) >= FEWEST_ON_MAP)


def series_by_key(document: AgencyDocument, key: str) -> Series | None:
    """As its page shows them: by topic."""
    return next((p.series for topic in _topics(document) for p in topic.pictures if p.series.key == key), None)
