"""Tables of readiness and money: every field is read, and contradictions are faults."""

import datetime as dt
import tomllib

import pytest

from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.faults import format_path
from roadmap_tui.plan.parser import parse_plan_data
from roadmap_tui.plan.table_keys import known_keys
from tests.plan.build import TODAY, faults_of, one_fault, plan_of

FULL = """
[roadmap]
activation = { eligible = 4000, activated = 1200, valued = 700 }

[market]
accounts = 11500
price_year = [4800, 6000, 7200]
filters = [{ name = "usable data", share = [0.45, 0.6, 0.7] }, { name = "allowed", share = 0.9 }]
som_share = [0.03, 0.05, 0.08]
value_per_account = [9000, 20000]
capture = 0.2
top_down = { industry = 3e9, share = 0.01, source = "an analyst", year = 2026 }

[product.a.job]
when = "w"
want = "x"
so_that = "y"
importance = 9
satisfaction = 3
n = 42

[product.a.trust]
interaction = "autocomplete"
weeks = [{ on = 2026-11-20, shown = 300, accepted = 149, edited = 53, overridden = 17 }]
alarm = 0.75
floor = 0.02
activation = { eligible = 400, activated = 120 }
cohorts.new = { weeks = [{ on = 2026-11-20, accepted = 1, overridden = 2 }] }

[product.a.latency]
kind = "flow"
p95_ms = 1000
slo = 0.95
steps = [{ name = "write", ms = [400, 600, 900] }]
measured = { on = 2026-11-20, p50 = 400, p95 = 900, p99 = 1500, within = 938, of = 1000 }

[product.a.cost]
tokens_in = [1500, 2000, 3000]
tokens_out = 400
price_in = 3
price_out = 15
priced = 2026-10-30
cache_hit = [0.2, 0.3]
cache_saving = 0.9
retry = 0.05
retrieval = 0.002
safety = 0.001
fixed_month = 400
volume_month = [30000, 36000, 50000]
review = { share = 0.1, minutes = 2, wage = 30 }
success = 0.9
price_user_month = 50
other_cogs = 4
segments = [
    { name = "light", share = 0.6, tasks_month = 176 },
    { name = "heavy", share = 0.4, tasks_month = 550 },
]
margin_target = 0.7
cac = 200
churn_month = 0.02

[product.a.oversight]
level = 3
stakes = "high"
reversible = true
undo_minutes = 30
promote_if = { accept = 0.9, weeks = 8, cases = 1000, segment_gap = 0.1 }
demote_if = { accept = 0.7, weeks = 2 }
kill_switch = true
review = { share = 1, minutes = 1.5, per_day = 800, hours = 6, staffed = 3 }

[product.a.failures.wrong]
hits = 4
of = 1000
cost = [300, 500, 900]
caught = [0.2, 0.3]

[product.a.roi]
build = [150e3, 180e3, 260e3]
run_month = 6e3
benefit_month = [20e3, 40e3, 60e3]
archetype = "cost-displacement"
realisation = [0.5, 0.8]
ramp = [0.25, 0.5, 0.75, 1]
launch_month = 6
months = 24
discount = 0.1
baseline_measured = true

[product.b]
cost = { per_prediction = [0.001, 0.002], volume_month = 1000, price_user_month = 10 }

[model.m]
volume_month = [1e4, 5e4]
chosen = "vendor"
decided = 2026-10-01
revisit = 2027-04-01
weights = { differentiation = 2, cost = 0 }

[model.m.data]
dataset = "tickets"
owner = "Oona"
licence = "own"
pii = false
completeness = { filled = 960, of = 1000 }
freshness = { age_hours = 36, sla_hours = 24 }
accuracy = { correct = 368, audited = 400 }
floors = { freshness = 0.5 }
on = 2026-11-18

[model.m.options.vendor]
kind = "api"
coverage = [0.8, 0.9]
setup = 12000
month = 600
unit = [0.008, 0.0096, 0.012]
weeks = 4
chance = 0.6
exit = 9000
lockin = 4
scores = { differentiation = 1, data = 5, expertise = 4, time = 5, cost = 3 }
effort = [2, 4]
team = "app"
"""


def test_every_field_is_read() -> None:
    plan = plan_of(FULL)
    product, model = plan.product["a"], plan.model["m"]
    assert plan.roadmap.activation is not None
    assert plan.markets[""].filters[0].share == Estimate(0.45, 0.6, 0.7)
    assert product.trust is not None
    assert product.trust.weeks[0].decision_count == 219
    assert product.trust.cohorts["new"].weeks[0].edited == 0
    assert product.cost is not None
    assert product.cost.price_in == Estimate.exact(3)
    assert product.failures["wrong"].caught == Estimate(0.2, 0.06**0.5, 0.3)
    assert product.roi is not None
    assert [share.p50 for share in product.roi.ramp] == [0.25, 0.5, 0.75, 1]
    assert model.data is not None
    assert model.data.on == dt.date(2026, 11, 18)
    assert model.weights is not None
    assert (model.weights.differentiation, model.weights.data, model.weights.cost) == (2, 1, 0)


def test_an_option_shows_which_fields_of_the_item_it_overrides() -> None:
    option = plan_of(FULL).model["m"].options["vendor"]
    assert {"chance", "effort", "team"} <= option.model_fields_set
    assert not {"status", "attempts", "upkeep"} & option.model_fields_set
    assert option.effort == Estimate(2, 8**0.5, 4)


def test_nothing_of_it_need_be_there() -> None:
    empty = "[product.a]\ntrust = {}\nlatency = {}\ncost = {}\noversight = {}\nroi = {}\n"
    plan_of(empty + "[market]\n[model.m]\ndata = {}\nweights = {}\noptions.o = {}\n")


KEYS = {
    ("product", "a", "trust"): {"weeks", "cohorts"},
    ("product", "a", "latency", "measured"): {"p95", "within"},
    ("product", "a", "cost", "segments", 0): {"tasks_month"},
    ("product", "a", "oversight", "promote_if"): {"segment_gap"},
    ("model", "m", "data", "freshness"): {"sla_hours"},
    ("model", "m", "options", "o"): {"lockin", "needs", "stages"},
    ("market", "top_down"): {"year"},
    ("roadmap", "activation"): {"valued"},
}


@pytest.mark.parametrize("path", KEYS)
def test_the_keys_of_the_tables_are_known(path: tuple[str | int, ...]) -> None:
    assert KEYS[path] <= set(known_keys(path))


UNKNOWN = {
    "product.a.trust.week": "weeks",
    "product.a.latency.p95": "p95_ms",
    "product.a.cost.token_in": "tokens_in",
    "product.a.oversight.stake": "stakes",
    "product.a.roi.realization": "realisation",
    "model.m.data.license": "licence",
    "model.m.weights.times": "time",
    "model.m.options.o.lock_in": "lockin",
    "market.account": "accounts",
}


@pytest.mark.parametrize("place", UNKNOWN)
def test_a_mistyped_key_is_reported(place: str) -> None:
    fault = one_fault(f"product.b = {{}}\n{place} = 1\n")
    assert (fault.code, format_path(fault.path)) == ("unknown-key", place)
    assert fault.remedy == f'did you mean "{UNKNOWN[place]}"?'


WRONG = {  # what is written, and what of it is at fault
    (
        "product.a.trust.weeks = ["
        "{ on = 2026-11-20, shown = 2, accepted = 1, edited = 1, overridden = 1 }]"
    ): "[0].shown",
    "product.a.trust.activation = { eligible = 1, activated = 2 }": ".activated",
    "product.a.trust.activation = { eligible = 3, activated = 2, valued = 3 }": ".valued",
    "product.a.trust = { alarm = 0.1, floor = 0.2 }": ".floor",
    "product.a.latency.measured = { on = 2026-11-20, within = 2, of = 1 }": ".within",
    "product.a.latency.measured = { on = 2026-11-20, within = 2 }": ".within",
    "product.a.latency.measured = { on = 2026-11-20, p50 = 3, p99 = 2 }": ".p99",
    "product.a.latency.measured = [{ on = 2026-11-20, p50 = 3, p99 = 2 }]": "[0].p99",
    "product.a.latency.measured = { on = 2026-11-20, p50 = 3, withn = 2 }": ".withn",
    "product.a.latency.p95_ms = 0": "",
    "product.a.latency.kind = 'fast'": "",
    "product.a.oversight.level = -1": "",
    "product.a.oversight.review.hours = 25": "",
    "product.a.oversight.review.share = 1.5": "",
    "product.a.oversight = { reversible = false, undo_minutes = 5 }": ".undo_minutes",
    "product.a.oversight = { promote_if.accept = 0.5, demote_if.accept = 0.6 }": ".promote_if",
    "product.a.failures.f = { hits = 3, of = 2 }": ".hits",
    "product.a.failures.f = { of = 2 }": ".of",
    "product.a.failures.f.caught = [0.5, 1.5]": "[1]",
    "product.a.cost = { per_prediction = 1, fixed_month = 2 }": ".fixed_month",
    "product.a.cost.churn_month = 3": "",
    "product.a.roi.launch_month = 0": "",
    "product.a.roi.discount = 10": "",
    "product.a.roi.ramp = [0.5, 2]": "[1]",
    "product.a.job = { when = 'a', want = 'b', so_that = 'c', importance = 11 }": ".importance",
    "model.m.data.completeness = { filled = 2, of = 1 }": ".filled",
    "model.m.data.accuracy = { correct = 2, audited = 1 }": ".correct",
    "model.m.data.freshness = { age_hours = 1, sla_hours = 0 }": ".sla_hours",
    "model.m.options.o.scores.cost = 6": "",
    "model.m.options.o.lockin = 0": "",
    "market.som_share = 1.01": "",
    "market.top_down = { industry = 1, share = 1.2 }": ".share",
    "roadmap.activation = { eligible = 1, activated = 2 }": ".activated",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_contradicts_itself_is_one_fault_at_its_place(line: str) -> None:
    fault = one_fault(f"product.b = {{}}\n{line}\n")
    assert format_path(fault.path) == line.partition(" = ")[0] + WRONG[line]
    assert fault.remedy or fault.code == "word"


@pytest.mark.parametrize("shares", [(0.7, 0.2, 0.1), (0.1,) * 10, (0.3, 0.3)])
def test_shares_may_add_up_to_one_and_to_less(shares: tuple[float, ...]) -> None:
    parts = ", ".join(f"{{ name = 'p', share = {share}, tasks_month = 1 }}" for share in shares)
    plan_of(f"product.a.cost.segments = [{parts}]\n")


def test_shares_may_not_add_up_to_more() -> None:
    parts = ", ".join(
        f"{{ name = 'p', share = {share}, tasks_month = 1 }}" for share in (0.6, 0.3, 0.11)
    )
    fault = one_fault(f"product.a.cost.segments = [{parts}]\n")
    assert (format_path(fault.path), fault.problem) == (
        "product.a.cost.segments",
        "the shares add up to 1.01",
    )


def test_a_choice_that_leads_nowhere_does_not_stop_the_forecast() -> None:
    text = "[model.m]\nchosen = 'b'\ndecided = 2026-10-01\nrevisit = 2026-10-01\noptions.a = {}\n"
    (fault,) = faults_of(text)
    assert (format_path(fault.path), fault.problem, fault.fatal) == (
        "model.m.chosen",
        'no option "b"',
        False,
    )
    (fault,) = faults_of(
        text.replace("'b'", "'a'").replace("revisit = 2026-10-01", "revisit = 2026-09-30")
    )
    assert (format_path(fault.path), fault.fatal) == ("model.m.revisit", False)


def test_a_market_may_be_one_or_several_by_name() -> None:
    one = plan_of(
        "[market]\naccounts = 10\ntop_down = { industry = 5, share = 0.1 }\n[product.a]\n"
    )
    assert list(one.markets) == [""]
    only = plan_of("[market.top_down]\nindustry = 5\nshare = 0.1\n[product.a]\n")
    assert only.markets[""].top_down is not None
    several = plan_of("[market.smb]\naccounts = 10\n[market.large]\naccounts = 2\n[product.a]\n")
    assert list(several.markets) == ["smb", "large"]
    assert several.markets["large"].accounts == Estimate.exact(2)
    assert plan_of("[product.a]\n").markets == {}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[market]\naccounts = true\n", ("market", "accounts")),
        ("[market.smb]\naccounts = true\n", ("market", "smb", "accounts")),
        ("[market.smb]\nacounts = 1\n", ("market", "smb", "acounts")),
        ("[market.smb]\n[market.Large]\n", ("market", "Large")),
        ("[market]\nprice = 1\n[market.smb]\n", ("market", "price")),
        ("[market.smb]\n[product.b]\nmarket = 'sbm'\n", ("product", "b", "market")),
    ],
)
def test_faults_of_markets_are_where_they_stand(text: str, path: tuple[str, ...]) -> None:
    data = tomllib.loads(f"{text}[product.a]\n")
    assert path in [fault.path for fault in parse_plan_data(data, TODAY)[1]]
