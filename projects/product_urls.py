"""The addresses of a project's products, below `projects/<pk>/dokumenter/`."""

from django.urls import path

from projects.views import product_versions, products

urlpatterns = [
    path("", products.product_list, name="products"),
    path("<slug:code>/", products.product_detail, name="product"),
    path("<slug:code>/begynn/", products.product_begin, name="product-begin"),
    path("<slug:code>/utelat/", products.product_leave_out, name="product-leave-out"),
    path("<slug:code>/ta-med/", products.product_take_back, name="product-take-back"),
    path("<slug:code>/skriv/<slug:section>/", products.product_section, name="product-section"),
    path("<slug:code>/vedlegg/", products.product_attach, name="product-attach"),
    path(
        "<slug:code>/vedlegg/<int:attachment>/",
        products.product_attachment,
        name="product-attachment",
    ),
    path(
        "<slug:code>/vedlegg/<int:attachment>/fjern/",
        products.product_detach,
        name="product-detach",
    ),
    path(
        "<slug:code>/ny-versjon/",
        product_versions.product_version_make,
        name="product-version-make",
    ),
    path("<slug:code>/ta-tilbake/", product_versions.product_withdraw, name="product-withdraw"),
    path("<slug:code>/godkjenning/", product_versions.product_decide, name="product-decide"),
    path("<slug:code>/neste/", product_versions.product_next, name="product-next"),
    path("<slug:code>/versjon/<int:number>/", product_versions.product_read, name="product-read"),
    path(
        "<slug:code>/versjon/<int:number>/endret/",
        product_versions.product_compare,
        name="product-compare",
    ),
    path(
        "<slug:code>/versjon/<int:number>/sendt/",
        product_versions.product_distribute,
        name="product-distribute",
    ),
    path(
        "<slug:code>/versjon/<int:number>/fil/", product_versions.product_file, name="product-file"
    ),
    path(
        "<slug:code>/versjon/<int:number>/fil/lag/",
        product_versions.product_file_make,
        name="product-file-make",
    ),
    path(
        "<slug:code>/versjon/<int:number>/fil/igjen/",
        product_versions.product_file_retry,
        name="product-file-retry",
    ),
    path("<slug:code>/versjon/<int:number>/pdf/", product_versions.product_pdf, name="product-pdf"),
    path(
        "<slug:code>/versjon/<int:number>/word/", product_versions.product_word, name="product-word"
    ),
]
