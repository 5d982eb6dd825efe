from django.urls import path

from benefits.views import answering

app_name = "measuring"

urlpatterns = [
    path("ny-lenke/sendt/", answering.renewed, name="renewed"),
    path("<str:token>/", answering.answer, name="answer"),
    path("<str:token>/kan-ikke/", answering.answer_skip, name="skip"),
    path("<str:token>/ny-lenke/", answering.answer_renew, name="renew"),
]
