"""Opening the forms of items, of their tables, and of the plan as a whole."""

import re
from functools import partial

from roadmap_tui.document.blocks import table_excerpt
from roadmap_tui.document.edits import Edit, ReplaceSource
from roadmap_tui.plan.faults import KeyPath, format_path
from roadmap_tui.plan.money.market import Market
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan, item_kind
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.dialogs.prompt import NameDialog
from roadmap_tui.tui.dialogs.select import SelectDialog, SelectOptions
from roadmap_tui.tui.forms.field_values import value_at
from roadmap_tui.tui.forms.form_model import FormContext
from roadmap_tui.tui.forms.table_fields import item_tables, model_at, parse_table_path
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.screens.session_screen import needs_forecast

_MARKET_HEADER = re.compile(r"^(\s*\[+\s*)market\b(?![-\w])(.*)$", re.MULTILINE)
"""The header of a market's table."""


@needs_forecast
def edit_selected(screen: PlanScreen) -> None:
    """Open the form of the selected item."""
    if chosen := screen.selected_item():
        edit_item(screen, chosen[0])


@needs_forecast
def edit_item(screen: PlanScreen, name: str, *field: str) -> None:
    """Open the form of an item; at a field, or at the form of the table that has it."""
    ground = _ground(screen)
    if ground is None:
        return
    place = (item_kind(ground.plan.items[name]), name)
    table = _table_of(place, field)
    if not table or table[0] == "stages":
        opened, at = ground.item_form(name), field
    else:
        opened, at = ground.table_form((*place, *table)), field[len(table) :]
    form = ItemForm(opened, screen.controller.background, at)
    screen.app.push_screen(form, partial(keep_edits, screen, screen.title_of(name)))


def _table_of(place: tuple[str, str], field: tuple[str, ...]) -> tuple[str, ...]:
    """The table of an item that a field stands in; empty if in none."""
    for end in (2, 1):
        if field and model_at(Plan, (*place, *field[:end])):
            return field[:end]
    return ()


@needs_forecast
def edit_plan_table(screen: PlanScreen, place: KeyPath, *field: str) -> None:
    """Open the form of a table of the plan as a whole, at a field if one is named."""
    if ground := _ground(screen):
        form = ItemForm(ground.table_form(place), screen.controller.background, field)
        what = escape_control(format_path(place))
        screen.app.push_screen(form, partial(keep_edits, screen, what))


def keep_edits(screen: PlanScreen, what: str, edits: tuple[Edit, ...] | None) -> None:
    """Make the edits of a form."""
    if edits:
        screen.change(f"edited {what}", edits)


def _ground(screen: PlanScreen) -> FormContext | None:
    session = screen.session
    if session.forecast is None:
        return None
    return FormContext(
        session.document,
        session.plan,
        resolve_plan(session.plan),
        session.forecast,
        session.check_results,
        is_guest=session.folder is not None,
    )


def choose_part(screen: PlanScreen) -> None:
    """Choose settings, a team or the policy, and open its form."""
    teams = {
        f"teams.{name}": f"team {escape_control(team.title or name)}: {team.people} people"
        for name, team in screen.session.plan.teams.items()
    }
    ways = {
        "roadmap": "Roadmap: title, users, horizon, currency …",
        **teams,
        "teams.": "Add a team …",
        "policy": "Policy: defaults and thresholds",
        **_market_parts(screen.session.plan),
    }
    pick = SelectOptions("Plan settings", "edit", ways, "Part", "Type to search")
    screen.app.push_screen(SelectDialog(pick), partial(_open_part, screen))


def _market_parts(plan: Plan) -> dict[str, str]:
    """The markets that have a form, and the way to one more."""
    if isinstance(plan.market, Market):
        return {"market": "Market: size and share", "market.": "Several markets: name this one …"}
    named = {
        f"market.{name}": f"Market {escape_control(name)}: size and share" for name in plan.markets
    }
    if named:
        return {**named, "market.": "Add a market …"}
    return {"market": "Market: size and share", "market.": "Several markets: name the first …"}


def _open_part(screen: PlanScreen, part: str | None) -> None:
    if part == "teams.":
        screen.app.push_screen(NameDialog("Add a team", "Id"), partial(_open_team, screen))
    elif part == "market.":
        screen.app.push_screen(NameDialog("Add a market", "Id"), partial(_open_market, screen))
    elif part:
        edit_plan_table(screen, tuple(part.split(".")))


def _open_team(screen: PlanScreen, name: str | None) -> None:
    if name:
        edit_plan_table(screen, ("teams", name))


def _open_market(screen: PlanScreen, name: str | None) -> None:
    """Open the form of a market, after the single one got the name."""
    if not name:
        return
    if isinstance(screen.session.plan.market, Market):
        name_market(screen, name)
    else:
        edit_plan_table(screen, ("market", name))


def name_market(screen: PlanScreen, name: str) -> None:
    """Name the single market, so that others can stand beside it; its lines stay as they are."""
    lines = table_excerpt(screen.session.document.text, ("market",))
    if lines is None:
        screen.warn("The market has no table of its own in the file, so it can't be named here.")
        return
    text = _MARKET_HEADER.sub(rf"\1market.{name}\2", lines.text)
    screen.change(f"named the market {name}", (ReplaceSource(("market",), text),))


@needs_forecast
def choose_table(screen: PlanScreen) -> None:
    """Choose a table of the selected item, and open its form."""
    chosen = screen.selected_item()
    if chosen is None:
        return
    name, scene = chosen
    tables = item_tables(scene.plan.items[name])
    ways = {".".join(path): _table_label(screen, name, path) for path in tables}
    heading = f"Details of {screen.title_of(name)}"
    pick = SelectOptions(
        heading, "edit", ways, "Table", "words, or a new bars.NAME", allows_other=True
    )
    screen.app.push_screen(SelectDialog(pick), partial(_open_table, screen, name))


def _table_label(screen: PlanScreen, name: str, path: tuple[str, ...]) -> str:
    """The name of a table, and whether the file has it."""
    session = screen.session
    place = (item_kind(session.plan.items[name]), name, *path)
    is_there = value_at(session.document.data, place) is not None
    return escape_control(".".join(path)) + ("" if is_there else "   not set yet")


def _open_table(screen: PlanScreen, name: str, text: str | None) -> None:
    if not text:
        return
    item = screen.session.plan.items[name]
    table = parse_table_path(item, text)
    if table is None:
        kind, key = item_kind(item), screen.key_label("tables")
        screen.warn(
            f"{escape_control(text)} is no table of a {kind} item; {key} shows which there are"
        )
    else:
        edit_item(screen, name, *table)
