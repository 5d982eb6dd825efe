from django.urls import path, register_converter

from annual.models import Audience
from annual.views import closing, lessons, report_editing, reports

app_name = "annual"


class AudiencePath:
    """Who a report is for, in the words of the address."""

    WORDS = {"alle": Audience.PUBLIC, "ledelsen": Audience.MANAGEMENT}
    regex = "|".join(WORDS)

    def to_python(self, value: str) -> Audience:
        return self.WORDS[value]

    def to_url(self, value: str) -> str:
        return next(word for word, audience in self.WORDS.items() if audience == value)


register_converter(AudiencePath, "audience")

REPORT = "arsrapport/<int:year>/<audience:audience>"

urlpatterns = [
    # The end of the year
    path("arshjul/hva-laerte-vi/", lessons.year_lessons, name="lessons"),
    path("arshjul/<int:year>/", closing.year_closed, name="closed"),
    path("arshjul/<int:year>/lukk/", closing.year_close, name="closing"),
    path("arshjul/<int:year>/apne/", closing.year_reopen, name="reopen"),
    path("arshjul/<int:year>/regn-ut/", closing.year_recount, name="recount"),
    path("arshjul/<int:year>/frosset.<str:kind>", closing.frozen, name="frozen"),
    # The annual report
    path("arsrapport/", reports.report_list, name="reports"),
    path("arsrapport/<int:year>/", reports.report_public, name="public"),
    path("arsrapport/<int:year>/ideer/", reports.report_ideas, name="ideas"),
    path("arsrapport/<int:year>/pdf/", reports.report_public_pdf, name="public-pdf"),
    path(f"{REPORT}/", reports.report_management, name="report"),
    path(f"{REPORT}/pdf/", reports.report_management_pdf, name="report-pdf"),
    path(f"{REPORT}/lag/", report_editing.report_begin, name="begin"),
    path(f"{REPORT}/rediger/", report_editing.report_edit, name="edit"),
    path(f"{REPORT}/rediger/<slug:key>/", report_editing.report_section, name="section"),
    path(
        f"{REPORT}/rediger/<slug:key>/generert/",
        report_editing.report_section_restore,
        name="section-restore",
    ),
    path(
        f"{REPORT}/rediger/<slug:key>/utelat/",
        report_editing.report_section_leave_out,
        name="section-leave-out",
    ),
    path(f"{REPORT}/tall/", report_editing.report_numbers, name="numbers"),
    path(f"{REPORT}/forhandsvis/", report_editing.report_preview, name="preview"),
    path(f"{REPORT}/publiser/", report_editing.report_publish, name="publish"),
    path(f"{REPORT}/ta-ned/", report_editing.report_unpublish, name="unpublish"),
    path(f"{REPORT}/fil/", report_editing.report_file_make, name="file-make"),
    path(
        "arsrapport/fil/<int:pk>/prov-igjen/", report_editing.report_file_retry, name="file-retry"
    ),
    path("arsrapport/fil/<int:pk>/", report_editing.report_file_download, name="file-download"),
]
