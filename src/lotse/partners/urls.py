from django.urls import path

from lotse.partners.views import cooperation, partners

app_name = "partners"
AGREEMENT = "<slug:partner_id>/vereinbarungen/<slug:cooperation_id>/"
urlpatterns = [
    path("", partners.partners, name="list"),
    path("neu/", partners.edit, name="new"),
    path("<slug:partner_id>/", partners.partner, name="detail"),
    path("<slug:partner_id>/aendern/", partners.edit, name="edit"),
    path("<slug:partner_id>/vereinbarungen/neu/<slug:cooperation_kind>/", cooperation.new, name="new_cooperation"),
    path(AGREEMENT, cooperation.cooperation, name="cooperation"),
    path(f"{AGREEMENT}aendern/", cooperation.edit, name="edit_cooperation"),
    path(f"{AGREEMENT}verwerfen/", cooperation.drop, name="drop_cooperation"),
    path(f"{AGREEMENT}pruefung/", cooperation.check, name="check_cooperation"),
    path(f"{AGREEMENT}unterschrift/", cooperation.sign, name="sign_cooperation"),
    path(f"{AGREEMENT}besprochen/", cooperation.review, name="review_cooperation"),
    path(f"{AGREEMENT}neue-fassung/", cooperation.revise, name="revise_cooperation"),
    path(f"{AGREEMENT}ende/", cooperation.end, name="end_cooperation"),
    path(f"{AGREEMENT}blatt.pdf", cooperation.pdf, name="cooperation_pdf"),
    path(f"{AGREEMENT}unterschrieben/", cooperation.scan, name="cooperation_scan"),
    path(f"{AGREEMENT}ablegen/", cooperation.upload, name="upload_cooperation"),
    path(f"{AGREEMENT}loeschen/", cooperation.delete_scan, name="delete_cooperation_scan"),
]
