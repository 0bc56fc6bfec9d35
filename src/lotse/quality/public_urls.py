from django.urls import path

from lotse.quality import public_views

app_name = "certificates"
urlpatterns = [path("<str:token>/", public_views.check, name="check")]
