from django.urls import path

from benefits import views

app_name = "benefits"

urlpatterns = [
    path("", views.benefit_list, name="list"),
    path("ny/<int:project_pk>/", views.benefit_create, name="create"),
    path("<int:pk>/", views.benefit_detail, name="detail"),
    path("<int:pk>/rediger/", views.benefit_edit, name="edit"),
    path("<int:pk>/ansvar/", views.responsibility, name="responsibility"),
    path("<int:pk>/mal/", views.measurement_create, name="measure"),
]
