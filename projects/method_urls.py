from django.urls import path

from projects.views import method as views

app_name = "method"

urlpatterns = [
    path("", views.method_list, name="list"),
    path("<int:pk>/", views.method_detail, name="detail"),
    path("<int:pk>/ny/", views.method_copy, name="copy"),
    path("<int:pk>/rediger/", views.method_edit, name="edit"),
    path("<int:pk>/sjekkliste/<str:gate>/", views.method_checklist, name="checklist"),
    path("<int:pk>/dokumenter/", views.method_products, name="products"),
    path("<int:pk>/dokumenter/<slug:code>/", views.method_sections, name="sections"),
    path("<int:pk>/storrelser/", views.method_profiles, name="profiles"),
    path("<int:pk>/ta-i-bruk/", views.method_use, name="use"),
    path("<int:pk>/slett/", views.method_delete, name="delete"),
]
