"""All benefits together. Without an app_name of its own: the names are the benefits'."""

from django.urls import path

from benefits.views import portfolio, portfolio_files

urlpatterns = [
    path("", portfolio.portfolio_overview, name="portfolio"),
    path("oppfolging/", portfolio.portfolio_attention, name="portfolio-attention"),
    path("eksport.xlsx", portfolio_files.portfolio_export, name="portfolio-export"),
    path("filer/", portfolio_files.portfolio_files, name="portfolio-files"),
    path("filer/<int:pk>/prov-igjen/", portfolio_files.file_retry, name="portfolio-file-retry"),
    path("filer/<int:pk>/last-ned/", portfolio_files.file_download, name="portfolio-file-download"),
]
