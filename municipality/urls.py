from django.urls import path

from municipality import views

app_name = "municipality"

urlpatterns = [
    path("mal/", views.goals, name="goals"),
    path("arshjul/", views.cycle_detail, name="cycle"),
    path("arshjul/rediger/", views.cycle_edit, name="cycle-edit"),
    path("arshjul/nytt/", views.cycle_create, name="cycle-create"),
    path("logo", views.logo, name="logo"),
]
