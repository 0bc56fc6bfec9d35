from django.urls import path

from lotse.quality.urls_audits import AUDITS
from lotse.quality.urls_certification import CERTIFICATION
from lotse.quality.urls_duty import DUTY, DUTY_PLACES
from lotse.quality.urls_evidence import EVIDENCE
from lotse.quality.urls_guests import GUESTS
from lotse.quality.urls_improvements import IMPROVEMENTS
from lotse.quality.urls_papers import PAPERS
from lotse.quality.views import assessments, frameworks

app_name = "quality"
urlpatterns = [
    *PAPERS,
    path("", frameworks.home, name="home"),
    path("uebernehmen/", frameworks.take, name="take"),
    path("einlesen/", frameworks.bring, name="bring"),
    *(
        path(f"einlesen/beispiel.{form}", frameworks.example, {"form": form}, name=f"example_{form}")
        for form in frameworks.ENDINGS
    ),
    path("katalog/<str:framework_id>/", frameworks.catalogue, name="framework"),
    path("katalog/<str:framework_id>/drucken.pdf", frameworks.catalogue_pdf, name="framework_pdf"),
    path("katalog/<str:framework_id>/tabelle.xlsx", frameworks.catalogue_xlsx, name="framework_table_xlsx"),
    *(
        path(f"katalog/<str:framework_id>/katalog.{form}", frameworks.export, {"form": form}, name=f"export_{form}")
        for form in frameworks.ENDINGS
    ),
    path("katalog/<str:framework_id>/bewerten/", assessments.begin, name="begin"),
    path("kriterium/<str:criterion_id>/", frameworks.criterion, name="criterion"),
    path("kriterium/<str:criterion_id>/fundstelle/", frameworks.reference, name="reference"),
    path("kriterium/<str:criterion_id>/zuordnen/", frameworks.link, name="link"),
    path("zuordnung/<str:criterion_link_id>/loesen/", frameworks.unlink, name="unlink"),
    path("selbstbewertungen/", assessments.assessments, name="assessments"),
    path("selbstbewertungen/<str:self_assessment_id>/", assessments.assessment, name="assessment"),
    path("selbstbewertungen/<str:self_assessment_id>/geprueft/", assessments.review_shown, name="review_shown"),
    path("selbstbewertungen/<str:self_assessment_id>/abschliessen/", assessments.close, name="close"),
    path("bewertung/<str:judgement_id>/", assessments.judge, name="judge"),
    path("bewertung/<str:judgement_id>/bestaetigen/", assessments.confirm, name="confirm"),
    path("bewertung/<str:judgement_id>/geprueft/", assessments.review, name="review"),
    path("traeger/", assessments.carriers, name="carriers"),
    *IMPROVEMENTS,
    *AUDITS,
    *DUTY,
    *CERTIFICATION,
    *GUESTS,
    *EVIDENCE,
]

# The bar of the room: words and address.
PLACES = (
    ("Kataloge", "quality:home"),
    ("Selbstbewertungen", "quality:assessments"),
    ("Nachweise", "quality:evidence_documents"),
    ("Verbesserung", "quality:improvements"),
    ("Unterlagen", "quality:documents"),
    *DUTY_PLACES,
    ("Prüfungen", "quality:audits"),
    ("Zertifikat", "quality:certifications"),
    ("QM-Beauftragte", "quality:officers"),
    ("Träger", "quality:carriers"),
)
