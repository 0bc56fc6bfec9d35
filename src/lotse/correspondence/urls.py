from django.urls import path

from lotse.correspondence import views

app_name = "correspondence"
urlpatterns = [
    path("", views.mail_log, name="mail_log"),
    path("<slug:mail_id>/erneut/", views.retry, name="retry"),
]
