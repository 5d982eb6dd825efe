"""The versions of a product: made, approved, read, compared, sent to people and fetched."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling

from core.responses import attachment
from projects import product_document
from projects.actions import products as actions
from projects.forms.products import APPROVE, DecideProductForm, DistributeForm, VersionForm
from projects.models import Product, ProductFile, ProductVersion
from projects.views.products import product_of, project_for, readable, rights, writable

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _version(product: Product, number: int) -> ProductVersion:
    rows = product.versions.select_related("made_by", "approved_by")
    version = get_object_or_404(rows, number=number)
    version.product = product
    return version


def product_version_make(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Freeze what is written, and send it to the owner with the other button."""
    product = product_of(writable(request, pk), code)
    if request.method != "POST" and not product.is_draft:
        return redirect(product)
    form = VersionForm(request.POST or None, initial={"case_number": product.case_number})
    if form.is_valid():
        version = actions.make_version(
            product,
            for_approval="approval" in request.POST,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, _made(version, is_sent="approval" in request.POST))
        return redirect(product)
    last = product.versions.first()
    now = product_document.content(product)
    context = {
        "project": product.project,
        "here": _("Ny versjon"),
        "product": product,
        "form": form,
        "last": last,
        "changes": product_document.changes(last.content, now) if last else [],
        "unwritten": actions.unwritten_headings(product),
    }
    return render(request, "projects/product_version_make.html", context)


def _made(version: ProductVersion, *, is_sent: bool) -> str:
    if is_sent:
        return _("Versjon {n} er sendt til {owner} for godkjenning.").format(
            n=version.number, owner=version.product.project.owner
        )
    return _("Versjon {n} er lagret.").format(n=version.number)


@require_POST
def product_withdraw(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    product = product_of(writable(request, pk), code)
    actions.withdraw(product, by=request.user)
    messages.success(
        request, _("Dere kan skrive videre på «{name}».").format(name=product.template)
    )
    return redirect(product)


@require_POST
def product_next(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    product = product_of(writable(request, pk), code)
    actions.begin_next_version(product, by=request.user)
    messages.success(
        request, _("Dere kan skrive på neste versjon. Den forrige gjelder til den er godkjent.")
    )
    return redirect(product)


def product_decide(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The owner reads the version that waits, and answers."""
    project = project_for(request, pk, "projects.approve_product")
    product = product_of(project, code)
    if request.method != "POST" and not product.is_ready:
        return redirect(product)
    latest = product.versions.select_related("made_by").first()
    if latest is None:
        raise Http404
    form = DecideProductForm(request.POST or None, initial={"number": latest.number})
    if form.is_valid():
        is_approved = form.cleaned_data["answer"] == APPROVE
        actions.decide_product(
            _version(product, form.cleaned_data["number"]),
            is_approved=is_approved,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        words = _("«{name}» er godkjent.") if is_approved else _("«{name}» er gitt tilbake.")
        messages.success(request, words.format(name=product.template))
        return redirect(product)
    latest.product = product
    context = {
        "project": project,
        "here": _("Godkjenning"),
        "product": product,
        "version": latest,
        "form": form,
        **_shown(latest),
    }
    return render(request, "projects/product_decide.html", context)


def _shown(version: ProductVersion) -> dict[str, object]:
    """The version as it reads on a page, and what is new since the one before."""
    before = version.product.versions.filter(number__lt=version.number).first()
    return {
        "shown": product_document.context(product_document.snapshot(version)),
        "previous": before,
        "changes": product_document.changes(before.content, version.content) if before else [],
    }


@require_GET
def product_read(request: HttpRequest, pk: int, code: str, number: int) -> HttpResponse:
    project = readable(request, pk)
    version = _version(product_of(project, code), number)
    context = {
        "project": project,
        "here": _("Versjon {n}").format(n=number),
        "product": version.product,
        "version": version,
        **_shown(version),
        **rights(request, project),
    }
    return render(request, "projects/product_read.html", context)


@require_GET
def product_compare(request: HttpRequest, pk: int, code: str, number: int) -> HttpResponse:
    """A version beside the one before it."""
    project = readable(request, pk)
    version = _version(product_of(project, code), number)
    before = version.product.versions.filter(number__lt=number).first()
    if before is None:
        raise Http404
    context = {
        "project": project,
        "here": _("Endret i versjon {n}").format(n=number),
        "product": version.product,
        "version": version,
        "previous": before,
        "changes": product_document.changes(before.content, version.content),
        "pairs": product_document.pairs(before.content, version.content),
    }
    return render(request, "projects/product_compare.html", context)


def product_distribute(request: HttpRequest, pk: int, code: str, number: int) -> HttpResponse:
    version = _version(product_of(writable(request, pk), code), number)
    product = version.product
    form = DistributeForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        actions.distribute(version, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("{to} står i distribusjonsloggen.").format(to=form.cleaned_data["to"])
        )
        return redirect(product)
    context = {
        "project": product.project,
        "here": _("Distribusjon"),
        "product": product,
        "version": version,
        "form": form,
        "sent": version.distributions.all(),
    }
    return render(request, "projects/product_distribute.html", context)


def _file(request: HttpRequest, pk: int, code: str, number: int, *fields: str) -> ProductFile:
    """`fields`: the bytes that are wanted; without any, none are fetched."""
    version = _version(product_of(readable(request, pk), code), number)
    left = {"content", "word"} - set(fields)
    file = get_object_or_404(ProductFile.objects.defer("snapshot", *left), product_version=version)
    file.product_version = version
    return file


@require_POST
def product_file_make(request: HttpRequest, pk: int, code: str, number: int) -> HttpResponse:
    version = _version(product_of(readable(request, pk), code), number)
    actions.ask_for_product_file(version, by=request.user)
    return redirect("projects:product-file", pk=pk, code=code, number=number)


@require_GET
def product_file(request: HttpRequest, pk: int, code: str, number: int) -> HttpResponse:
    """How far the file has come: a page of its own, and the fragment that htmx asks for."""
    version = _version(product_of(readable(request, pk), code), number)
    file = ProductFile.objects.defer("content", "word").filter(product_version=version).first()
    context = {
        "project": version.product.project,
        "here": _("Versjon {n} som fil").format(n=number),
        "product": version.product,
        "version": version,
        "file": file,
        "is_old": file is not None and file.snapshot != product_document.snapshot(version),
    }
    if not request.htmx:
        return render(request, "projects/product_file.html", context)
    fragment = render(request, "projects/product_file.html#status", context)
    is_done = file is None or not file.is_underway
    return HttpResponseStopPolling(fragment.content) if is_done else fragment


@require_POST
def product_file_retry(request: HttpRequest, pk: int, code: str, number: int) -> HttpResponse:
    file = _file(request, pk, code, number)
    actions.try_product_file_again(file, by=request.user)
    return redirect("projects:product-file", pk=pk, code=code, number=number)


def _name(file: ProductFile) -> str:
    version = file.product_version
    return slugify(f"{version.product} versjon {version.number}")


@require_GET
def product_pdf(request: HttpRequest, pk: int, code: str, number: int) -> HttpResponse:
    file = _file(request, pk, code, number, "content")
    if not file.is_ready:
        raise Http404
    name = f"{_name(file)}.pdf"
    return attachment(bytes(file.content), filename=name, content_type="application/pdf")


@require_GET
def product_word(request: HttpRequest, pk: int, code: str, number: int) -> HttpResponse:
    file = _file(request, pk, code, number, "word")
    if not file.is_ready:
        raise Http404
    return attachment(bytes(file.word), filename=f"{_name(file)}.docx", content_type=WORD_TYPE)
