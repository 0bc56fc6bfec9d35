from django.urls import path

from lotse.auditlog import views

app_name = "auditlog"
urlpatterns = [path("", views.organisation_protocol, name="protocol")]
