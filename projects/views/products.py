"""The products of a project: the list, one product, and its sections as they are written."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget, trigger_client_event

from core.access import get_permitted
from core.formatting import count_word
from core.responses import attachment as as_attachment
from projects import product_data, product_document, products
from projects.actions import products as actions
from projects.forms.products import AttachForm, LeaveOutForm, SectionForm
from projects.models import (
    Distribution,
    Product,
    ProductAttachment,
    ProductTemplate,
    Project,
    SectionText,
)

SAVED = "kept:saved"  # tells the page's script that it may forget what it keeps


def project_for(request: HttpRequest, pk: int, perm: str) -> Project:
    rows = Project.objects.select_related("owner", "manager", "idea", "method", "benefit_lead")
    return get_permitted(request.user, perm, rows, pk=pk)


def readable(request: HttpRequest, pk: int) -> Project:
    return project_for(request, pk, "projects.view_project_inside")


def writable(request: HttpRequest, pk: int) -> Project:
    return project_for(request, pk, "projects.write_product")


def template_of(project: Project, code: str) -> ProductTemplate:
    return get_object_or_404(ProductTemplate, method=project.method_id, code=code)


def product_of(project: Project, code: str) -> Product:
    """With the project that is already fetched."""
    rows = project.products.select_related("template", "left_out_by")
    product = get_object_or_404(rows, template__code=code)
    product.project = project
    return product


def rights(request: HttpRequest, project: Project) -> dict[str, bool]:
    return {
        "can_write": request.user.has_perm("projects.write_product", project)
        and not project.has_ended,
        "can_approve": request.user.has_perm("projects.approve_product", project),
    }


@require_GET
def product_list(request: HttpRequest, pk: int) -> HttpResponse:
    project = readable(request, pk)
    rows = products.of(project)
    gate = products.next_gate(project)
    lacking = products.missing(project, gate, rows)
    rest = [row for row in rows if row not in lacking]
    context = {
        "project": project,
        "here": _("Dokumenter"),
        "gate": gate,
        "missing": lacking,
        "phases": products.by_phase(project, rest),
        "headline": _headline(rows, lacking, gate),
        **rights(request, project),
    }
    return render(request, "projects/product_list.html", context)


def _headline(rows: list[products.Row], lacking: list[products.Row], gate: str) -> str:
    """«To dokumenter mangler før BP3»."""
    if not rows:
        return _("Metoden har ingen dokumenter")
    if not gate:
        return _("Dokumentene i prosjektet")
    if not lacking:
        return _("Alle dokumenter før {gate} er på plass").format(gate=gate)
    if len(lacking) == 1:
        return _("Ett dokument mangler før {gate}").format(gate=gate)
    return _("{count} dokumenter mangler før {gate}").format(
        count=count_word(len(lacking)).capitalize(), gate=gate
    )


@require_GET
def product_detail(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    project = readable(request, pk)
    template = template_of(project, code)
    row = products.row_of(project, template)
    product = row.product
    context = {"project": project, "here": template.name, "template": template, "row": row}
    context |= rights(request, project)
    if product is not None:
        product.project, product.template = project, template
        texts = product_document.texts_of(product)
        context |= {
            "product": product,
            "texts": texts,
            "progress": progress(texts),
            "next_section": _next_unwritten(texts),
            "versions": product.versions.select_related("made_by", "approved_by").defer("content"),
            "attachments": product.attachments.without_content().select_related("added_by"),
        }
        context["distributions"] = _distributions(product)
    return render(request, "projects/product_detail.html", context)


def _distributions(product: Product) -> QuerySet[Distribution]:
    sent = Distribution.objects.filter(product_version__product=product)
    return sent.select_related("product_version").order_by("-on", "-pk")


def progress(texts: list[SectionText]) -> dict[str, Any]:
    """Of the sections that must be written; of all when none must."""
    counted = [text for text in texts if text.section.is_required] or texts
    done = sum(text.is_written for text in counted)
    label = _("{done} av {total} avsnitt skrevet").format(done=done, total=len(counted))
    return {"done": done, "total": len(counted), "label": label}


def _next_unwritten(texts: list[SectionText]) -> SectionText | None:
    must = [text for text in texts if text.section.is_required and not text.is_written]
    return next(iter(must or texts), None)


@require_POST
def product_begin(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    project = writable(request, pk)
    product = actions.begin(project, template_of(project, code), by=request.user)
    messages.success(
        request,
        _("«{name}» er begynt. Les utkastene og skriv videre.").format(name=product.template),
    )
    return redirect(product)


def product_leave_out(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    project = writable(request, pk)
    template = template_of(project, code)
    form = LeaveOutForm(request.POST or None)
    if form.is_valid():
        product = actions.leave_out(
            project, template, reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, _("«{name}» er utelatt.").format(name=template))
        return redirect(product)
    context = {"project": project, "here": _("Utelat"), "template": template, "form": form}
    return render(request, "projects/product_leave_out.html", context)


@require_POST
def product_take_back(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    product = product_of(writable(request, pk), code)
    actions.take_back(product, by=request.user)
    messages.success(request, _("«{name}» er med igjen.").format(name=product.template))
    return redirect(product)


@transaction.atomic
def product_section(request: HttpRequest, pk: int, code: str, section: str) -> HttpResponse:
    """One section. Saves by itself with htmx, and with its button without."""
    product = product_of(writable(request, pk), code)
    rows = SectionText.objects.select_related("section", "edited_by")
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    text = get_object_or_404(rows, product=product, section__code=section)
    text.product = product
    if request.method != "POST" and not product.is_draft:
        return redirect(product)
    form = SectionForm(request.POST or None, instance=text)
    if not form.is_valid():
        return _show_section(request, form, product)
    actions.save_section(form.instance, by=request.user)
    if request.htmx and "next" not in request.POST:
        context = {"text": text, "form": form, "texts": product_document.texts_of(product)}
        context |= {"progress": progress(context["texts"]), "product": product, "is_swap": True}
        response = render(request, "projects/product_section.html#saved", context)
        return trigger_client_event(response, SAVED)
    return _go_on(request, product, text)


def _show_section(request: HttpRequest, form: SectionForm, product: Product) -> HttpResponse:
    text = form.instance
    context = {"project": product.project, "product": product, "text": text, "form": form}
    if request.htmx:
        page = render(request, "projects/product_section.html#form", {**context, "is_swap": True})
        return reswap(retarget(page, "#skjema"), "outerHTML")
    texts = product_document.texts_of(product)
    place = [each.pk for each in texts].index(text.pk)
    context |= {
        "here": text.section.heading,
        "texts": texts,
        "progress": progress(texts),
        "tables": product_data.tables(
            text.section.data, product.project, gate=product.template.gate
        ),
        "earlier": _earlier(product, text),
        "before": texts[place - 1] if place else None,
        "after": texts[place + 1] if place + 1 < len(texts) else None,
    }
    return render(request, "projects/product_section.html", context)


def _earlier(product: Product, text: SectionText) -> dict[str, Any] | None:
    """The same section in the newest version, when it says something else."""
    version = product.versions.first()
    if version is None:
        return None
    for section in product_document.sections(version.content):
        if section["code"] == text.section.code and section["text"] != text.text:
            return {"number": version.number, "prose": section["prose"]}
    return None


def _go_on(request: HttpRequest, product: Product, text: SectionText) -> HttpResponse:
    """To the next section when that was asked for; else the same page, with what is saved."""
    texts = product_document.texts_of(product)
    place = [each.pk for each in texts].index(text.pk)
    url = product.get_absolute_url()
    if "next" not in request.POST:
        url = section_url(product, text)
        messages.success(request, _("«{name}» er lagret.").format(name=text.section))
    elif place + 1 < len(texts):
        url = section_url(product, texts[place + 1])
    if not request.htmx:
        return redirect(url)
    return trigger_client_event(HttpResponseClientRedirect(url), SAVED)


def section_url(product: Product, text: SectionText) -> str:
    return reverse(
        "projects:product-section",
        args=[product.project_id, product.template.code, text.section.code],
    )


def product_attach(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Files beside the text, or in its place. A product that is not begun, begins."""
    project = writable(request, pk)
    template = template_of(project, code)
    known = ProductAttachment.objects.filter(product__project=project, product__template=template)
    room = ProductAttachment.MAX_FILES - known.count()
    is_sent = request.method == "POST"
    form = AttachForm(request.POST, request.FILES, room=room) if is_sent else AttachForm(room=room)
    if form.is_valid():
        product = actions.attach_to(
            project,
            template,
            form.cleaned_data["files"],
            replaces=form.cleaned_data["replaces"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Filen er lagt ved «{name}».").format(name=template))
        return redirect(product)
    context = {"project": project, "here": _("Legg ved"), "template": template, "form": form}
    return render(request, "projects/product_attach.html", context)


@require_POST
def product_detach(request: HttpRequest, pk: int, code: str, attachment: int) -> HttpResponse:
    product = product_of(writable(request, pk), code)
    file = get_object_or_404(product.attachments.without_content(), pk=attachment)
    file.product = product
    actions.detach(file, by=request.user)
    messages.success(request, _("«{name}» er tatt bort.").format(name=file.name))
    return redirect(product)


@require_GET
def product_attachment(request: HttpRequest, pk: int, code: str, attachment: int) -> HttpResponse:
    """A file that somebody attached: downloaded, never shown from our own origin."""
    product = product_of(readable(request, pk), code)
    file = get_object_or_404(product.attachments, pk=attachment)
    if not file.may_be_downloaded:
        raise Http404
    response = as_attachment(bytes(file.content), filename=file.name, content_type=file.kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
