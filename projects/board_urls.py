from django.urls import path

from projects.views import board as views

app_name = "board"

urlpatterns = [
    path("", views.board, name="list"),
    path("<int:pk>/", views.change_request_decide, name="decide"),
]
