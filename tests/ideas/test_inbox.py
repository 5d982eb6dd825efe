import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from zeal import zeal_ignore

from core import roles
from core.models import OutgoingMail
from ideas.models import (
    Idea,
    IdeaContact,
    IdeaStatus,
    Note,
    Reply,
    SavedFilter,
    Tag,
)
from ideas.waiting import waiting_for
from tests.factories.ideas import AttachmentFactory, IdeaFactory
from tests.factories.municipality import GoalFactory, SectorFactory

INBOX = "/ideer/innboks/"


@pytest.fixture
def team(client, team_member) -> Client:
    client.force_login(team_member)
    return client


@pytest.fixture
def leader(client, sector_leader) -> Client:
    client.force_login(sector_leader)
    return client


def _shown(client: Client, query: str = "") -> list[str]:
    return [idea.title for idea in client.get(INBOX + query).context["ideas"]]


def test_the_most_urgent_stands_first_whenever_it_came(team, cycle, today):
    IdeaFactory(title="Senere", answer_due_on=today + dt.timedelta(days=5))
    IdeaFactory(title="Over", answer_due_on=today - dt.timedelta(days=2))

    page = team.get(INBOX)

    assert [idea.title for idea in page.context["ideas"]] == ["Over", "Senere"]
    assert "2 dager over" in page.content.decode()


def test_each_tab_holds_its_ideas_and_says_how_many(team, cycle, team_member):
    ready = IdeaFactory(
        title="Klar", summary="Kort.", sector=SectorFactory(), edited_by=team_member
    )
    ready.goals.add(GoalFactory())
    IdeaFactory(title="Mangler", summary="Kort.", sector=SectorFactory())
    IdeaFactory(
        title="I retur",
        status=IdeaStatus.RETURNED,
        summary="K.",
        sector=SectorFactory(),
        no_goal_reason="Ingen passer.",
    )
    IdeaFactory(title="Videre", status=IdeaStatus.FORWARDED)
    IdeaFactory(title="Nei", status=IdeaStatus.DECLINED)
    expected = {
        "ubehandlet": ["Klar", "Mangler"],
        "mangler": ["Mangler"],
        "venter": ["I retur"],
        "vurdering": ["Videre"],
        "utfall": ["Nei"],
        "mine": ["Klar"],
    }

    assert {tab: sorted(_shown(team, f"?tab={tab}")) for tab in expected} == expected
    counts = {tab.key: tab.count for tab in team.get(INBOX).context["tabs"].tabs}
    assert counts == {tab: len(titles) for tab, titles in expected.items()}


def test_what_a_tab_says_is_missing_is_what_the_idea_says(team, cycle):
    for number in range(8):
        idea = IdeaFactory(
            summary="Kort." if number & 1 else "",
            sector=SectorFactory() if number & 2 else None,
            no_goal_reason="Ingen passer." if number & 4 else "",
        )

    missing = {idea.pk for idea in Idea.objects.all() if idea.missing_fields}
    found = {idea.pk for idea in team.get(f"{INBOX}?tab=mangler").context["ideas"]}
    assert (found, len(missing)) == (missing, 7)
    assert idea.pk not in missing


def test_a_leader_sees_their_own_and_what_touches_them(leader, cycle, sector_leader):
    own = sector_leader.sector
    IdeaFactory(title="Vår", sector=own)
    touching = IdeaFactory(title="Berører oss", sector=SectorFactory())
    touching.also_touches.add(own)
    IdeaFactory(title="Ikke vår", sector=SectorFactory())
    IdeaFactory(title="Ingens", sector=None)

    assert sorted(_shown(leader)) == ["Berører oss", "Vår"]
    assert _shown(leader, "?tab=berorer") == ["Berører oss"]


WRITING = [
    "behandle",
    "publiser",
    "hold-tilbake",
    "svar",
    "utfall/nei",
    "videre",
    "sla-sammen",
    "del",
]


@pytest.mark.parametrize("page", WRITING)
def test_a_leader_answers_for_their_own_and_nobody_elses(leader, cycle, sector_leader, page):
    own = IdeaFactory(sector=sector_leader.sector)
    other = IdeaFactory(sector=SectorFactory())

    assert leader.get(f"/ideer/{own.code}/{page}/").status_code == 200
    assert leader.get(f"/ideer/{other.code}/{page}/").status_code == 403


def test_a_leader_reads_and_notes_what_only_touches_them(leader, cycle, sector_leader):
    idea = IdeaFactory(sector=SectorFactory())
    idea.also_touches.add(sector_leader.sector)
    note = {"note_text": "Vi har samme problem.", "submission_key": uuid.uuid4()}

    page = leader.get(f"/ideer/{idea.code}/behandle/").content.decode()
    leader.post(f"/ideer/{idea.code}/notat/", note)

    assert "Gjør ideen klar" not in page
    assert leader.post(f"/ideer/{idea.code}/behandle/", {"title": "Ny"}).status_code == 403
    assert leader.get(f"/ideer/{idea.code}/utfall/nei/").status_code == 403
    assert Note.objects.get().by == sector_leader


def _questions(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def _many(count: int, **fields) -> None:
    for number in range(count):
        idea = IdeaFactory(sector=SectorFactory(), **fields)
        idea.tags.add(Tag.objects.get_or_create(name=f"ord {number % 5}")[0])


@pytest.mark.parametrize("url", [INBOX, "/ideer/uten-utfall/", "/min-side/"])
def test_the_inbox_asks_as_often_for_thirty_as_for_three(team, cycle, url):
    _many(3)
    first = _questions(team, url)
    _many(27)

    assert _questions(team, url) == first


def test_a_leaders_inbox_asks_as_often_for_thirty_as_for_three(leader, cycle, sector_leader):
    for _ in range(3):
        IdeaFactory(sector=sector_leader.sector)
    first = _questions(leader, INBOX)
    for _ in range(27):
        IdeaFactory(sector=sector_leader.sector).also_touches.add(SectorFactory())

    assert _questions(leader, INBOX) == first


def test_an_ideas_page_asks_as_often_for_thirty_notes_as_for_three(team, cycle, person):
    idea = IdeaFactory()
    url = f"/ideer/{idea.code}/behandle/"

    def write(count: int) -> None:
        for _ in range(count):
            Note.objects.create(idea=idea, text="Et notat.", by=person())
            Reply.objects.create(idea=idea, text="Et svar.", by=person())

    write(3)
    first = _questions(team, url)
    write(27)

    assert _questions(team, url) == first


def test_a_search_is_kept_by_name_and_led_back_to(team, cycle, team_member):
    saved = {"name": "Kart", "query": "tab=mangler&q=kart&page=3&sort="}

    answer = team.post("/ideer/innboks/sok/", saved)

    assert answer.url == f"{INBOX}?tab=mangler&q=kart"
    team.post("/ideer/innboks/sok/", {"name": "Kart", "query": "q=kartet"})
    assert SavedFilter.objects.get(user=team_member).query == "q=kartet"


def test_a_saved_search_is_renamed_and_deleted_by_its_owner_only(team, team_member, person):
    mine = SavedFilter.objects.create(user=team_member, name="Kart", query="q=kart")
    theirs = SavedFilter.objects.create(
        user=person(roles.DIGITALISATION_TEAM), name="Vei", query="q=vei"
    )

    team.post(f"/ideer/innboks/sok/{mine.pk}/", {"name": "Kartet"})
    assert SavedFilter.objects.get(pk=mine.pk).name == "Kartet"
    team.post(f"/ideer/innboks/sok/{mine.pk}/", {"delete": "1"})
    assert team.post(f"/ideer/innboks/sok/{theirs.pk}/", {"delete": "1"}).status_code == 403

    assert list(SavedFilter.objects.all()) == [theirs]


def test_two_saved_searches_cannot_have_one_name(team, team_member):
    SavedFilter.objects.create(user=team_member, name="Kart", query="q=kart")
    other = SavedFilter.objects.create(user=team_member, name="Vei", query="q=vei")

    page = team.post(f"/ideer/innboks/sok/{other.pk}/", {"name": "Kart"}).content.decode()

    assert "Du har allerede et søk som heter det." in page
    assert SavedFilter.objects.get(pk=other.pk).name == "Vei"


def test_ticked_ideas_lead_to_one_page_and_none_ticked_says_so(team, cycle):
    first, second = IdeaFactory(code="T26-901"), IdeaFactory(code="T26-902")

    answer = team.get(f"{INBOX}flere/?act=nei&idea={first.code}&idea={second.code}")
    nothing = team.get(f"{INBOX}flere/?act=nei", follow=True).content.decode()

    assert answer.url == f"{INBOX}flere/nei/T26-901,T26-902/"
    assert "Kryss av minst én idé." in nothing


def test_bulk_shows_before_it_does_and_tells_what_it_did_not(team, cycle):
    first, taken = IdeaFactory(code="T26-901"), IdeaFactory(code="T26-902")
    Idea.objects.filter(pk=taken.pk).update(status=IdeaStatus.FORWARDED)
    url, reason = f"{INBOX}flere/nei/T26-901,T26-902/", {"reason": "Det finnes allerede."}

    before = team.post(url, reason).content.decode()
    assert "Kan gjøres med 1 idé" in before
    assert "Kan ikke gjøres med 1 idé" in before
    assert Idea.objects.get(pk=first.pk).status == IdeaStatus.RECEIVED

    with zeal_ignore():
        after = team.post(url, {**reason, "confirm": "1"}).content.decode()
    assert "Gjort med 1 idé" in after
    assert "kan ikke bli «Ikke aktuelt»" in after
    assert list(Idea.objects.order_by("code").values_list("status", flat=True)) == [
        "declined",
        "forwarded",
    ]


@pytest.mark.parametrize(
    ("act", "typed", "holds"),
    [
        (
            "stikkord",
            {"tags": "kart, Vei"},
            lambda i: {t.name for t in i.tags.all()} == {"kart", "vei"},
        ),
        ("vis", {}, lambda i: i.is_published),
        ("linja", {"unit": "Drift", "reason": "Lite nok."}, lambda i: i.line_unit == "Drift"),
        (
            "parkert",
            {"until": timezone.localdate() + dt.timedelta(days=9), "reason": "Venter."},
            lambda i: i.status == IdeaStatus.PARKED,
        ),
    ],
)
def test_bulk_does_each_of_its_acts(team, cycle, act, typed, holds):
    codes = ",".join(IdeaFactory().code for _ in range(2))

    with zeal_ignore():
        team.post(f"{INBOX}flere/{act}/{codes}/", {**typed, "confirm": "1"})

    assert all(holds(idea) for idea in Idea.objects.all())


def test_bulk_with_another_sectors_idea_is_refused_whole(leader, cycle, sector_leader):
    own = IdeaFactory(sector=sector_leader.sector)
    touching = IdeaFactory(sector=SectorFactory())
    touching.also_touches.add(sector_leader.sector)

    answer = leader.post(
        f"{INBOX}flere/nei/{own.code},{touching.code}/", {"reason": "Nei.", "confirm": "1"}
    )

    assert answer.status_code == 403
    assert not Idea.objects.exclude(status=IdeaStatus.RECEIVED).exists()


def test_a_reply_is_read_before_it_is_sent_and_sent_once(team, cycle):
    idea = IdeaFactory()
    IdeaContact.objects.create(idea=idea, email="a@b.example", delete_on=dt.date(2030, 1, 1))
    url = f"/ideer/{idea.code}/svar/"
    typed = {"reply_text": "Vi ser på det i høst.", "submission_key": uuid.uuid4()}

    preview = team.post(url, typed).content.decode()
    assert "Vi ser på det i høst." in preview
    assert str(idea.token) not in preview
    assert not Reply.objects.exists()

    for _ in range(2):
        team.post(url, {**typed, "confirm": "1"})
    assert Reply.objects.count() == 1
    assert "Vi ser på det i høst." in OutgoingMail.objects.get().body


SECRET = "Dette notatet skal ingen utenfor se"


@pytest.mark.parametrize(("page", "field"), [("svar", "note_text"), ("notat", "reply_text")])
def test_a_note_and_a_reply_cannot_be_posted_as_each_other(team, cycle, page, field):
    idea = IdeaFactory()
    typed = {field: SECRET, "submission_key": uuid.uuid4(), "confirm": "1"}

    answer = team.post(f"/ideer/{idea.code}/{page}/", typed)

    assert answer.status_code == 200
    assert not Reply.objects.exists()
    assert not Note.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_note_is_never_seen_outside_or_sent(team, cycle, client):
    idea = IdeaFactory(published_at=timezone.now(), title="Kart over stier")
    IdeaContact.objects.create(idea=idea, email="a@b.example", delete_on=dt.date(2030, 1, 1))
    note = {"note_text": SECRET, "submission_key": uuid.uuid4()}
    team.post(f"/ideer/{idea.code}/notat/", note)
    for kind, typed in (("nei", {"reason": "Det finnes."}),):
        team.post(f"/ideer/{idea.code}/utfall/{kind}/", {**typed, "confirm": "1"})
    stranger = Client()
    pages = [
        "/",
        "/ideer/",
        f"/ideer/{idea.code}/",
        f"/ideer/folg/{idea.token}/",
        f"/ideer/kvittering/{idea.token}/",
        "/sok/?q=kart",
        "/sok/?q=notatet",
        f"/ideer/{idea.code}/strom.atom",
        "/ideer/strom.atom",
        "/ideer/eksport/?format=csv",
    ]

    assert SECRET in team.get(f"/ideer/{idea.code}/behandle/").content.decode()
    for page in pages:
        with zeal_ignore():
            answer = stranger.get(page)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert SECRET not in body.decode("utf-8", "replace"), page
    assert OutgoingMail.objects.exists()
    assert not OutgoingMail.objects.filter(body__contains=SECRET).exists()


def test_every_form_of_an_ideas_page_can_be_sent(team_member, cycle):
    idea = IdeaFactory()
    AttachmentFactory(idea=idea)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(team_member)

    page = browser.get(f"/ideer/{idea.code}/behandle/").content.decode()

    main = page[page.index("<main") : page.index("</main>")]
    assert main.count('method="post"') == 4
    assert main.count('name="csrfmiddlewaretoken"') == 4


def test_a_search_in_the_inbox_gets_only_the_rows(team, cycle):
    IdeaFactory(title="Kart over stier")

    page = team.get(f"{INBOX}?tab=ubehandlet", headers={"HX-Request": "true"}).content.decode()

    assert "Kart over stier" in page
    assert "<html" not in page


def test_what_is_missing_links_to_its_field(team, cycle):
    idea = IdeaFactory()

    page = team.get(f"/ideer/{idea.code}/behandle/").content.decode()

    for field in ("summary", "sector", "goals"):
        assert f'href="#id_{field}"' in page
        assert f'id="id_{field}"' in page


def test_completing_keeps_all_that_was_filled_in(team, cycle):
    idea, sector, touched, goal = IdeaFactory(), SectorFactory(), SectorFactory(), GoalFactory()
    Tag.objects.create(name="kart")

    team.post(
        f"/ideer/{idea.code}/behandle/",
        {
            "version": 0,
            "title": "Kart",
            "summary": "Kort.",
            "sector": sector.pk,
            "also_touches": [touched.pk, sector.pk],
            "goals": [goal.pk],
            "estimated_cost": "1 200 000",
            "estimated_effort": "0,5",
            "tags": "Kart, universell utforming, kart",
        },
    )

    idea.refresh_from_db()
    assert (idea.sector, list(idea.also_touches.all())) == (sector, [touched])
    assert (idea.estimated_cost, float(idea.estimated_effort)) == (1_200_000, 0.5)
    assert [tag.name for tag in idea.tags.all()] == ["kart", "universell utforming"]
    assert idea.problem == "Vi hører ingenting etter at vi har søkt."


def test_merging_goes_from_choice_to_undo(team, cycle):
    source, target = IdeaFactory(code="T26-901"), IdeaFactory(code="T26-902", title="Kart")

    found = team.get("/ideer/T26-901/sla-sammen/?q=t26902").context["found"]
    page = team.get("/ideer/T26-901/sla-sammen/T26-902/").content.decode()
    done = team.post("/ideer/T26-901/sla-sammen/T26-902/", {"reason": "Likt."}, follow=True)

    assert list(found) == [target]
    assert "Denne blir stående" in page
    assert "Angre sammenslåingen" in done.content.decode()
    merge = source.merges.get()
    team.post(f"/ideer/sammenslaing/{merge.pk}/angre/", {"reason": "Ulikt."})
    source.refresh_from_db()
    assert source.status == IdeaStatus.RECEIVED


def test_merging_what_is_scored_is_409_with_the_reason(team, cycle):
    IdeaFactory(code="T26-901", status=IdeaStatus.FORWARDED)
    IdeaFactory(code="T26-902")

    answer = team.get("/ideer/T26-901/sla-sammen/T26-902/")

    assert answer.status_code == 409
    assert "er til vurdering" in answer.content.decode()


def test_splitting_shows_the_parts_before_it_makes_them(team, cycle):
    idea = IdeaFactory()
    typed = {
        "submission_key": uuid.uuid4(),
        "reason": "To ting.",
        "del-TOTAL_FORMS": 4,
        "del-INITIAL_FORMS": 0,
        "del-0-title": "Kart",
        "del-0-problem": "Vi finner ikke fram.",
        "del-1-title": "Skilt",
        "del-1-problem": "Skiltene er borte.",
    }

    preview = team.post(f"/ideer/{idea.code}/del/", typed).content.decode()
    assert "Vi finner ikke fram." in preview
    assert Idea.objects.count() == 1

    for _ in range(2):
        team.post(f"/ideer/{idea.code}/del/", {**typed, "confirm": "1"})
    assert sorted(idea.parts.values_list("title", flat=True)) == ["Kart", "Skilt"]


def test_splitting_into_one_asks_for_the_other(team, cycle):
    idea = IdeaFactory()
    typed = {
        "submission_key": uuid.uuid4(),
        "reason": "To ting.",
        "del-TOTAL_FORMS": 4,
        "del-INITIAL_FORMS": 0,
        "del-0-title": "Kart",
        "del-0-problem": "Vi finner ikke fram.",
    }

    page = team.post(f"/ideer/{idea.code}/del/", {**typed, "confirm": "1"}).content.decode()

    assert "Gi denne delen en tittel." in page
    assert not idea.parts.exists()


def test_a_leader_is_told_of_their_own_sector_only(cycle, today, sector_leader):
    IdeaFactory(sector=sector_leader.sector, answer_due_on=today)
    IdeaFactory(sector=sector_leader.sector, status=IdeaStatus.RETURNED)
    IdeaFactory(sector=SectorFactory(), answer_due_on=today - dt.timedelta(days=3))

    answer, look_into = waiting_for(sector_leader, on=today)

    name = sector_leader.sector.name
    assert (answer.title, answer.due_on) == (f"Svar på 1 idé til {name}", today)
    assert look_into.title == f"Utred 1 idé som er i retur til {name}"


def test_the_team_is_told_what_came_back_from_parking(cycle, today, team_member):
    IdeaFactory(parked_to=today)

    (task,) = waiting_for(team_member, on=today)

    assert "1 var parkert, og er tilbake." in task.text
