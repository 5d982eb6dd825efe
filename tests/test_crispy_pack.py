import re
from decimal import Decimal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.template import Context, Template

from core.widgets import DateInput, DecimalInput, LevelRadioSelect, SegmentedRadioSelect


class IdeaForm(forms.Form):
    problem = forms.CharField(
        label="Hva er problemet?",
        help_text="Gjerne med et eksempel.",
        widget=forms.Textarea,
        max_length=20,
    )
    who = forms.CharField(
        label="Hvem har problemet?",
        error_messages={"required": "Skriv hvem som har problemet. Ett ord holder."},
    )
    submitter = forms.ChoiceField(
        label="Hvem er du?",
        widget=forms.RadioSelect,
        choices=[("citizen", "Innbygger"), ("employee", "Ansatt")],
        error_messages={"required": "Velg det som passer best."},
    )
    solution = forms.CharField(label="Hva kan løse det?", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


class ScoreForm(forms.Form):
    strategic = forms.ChoiceField(
        label="Er den viktig?",
        widget=SegmentedRadioSelect,
        choices=[("low", "Lav"), ("medium", "Middels"), ("high", "Høy")],
    )
    level = forms.TypedChoiceField(
        label="Nivå",
        coerce=int,
        widget=LevelRadioSelect,
        choices=[(1, "Minimalt"), (2, "Uformelt og reaktivt")],
    )
    measured_on = forms.DateField(widget=DateInput)
    value = forms.DecimalField(widget=DecimalInput, localize=True)
    agreed = forms.BooleanField(label="Jeg er enig", required=False)


def crispy(form: forms.Form) -> str:
    html = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))
    return re.sub(r"\s*(<|>)\s*", r"\1", html)


def attributes(html: str, element_id: str) -> dict[str, str]:
    tag = re.search(rf'<\w+[^>]*\bid="{element_id}"[^>]*>', html)
    assert tag, f"no element with id {element_id}"
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag[0]))


VALID = {"problem": "Køen", "who": "Foreldre", "submitter": "citizen"}


def test_a_field_has_label_description_and_counter():
    html = crispy(IdeaForm())

    assert '<label class="ds-label" for="id_problem">Hva er problemet?</label>' in html
    assert attributes(html, "id_problem")["aria-describedby"] == (
        "id_problem_helptext id_problem_counter"
    )
    assert attributes(html, "id_problem_counter")["data-limit"] == "20"


def test_only_optional_fields_are_marked():
    html = crispy(IdeaForm())

    assert html.count("(valgfritt)") == 1
    assert attributes(html, "id_who")["aria-required"] == "true"
    assert "aria-required" not in attributes(html, "id_solution")
    assert " required" not in html  # the browser's own message would hide ours


def test_a_clean_form_has_no_summary():
    html = crispy(IdeaForm(VALID))

    assert "ds-error-summary" not in html
    assert "aria-invalid" not in html


def test_the_summary_counts_in_words_and_links_to_the_fields():
    html = crispy(IdeaForm({"problem": "Køen"}))

    assert "Du må rette to ting før du kan gå videre" in html
    assert 'href="#id_who">Skriv hvem som har problemet. Ett ord holder.</a>' in html
    assert 'href="#id_submitter_0">Velg det som passer best.</a>' in html


def test_one_fault_is_one_thing():
    assert "Du må rette én ting før" in crispy(IdeaForm({**VALID, "who": ""}))


def test_a_fault_stands_beside_its_field_and_is_tied_to_it():
    html = crispy(IdeaForm({**VALID, "who": ""}))

    who = attributes(html, "id_who")
    assert who["aria-invalid"] == "true"
    assert who["aria-describedby"] == "id_who_error"
    assert attributes(html, "id_who_error")["data-field"] == "validation"


def test_typed_text_is_kept_also_when_it_is_too_long():
    html = crispy(IdeaForm({**VALID, "problem": "Ett tegn for mye her."}))

    assert "Ett tegn for mye her." in html
    assert "maxlength" not in attributes(html, "id_problem")
    assert 'id="id_problem_counter"' in html


def test_a_counter_does_not_stand_in_the_way_of_another_fault():
    assert 'id="id_problem_counter"' not in crispy(IdeaForm({**VALID, "problem": ""}))


def test_faults_of_the_whole_form_are_listed_without_a_link():
    form = IdeaForm(VALID)
    form.add_error(None, "Ideen er sendt før.")

    html = crispy(form)

    assert "<li>Ideen er sendt før.</li>" in html


def test_radio_buttons_are_a_group_with_a_legend():
    html = crispy(IdeaForm({**VALID, "submitter": "employee"}))

    assert '<legend class="ds-label">Hvem er du?</legend>' in html
    assert html.count('type="radio"') == 2
    assert re.search(r'value="employee"[^>]* checked', html)


def test_hidden_fields_are_only_hidden():
    html = crispy(IdeaForm())

    assert '<input type="hidden" name="secret" id="id_secret">' in html
    assert html.count("<label") == 5


def test_few_answers_are_real_radio_buttons_in_a_row():
    html = crispy(ScoreForm(initial={"strategic": "medium", "level": 2}))

    assert html.count('class="gk-choice') >= 2
    assert re.search(r'type="radio" name="strategic" value="medium"[^>]* checked', html)
    assert '<span class="gk-choice__number">2</span>' in html


def test_date_and_decimal_are_written_as_the_browser_and_the_reader_want_them():
    html = crispy(ScoreForm(initial={"measured_on": "2026-06-09", "value": 5.8}))

    assert 'type="date"' in html
    assert 'value="2026-06-09"' in html
    assert attributes(html, "id_value")["value"] == "5,8"
    assert ScoreForm().fields["value"].clean("5,8") == Decimal("5.8")


def test_a_check_box_stands_before_its_label():
    html = crispy(ScoreForm())

    assert html.index('type="checkbox"') < html.index("Jeg er enig")


def test_a_layout_is_drawn_with_the_same_parts():
    form = IdeaForm({"problem": "Køen"})
    form.helper = FormHelper()
    form.helper.layout = Layout("who", "problem")
    form.helper.add_input(Submit("send", "Send inn ideen"))

    html = Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": form, "csrf_token": "token"})
    )

    assert html.index('id="id_who"') < html.index('id="id_problem"')
    assert "novalidate" in html
    assert "Du må rette" in html
    assert re.search(r">\s*Send inn ideen\s*</button>", html)


def test_a_set_of_forms_has_its_management_form():
    html = Template("{% load crispy_forms_tags %}{{ formset|crispy }}").render(
        Context({"formset": forms.formset_factory(IdeaForm, extra=2)()})
    )

    assert 'name="form-TOTAL_FORMS" value="2"' in html
    assert 'id="id_form-1-who"' in html
