from django.urls import path

from prioritization.views import (
    consensus,
    consensus_live,
    criteria,
    deliveries,
    explanation,
    exporting,
    memo,
    memo_files,
    needs,
    ranking,
    recusals,
    robustness,
    rounds,
    scenario_comparison,
    scenarios,
    scores,
    workbook,
)

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
    path("<int:pk>/poeng/regneark/", workbook.workbook, name="score-workbook"),
    path(
        "<int:pk>/poeng/regneark/last-ned/",
        workbook.workbook_download,
        name="score-workbook-download",
    ),
    path(
        "<int:pk>/poeng/regneark/<uuid:token>/",
        workbook.workbook_preview,
        name="score-workbook-preview",
    ),
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
    path("<int:pk>/eksport.xlsx", exporting.scoring_export, name="scoring-export"),
    path("<int:pk>/gi-tilbake/<int:part_pk>/", deliveries.give_back, name="give-back"),
    path("<int:pk>/rangering/", ranking.ranking, name="ranking"),
    path("<int:pk>/ramme/", ranking.frame, name="frame"),
    path("<int:pk>/rangering/sikkerhet/", robustness.robustness, name="robustness"),
    path(
        "<int:pk>/rangering/sikkerhet/igjen/", robustness.robustness_again, name="robustness-again"
    ),
    path(
        "<int:pk>/rangering/sikkerhet/<int:run_pk>/",
        robustness.robustness_status,
        name="robustness-status",
    ),
    path(
        "<int:pk>/rangering/sikkerhet/<int:run_pk>/igjen/",
        robustness.robustness_retry,
        name="robustness-retry",
    ),
    path(
        "<int:pk>/rangering/sikkerhet/<int:run_pk>/last-ned/",
        robustness.robustness_download,
        name="robustness-download",
    ),
    path("<int:pk>/ide/<int:entry_pk>/", explanation.explanation, name="explanation"),
    # What fits
    path("<int:pk>/behov/", needs.need_list, name="needs"),
    path("<int:pk>/behov/<int:entry_pk>/", needs.need_edit, name="need-edit"),
    path("<int:pk>/behov/<int:entry_pk>/anslag/", needs.need_reset, name="need-reset"),
    path("<int:pk>/hva-far-plass/", scenarios.scenario_list, name="scenarios"),
    path("<int:pk>/hva-far-plass/ny/", scenarios.scenario_create, name="scenario-create"),
    path(
        "<int:pk>/hva-far-plass/sammenlikn/",
        scenario_comparison.scenario_compare,
        name="scenario-compare",
    ),
    path(
        "<int:pk>/hva-far-plass/sammenlikn/excel/",
        scenario_comparison.scenario_compare_workbook,
        name="scenario-compare-workbook",
    ),
    path("<int:pk>/hva-far-plass/<int:scenario_pk>/", scenarios.scenario_detail, name="scenario"),
    path(
        "<int:pk>/hva-far-plass/<int:scenario_pk>/endre/",
        scenarios.scenario_edit,
        name="scenario-edit",
    ),
    path(
        "<int:pk>/hva-far-plass/<int:scenario_pk>/kopier/",
        scenarios.scenario_copy,
        name="scenario-copy",
    ),
    path(
        "<int:pk>/hva-far-plass/<int:scenario_pk>/slett/",
        scenarios.scenario_delete,
        name="scenario-delete",
    ),
    path(
        "<int:pk>/hva-far-plass/<int:scenario_pk>/regn/",
        scenarios.scenario_solve,
        name="scenario-solve",
    ),
    path(
        "<int:pk>/hva-far-plass/<int:scenario_pk>/framdrift/",
        scenarios.scenario_progress,
        name="scenario-progress",
    ),
    # The consensus meeting
    path("<int:pk>/konsensus/", consensus.consensus, name="consensus"),
    path("<int:pk>/konsensus/start/", consensus.consensus_start, name="consensus-start"),
    path("<int:pk>/konsensus/avslutt/", consensus.consensus_end, name="consensus-end"),
    path("<int:pk>/konsensus/avtalt/", consensus.consensus_summary, name="consensus-summary"),
    path("<int:pk>/konsensus/skjerm/", consensus_live.consensus_screen, name="consensus-screen"),
    path("<int:pk>/konsensus/svar/", consensus_live.consensus_answer, name="consensus-answer"),
    path(
        "<int:pk>/konsensus/ide/<int:entry_pk>/", consensus.consensus_entry, name="consensus-entry"
    ),
    path(
        "<int:pk>/konsensus/ide/<int:entry_pk>/vis/",
        consensus.consensus_show,
        name="consensus-show",
    ),
    path(
        "<int:pk>/konsensus/ide/<int:entry_pk>/<int:question_pk>/",
        consensus.consensus_question,
        name="consensus-question",
    ),
    path(
        "<int:pk>/konsensus/ide/<int:entry_pk>/<int:question_pk>/svar-pa-nytt/",
        consensus.consensus_ballot,
        name="consensus-ballot",
    ),
    path(
        "<int:pk>/konsensus/ide/<int:entry_pk>/<int:question_pk>/bruk-snittet/",
        consensus.consensus_mean,
        name="consensus-mean",
    ),
    path(
        "<int:pk>/konsensus/ny-runde/<int:ballot_pk>/vis/",
        consensus.consensus_reveal,
        name="consensus-reveal",
    ),
    path(
        "<int:pk>/konsensus/ny-runde/<int:ballot_pk>/avbryt/",
        consensus.consensus_cancel,
        name="consensus-cancel",
    ),
    # The memo
    path("notat/<int:pk>/", memo.memo_detail, name="memo"),
    path("notat/<int:pk>/del/<slug:slug>/", memo.memo_part, name="memo-part"),
    path(
        "notat/<int:pk>/del/<slug:slug>/foreslatt/",
        memo.memo_section_restore,
        name="memo-section-restore",
    ),
    path("notat/<int:pk>/del/<slug:slug>/flytt/", memo.memo_part_move, name="memo-part-move"),
    path("notat/<int:pk>/rammen/", memo.memo_recommend_within_frame, name="memo-recommend-within"),
    path("notat/<int:pk>/ide/<int:item_pk>/", memo.memo_item, name="memo-item"),
    path(
        "notat/<int:pk>/ide/<int:item_pk>/anbefal/",
        memo.memo_item_recommend,
        name="memo-item-recommend",
    ),
    path("notat/<int:pk>/ide/<int:item_pk>/flytt/", memo.memo_item_move, name="memo-item-move"),
    path("notat/<int:pk>/endelig/", memo.memo_finalise, name="memo-finalise"),
    path("notat/<int:pk>/les/", memo_files.memo_read, name="memo-read"),
    path("notat/<int:pk>/forhandsvisning/", memo_files.memo_preview, name="memo-preview"),
    path("notat/<int:pk>/fil/<int:file_pk>/vedlegg/", memo_files.memo_annex, name="memo-annex"),
    path("notat/<int:pk>/versjoner/", memo_files.memo_versions, name="memo-versions"),
    path("notat/<int:pk>/versjoner/<int:number>/", memo_files.memo_compare, name="memo-compare"),
    path(
        "notat/<int:pk>/fil/<int:file_pk>/side/<int:number>.png",
        memo_files.memo_page_picture,
        name="memo-page-picture",
    ),
    path("notat/<int:pk>/lag/", memo_files.memo_make, name="memo-make"),
    path("notat/<int:pk>/fil/<int:file_pk>/", memo_files.memo_file_status, name="memo-file-status"),
    path(
        "notat/<int:pk>/fil/<int:file_pk>/igjen/",
        memo_files.memo_file_retry,
        name="memo-file-retry",
    ),
    path(
        "notat/<int:pk>/fil/<int:file_pk>/last-ned/", memo_files.memo_download, name="memo-download"
    ),
]
