app_name = "quality"
urlpatterns = []
PLACES = ()
