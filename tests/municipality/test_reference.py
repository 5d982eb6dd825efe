from municipality.models import LocalStrategy, Municipality, Sector, StrategyArea, StrategyGoal
from municipality.reference import load_reference


def test_table_1_is_whole(db):
    load_reference()

    assert StrategyArea.objects.count() == 5
    assert StrategyGoal.objects.count() == 25
    assert LocalStrategy.objects.count() == 19
    without = StrategyGoal.objects.filter(strategies=None).order_by("code")
    assert [goal.code for goal in without] == ["2b", "3a", "5e"]
    shared = StrategyGoal.objects.get(code="2d").strategies.all()
    assert [strategy.code for strategy in shared] == ["S6", "S7"]


def test_the_five_sectors_stand_in_order(db):
    load_reference()

    assert [sector.code for sector in Sector.objects.all()] == [
        "administrasjon",
        "oppvekst",
        "helse",
        "nav",
        "samfunn",
    ]


def test_loading_again_leaves_what_somebody_has_changed(db):
    load_reference()
    Sector.objects.filter(code="nav").update(name="Nav Gjøvik")
    LocalStrategy.objects.get(code="S1").goals.clear()
    Municipality.objects.update(executive_title="kommunedirektør")

    load_reference()

    assert Sector.objects.get(code="nav").name == "Nav Gjøvik"
    assert not LocalStrategy.objects.get(code="S1").goals.exists()
    assert Municipality.load().executive_title == "kommunedirektør"
    assert StrategyGoal.objects.count() == 25
