"""What a project asks IKT-styringsrådet to change, among the addresses of projects/urls.py."""

from django.urls import path

from projects.views import changes

urlpatterns = [
    path("<int:pk>/endringer/", changes.change_list, name="changes"),
    path("<int:pk>/endring/", changes.change_request_create, name="request-change"),
    path("<int:pk>/endring/<int:change>/", changes.change_request_edit, name="change-edit"),
    path(
        "<int:pk>/endring/<int:change>/trekk/",
        changes.change_request_withdraw,
        name="change-withdraw",
    ),
]
