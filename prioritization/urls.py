from django.urls import path

from prioritization.views import criteria, deliveries, memo, ranking, recusals, rounds, scores

app_name = "prioritization"

urlpatterns = [
    path("", rounds.round_list, name="list"),
    path("kriterier/", criteria.criteria, name="criteria"),
    path("kriterier/<int:pk>/", criteria.criteria_set, name="criteria-set"),
    path("kriterier/<int:pk>/ny-versjon/", criteria.criteria_copy, name="criteria-copy"),
    path("kriterier/<int:pk>/endre/", criteria.criteria_edit, name="criteria-edit"),
    path(
        "kriterier/<int:pk>/sporsmal/<int:criterion_pk>/",
        criteria.criteria_questions,
        name="criteria-questions",
    ),
    path("kriterier/<int:pk>/ta-i-bruk/", criteria.criteria_take_into_use, name="criteria-use"),
    path("kriterier/<int:pk>/slett/", criteria.criteria_delete, name="criteria-delete"),
    path("ny/", rounds.round_create, name="create"),
    path("<int:pk>/", rounds.round_detail, name="round"),
    path("<int:pk>/steg-2/", rounds.round_create_further, name="create-further"),
    path("<int:pk>/endre/", rounds.round_change, name="round-change"),
    path("<int:pk>/nye-ideer/", rounds.round_add_ideas, name="round-add-ideas"),
    path("<int:pk>/minn/", rounds.round_remind, name="round-remind"),
    path("<int:pk>/las/", rounds.round_close, name="round-close"),
    path("<int:pk>/apne-igjen/", rounds.round_reopen, name="round-reopen"),
    path("<int:pk>/poeng/", scores.score_next, name="score-next"),
    path("<int:pk>/poeng/rutenett/", scores.score_grid, name="score-grid"),
    path("<int:pk>/poeng/<int:entry_pk>/", scores.score, name="score"),
    path(
        "<int:pk>/poeng/<int:entry_pk>/<int:question_pk>/", scores.score_answer, name="score-answer"
    ),
    path("<int:pk>/poeng/<int:entry_pk>/inhabil/", recusals.recuse, name="recuse"),
    path(
        "<int:pk>/poeng/<int:entry_pk>/ikke-inhabil/",
        recusals.recuse_withdraw,
        name="recuse-withdraw",
    ),
    path("<int:pk>/lever/", deliveries.deliver, name="deliver"),
    path("<int:pk>/svar/", deliveries.answers, name="answers"),
    path("<int:pk>/svar/<int:entry_pk>/", deliveries.entry_answers, name="entry-answers"),
    path("<int:pk>/gi-tilbake/<int:part_pk>/", deliveries.give_back, name="give-back"),
    path("<int:pk>/rangering/", ranking.ranking, name="ranking"),
    # The memo
    path("notat/<int:pk>/", memo.memo_detail, name="memo"),
    path("notat/<int:pk>/del/<slug:slug>/", memo.memo_part, name="memo-part"),
    path(
        "notat/<int:pk>/del/<slug:slug>/foreslatt/",
        memo.memo_section_restore,
        name="memo-section-restore",
    ),
    path("notat/<int:pk>/rammen/", memo.memo_recommend_within_frame, name="memo-recommend-within"),
    path("notat/<int:pk>/ide/<int:item_pk>/", memo.memo_item, name="memo-item"),
    path(
        "notat/<int:pk>/ide/<int:item_pk>/anbefal/",
        memo.memo_item_recommend,
        name="memo-item-recommend",
    ),
    path("notat/<int:pk>/ide/<int:item_pk>/flytt/", memo.memo_item_move, name="memo-item-move"),
    path("notat/<int:pk>/endelig/", memo.memo_finalise, name="memo-finalise"),
    path("notat/<int:pk>/les/", memo.memo_read, name="memo-read"),
    path("notat/<int:pk>/lag/", memo.memo_make, name="memo-make"),
    path("notat/<int:pk>/fil/<int:file_pk>/", memo.memo_file_status, name="memo-file-status"),
    path("notat/<int:pk>/fil/<int:file_pk>/igjen/", memo.memo_file_retry, name="memo-file-retry"),
    path("notat/<int:pk>/fil/<int:file_pk>/last-ned/", memo.memo_download, name="memo-download"),
]
