"""The form: faults appear while typing, and the plan stays unchanged."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.forms.field_values import value_at
from roadmap_tui.tui.widgets.form_rows import StableStatic
from tests.tui.driver import Drive, opened, rendered, screen_lines
from tests.tui.plans import SHIPPED, SMALL


@asynccontextmanager
async def form_of(name: str, folder: Path, text: str = SMALL) -> AsyncIterator[Drive]:
    path = folder / "plan.toml"
    path.write_bytes(text.encode())
    async with opened(path, (120, 40)) as drive:
        await drive.press("3")
        await drive.select(name)
        await drive.press("e")
        await drive.until(lambda: not drive.at_work, "the form")
        yield drive


async def keep(drive: Drive) -> None:
    await drive.press("enter")
    await drive.until(lambda: drive.at_work, "the form to close")
    await drive.settled()


def effect(drive: Drive) -> str:
    return "\n".join(rendered(drive.form.query_one("#effect")))


def has_fault(drive: Drive, field: str, *, there: bool = True) -> Callable[[], bool]:
    return lambda: bool(drive.fault(field)) is there


FAULTS = (
    ("effort", "3 2"),
    ("effort", "abc"),
    ("effort", "-1"),
    ("effort", "0 3"),
    ("effort", "1 2 3 4"),
    ("effort", "nan"),
    ("reach", "inf"),
    ("chance", "1.5"),
    ("chance", "150%"),
    ("chance", "-0.1"),
    ("chance", "maybe"),
    ("chance", "nan"),
    ("confidence", "200"),
    ("evidence", "hearsay"),
    ("needs", "Not An Id"),
    ("needs", "reader | reader"),
)


async def test_faults_are_shown_at_the_field(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        before = drive.session.document
        for field, typed in FAULTS:
            original = drive.field(field).value
            await drive.write(typed, field)
            await drive.until(has_fault(drive, field), f"a fault at {field}: {typed}")
            others = {name for name, _ in FAULTS} - {field}
            assert not any(drive.fault(name) for name in others), (field, typed)
            for key in ("enter", "ctrl+s"):
                await drive.press(key)
                assert not drive.at_work, (field, typed)
            assert drive.field(field).value == typed
            assert drive.field(field).has_focus
            assert drive.session.document is before
            await drive.write(original, field)
            await drive.until(has_fault(drive, field, there=False), f"the fault at {field} to go")


async def test_a_cycle_is_a_fault_of_needs(tmp_path: Path) -> None:
    async with form_of("reader", tmp_path) as drive:
        before = drive.session.document
        await drive.write("drafts", "needs")
        await drive.until(lambda: bool(drive.fault("needs")), "the fault")
        await drive.press("enter")
        await drive.drained()
        assert not drive.at_work
        assert drive.session.document is before


async def test_an_unknown_id_is_a_warning(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        await drive.write("reeder", "needs")
        await drive.until(
            lambda: "reader" in drive.fault("needs"), "the warning, with what may be meant"
        )
        await keep(drive)
        assert value_at(drive.session.document.data, ("product", "drafts", "needs")) == ["reeder"]


TYPED: tuple[tuple[str, str, object], ...] = (
    ("effort", "3", 3),
    ("effort", "3 9", [3, 9]),
    ("effort", "3 4 9", [3, 4, 9]),
    ("effort", "m", "M"),
    ("chance", "60%", 0.6),
    ("chance", "1", 1.0),
    ("confidence", ".8", 0.8),
    ("reach", "0.5 1.5", [0.5, 1.5]),
    ("needs", "", None),
    ("needs", "reader | fallback", [["reader", "fallback"]]),
    ("effort", "", None),
    ("owner", "", None),
    ("fallback", '[/] \\ "x" #', '[/] \\ "x" #'),
    ("team", "app", "app"),
)


async def test_what_is_typed_is_written(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        for field, typed, value in TYPED:
            if drive.at_work:
                await drive.press("e")
                await drive.until(lambda: not drive.at_work, "the form")
            await drive.write(typed, field)
            await drive.press("enter")
            await drive.until(lambda: drive.at_work, "the form to close")
            assert value_at(drive.session.document.data, ("product", "drafts", field)) == value, (
                field,
                typed,
            )
            if drive.session.undo_label is not None:
                await drive.press("u")
                await drive.settled()
            assert drive.session.document.raw == SMALL.encode()


def stored(drive: Drive, field: str) -> str:
    """What a field of the open form shows below it."""
    at = drive.field(field).id
    assert at is not None
    line = drive.form.query_one(f"#{at.replace('field', 'stored')}", StableStatic)
    return str(line.render()) if line.display else ""


STORED = (
    ("reach", "14,500", "= 14,500 people per quarter"),
    ("reach", "12k", "= 12,000 people per quarter"),
    ("reach", "3 4 9", "= 3 to 9, most likely 4 people per quarter"),
    ("effort", "2 months", "= 8.7 person-weeks (2 months)"),
    ("effort", "3-9", "= 3 to 9 person-weeks"),
    ("effort", "xl", "= size XL"),
    ("confidence", "80", "= 80%"),
    ("confidence", "0.8", "= 80%"),
    ("impact", "14", "= 14: impact is usually 0.25 to 3"),
)


async def test_what_will_be_stored_is_shown_while_typing(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        for field, typed, shown in STORED:
            drive.field(field).focus()
            original = drive.field(field).value
            assert stored(drive, field) == ""
            await drive.write(typed, field)
            await drive.drained()
            assert stored(drive, field) == shown
            await drive.press("down")
            assert stored(drive, field) == ""
            await drive.write(original, field)


async def test_an_ambiguous_number_is_asked_under_its_field(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        before = drive.session.document
        await drive.write("1,5", "effort")
        await drive.until(has_fault(drive, "effort"), "the question")
        assert "1.5 or the range 1 to 5" in drive.fault("effort")
        assert stored(drive, "effort") == ""
        await drive.press("enter")
        assert not drive.at_work
        assert drive.session.document is before
        await drive.write("14,500", "reach")
        await drive.write("1–5", "effort")
        await keep(drive)
        item = value_at(drive.session.document.data, ("product", "drafts"))
        assert isinstance(item, dict)
        assert (item["reach"], item["effort"]) == (14500, [1, 5])


async def test_an_unusual_impact_is_kept_on_the_second_enter(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        await drive.write("14", "impact")
        await drive.press("enter")
        await drive.drained()
        assert not drive.at_work
        assert "usually 0.25 to 3" in drive.fault("impact")
        await drive.write("15", "impact")
        await drive.until(has_fault(drive, "impact", there=False), "the remark to go")
        await drive.press("enter")
        await drive.drained()
        assert not drive.at_work
        await keep(drive)
        assert value_at(drive.session.document.data, ("product", "drafts", "impact")) == 15


async def test_several_fields_are_one_step(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        await drive.write("Drafts, again", "title")
        await drive.write("1 2", "effort")
        await drive.write("80%", "chance")
        await keep(drive)
        item = drive.session.plan.product["drafts"]
        assert (item.title, item.chance) == ("Drafts, again", 0.8)
        await drive.press("u")
        assert drive.session.document.raw == SMALL.encode()
        assert drive.session.undo_label is None


async def test_the_effect_is_shown_while_typing(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        before = effect(drive)
        await drive.write("30 60", "effort")
        await drive.until(lambda: "→" in effect(drive) and effect(drive) != before, "the effect")
        wide = effect(drive)
        await drive.write("300–600", "effort")
        await drive.until(lambda: effect(drive) not in {wide, before}, "another effect")
        await drive.write("3 5 9", "effort")
        await drive.until(lambda: effect(drive).split() == before.split(), "what it was")


async def test_notices_of_before_do_not_cover_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(SMALL.encode())
    async with opened(path, (80, 24)) as drive:
        drive.workspace.notify("what was said before", timeout=60)
        await drive.until(lambda: "said before" in " ".join(screen_lines(drive.app)), "the notice")
        await drive.press("e")
        await drive.until(lambda: not drive.at_work, "the form")
        await drive.until(lambda: "Enter save" in " ".join(screen_lines(drive.app)), "its keys")
        await drive.until(
            lambda: "said before" not in " ".join(screen_lines(drive.app)), "the notice to go"
        )


async def test_escape_asks_if_something_was_typed(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        before = drive.session.document
        await drive.write("30", "effort")
        await drive.press("escape")
        await drive.until(lambda: isinstance(drive.app.screen, ConfirmDialog), "the question")
        await drive.press("escape")
        await drive.until(lambda: not isinstance(drive.app.screen, ConfirmDialog), "going on")
        assert drive.field("effort").value == "30"
        await drive.press("escape", "d")
        await drive.until(lambda: drive.at_work, "the form to close")
        assert drive.session.document is before
        await drive.press("e")
        await drive.until(lambda: not drive.at_work, "the form")
        await drive.write("30", "effort")
        await drive.press("escape", "k")
        await drive.until(lambda: drive.at_work, "the form to close")
        assert value_at(drive.session.document.data, ("product", "drafts", "effort")) == 30


async def test_escape_with_a_fault_asks_and_does_not_keep_it(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        before = drive.session.document
        await drive.write("3 2", "effort")
        await drive.press("escape", "k")
        await drive.until(lambda: not isinstance(drive.app.screen, ConfirmDialog), "the answer")
        assert drive.field("effort").value == "3 2"
        assert drive.session.document is before


async def test_escape_leaves_a_form_that_was_only_looked_at(tmp_path: Path) -> None:
    async with form_of("drafts", tmp_path) as drive:
        await drive.press("escape")
        await drive.until(lambda: drive.at_work, "the form to close")
        assert drive.session.undo_label is None


async def test_stages_have_fields_of_their_own(tmp_path: Path) -> None:
    path = next(each for each in SHIPPED if each.stem == "helpdesk")
    original = path.read_text(encoding="utf-8")
    async with form_of("triage-model", tmp_path, original) as drive:
        with pytest.raises(ValueError, match="not in list"):
            drive.field("effort")
        await drive.write("4 6 15", "stages", "train", "effort")
        await drive.write("70%", "stages", "train", "chance")
        await keep(drive)
        train = value_at(drive.session.document.data, ("model", "triage-model", "stages", "train"))
        assert train == {"effort": [4, 6, 15], "chance": 0.7, "compute": 3000}
        lines = [text.splitlines() for text in (original, drive.session.document.text)]
        assert sum(old != new for old, new in zip(*lines, strict=True)) == 1
