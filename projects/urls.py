from django.urls import path

from projects.views import projects as views
from projects.views import overview, taking_in

app_name = "projects"

urlpatterns = [
    path("", views.project_list, name="list"),
    path("ta-inn/<str:code>/", taking_in.idea_take_in, name="take-in"),
    path("<int:pk>/", overview.project_detail, name="detail"),
    path("<int:pk>/rediger/", views.project_edit, name="edit"),
    path("<int:pk>/fase/", views.project_phase, name="phase"),
    path("<int:pk>/endring/", views.change_request_create, name="request-change"),
]
