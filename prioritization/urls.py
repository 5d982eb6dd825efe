from django.urls import path

from prioritization.views import ranking, rounds, scores

app_name = "prioritization"

urlpatterns = [
    path("", rounds.round_list, name="list"),
    path("kriterier/", rounds.criteria, name="criteria"),
    path("ny/", rounds.round_create, name="create"),
    path("<int:pk>/", rounds.round_detail, name="round"),
    path("<int:pk>/endre/", rounds.round_change, name="round-change"),
    path("<int:pk>/nye-ideer/", rounds.round_add_ideas, name="round-add-ideas"),
    path("<int:pk>/minn/", rounds.round_remind, name="round-remind"),
    path("<int:pk>/las/", rounds.round_close, name="round-close"),
    path("<int:pk>/apne-igjen/", rounds.round_reopen, name="round-reopen"),
    path("<int:pk>/poeng/", scores.score_next, name="score-next"),
    path("<int:pk>/poeng/<int:entry_pk>/", scores.score, name="score"),
    path("<int:pk>/rangering/", ranking.ranking, name="ranking"),
    # The memo
]
