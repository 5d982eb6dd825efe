from allauth.account import views as account
from django.contrib import admin
from django.urls import include, path

from core import views as core_views
from gjovik_digi.views import (
    dashboards,
    feeds,
    hindsight,
    idea,
    leaving,
    lift,
    memo,
    my_page,
    pages,
    privacy,
    similar,
)
from prioritization.views import consensus_live

urlpatterns = [
    path("", pages.home, name="home"),
    path("min-side/", my_page.my_page, name="my-page"),
    path("ledelsen/", dashboards.management_page, name="management"),
    path("teamet/", dashboards.team_page, name="team"),
    path("sektor/<slug:code>/", dashboards.sector_page, name="sector"),
    path("sok/", pages.search, name="search"),
    path("personvern/", privacy.privacy_page, name="privacy"),
    path("personvern/kjoringer/", privacy.forgetting_runs, name="forgetting-runs"),
    path("personvern/personer/", privacy.person_list, name="people"),
    path("personvern/personer/<int:pk>/slett/", privacy.person_forget, name="person-forget"),
    path(
        "personvern/personer/<int:pk>/overlever/", leaving.person_hand_over, name="person-hand-over"
    ),
    path("personvern/personer/<int:pk>/steng/", leaving.person_close, name="person-close"),
    path("tilgjengelighet/", pages.accessibility, name="accessibility"),
    path("healthz", core_views.healthz, name="healthz"),
    path("fargevalg/", core_views.color_scheme, name="color-scheme"),
    # Log-in
    path("logg-inn/", account.login, name="account_login"),
    path("logg-ut/", account.logout, name="account_logout"),
    path("bytt-passord/", account.password_change, name="account_change_password"),
    path("glemt-passord/", account.password_reset, name="account_reset_password"),
    path("glemt-passord/sendt/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "glemt-passord/<str:uidb36>/<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "glemt-passord/ferdig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("konto/stengt/", account.account_inactive, name="account_inactive"),
    path("konto/bekreft/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/ny/", account.signup, name="account_signup"),
    # The year, step by step
    path("", include("municipality.urls")),
    path("modenhet/loft/", lift.lift_of_year, name="lift"),
    path("modenhet/", include("maturity.urls")),
    path("ideer/liknende/", similar.similar, name="similar-ideas"),
    path("ideer/strom.atom", feeds.new_ideas, name="ideas-feed"),
    path("ideer/", include("ideas.urls")),
    path("ideer/folg/<uuid:token>/", idea.by_token, name="idea-by-token"),
    path("ideer/<str:code>/strom.atom", feeds.steps_of_idea, name="idea-feed"),
    path("ideer/<str:code>/", idea.by_code, name="idea"),
    path("", include("workshops.urls")),
    path("utboks/", include("gjovik_digi.outbox_urls")),
    path("prioritering/<int:round_pk>/notat/", memo.memo_create, name="memo-create"),
    path("k/", consensus_live.enter, name="consensus-enter"),
    path("prioritering/fasit/", hindsight.hindsight, name="hindsight"),
    path("prioritering/", include("prioritization.urls")),
    path("prioritering/", include("projects.decision_urls")),
    path("prosjekter/metode/", include("projects.method_urls")),
    path("prosjekter/", include("projects.urls")),
    path("portefolje/", include("projects.portfolio_urls")),
    path("systemer/", include("projects.systems_urls")),
    path("styringsrad/", include("projects.board_urls")),
    path("gevinster/", include("benefits.urls")),
    path("maling/", include("benefits.answer_urls")),
    path("", include("annual.urls")),
    path("administrasjon/", admin.site.urls),
]
