from django.urls import path

from lotse.partners import views

app_name = "partners"
urlpatterns = [
    path("", views.partners, name="list"),
    path("neu/", views.edit, name="new"),
    path("<slug:partner_id>/", views.edit, name="detail"),
]
