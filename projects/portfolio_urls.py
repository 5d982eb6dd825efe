from django.urls import path

from projects.views import (
    portfolio,
    portfolio_feed,
    portfolio_files,
    portfolio_money,
    saved_views,
)

app_name = "portfolio"

urlpatterns = [
    path("", portfolio.portfolio_timeline, name="timeline"),
    path("tavle/", portfolio.portfolio_board, name="board"),
    path("tabell/", portfolio.portfolio_table, name="table"),
    path("mal/", portfolio.portfolio_goals, name="goals"),
    path("oppmerksomhet/", portfolio.portfolio_attention, name="attention"),
    path("penger/", portfolio_money.money_by_sector, name="money"),
    path("penger/<int:year>/kapasitet/", portfolio_money.capacity_edit, name="capacity"),
    path("visninger/", saved_views.saved_views, name="views"),
    path("visninger/<int:pk>/", saved_views.saved_view, name="view"),
    path("eksport.xlsx", portfolio_files.portfolio_export, name="export"),
    path("filer/", portfolio_files.portfolio_pdf, name="pdf"),
    path("filer/<int:pk>/prov-igjen/", portfolio_files.file_retry, name="file-retry"),
    path("filer/<int:pk>/last-ned/", portfolio_files.file_download, name="file-download"),
    path("kalender/", portfolio_feed.calendar_settings, name="calendar"),
    path("kalender/<int:pk>/<str:token>.ics", portfolio_feed.calendar_feed, name="calendar-feed"),
]
