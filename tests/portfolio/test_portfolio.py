"""Portfolios: the same figures as for single roadmaps, on every executor."""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from roadmap_tui.cli.executors import EngineError, map_pieces, open_executor
from roadmap_tui.cli.main import reply_to
from roadmap_tui.portfolio.overview import find_roadmaps

SHIPPED = Path(__file__).parents[2] / "roadmaps"
RUNS = ("--runs", "500")


def asked(*args: str) -> Any:
    reply = reply_to([*args, "--json"])
    assert reply.err == ""
    return json.loads(reply.out)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("plans")
    for path in SHIPPED.glob("*.toml"):
        shutil.copy(path, place)
    (place / "deep" / "er").mkdir(parents=True)
    shutil.copy(SHIPPED / "helpdesk.toml", place / "deep" / "er" / "again.toml")
    (place / "deep" / "broken.toml").write_text("[roadmap]\ntitle = \n")
    (place / ".hidden").mkdir()
    shutil.copy(SHIPPED / "helpdesk.toml", place / ".hidden")
    (place / "pyproject.toml").write_text("[product.x]\n")
    (place / "other.toml").write_text("[tool]\n")
    return place


@pytest.fixture(scope="module")
def whole(folder: Path) -> Any:
    return asked("portfolio", str(folder), *RUNS, "--jobs", "1")


def test_every_roadmap_is_there_once_and_what_is_none_is_shown(folder: Path, whole: Any) -> None:
    names = [each["file"] for each in whole["roadmaps"]]
    assert names == sorted([*(path.name for path in SHIPPED.glob("*.toml")), "deep/er/again.toml"])
    (failed,) = whole["failed"]
    assert failed["file"] == "deep/broken.toml"
    assert ":2:" in failed["text"]


def test_figures_are_those_of_each_roadmap_alone(folder: Path, whole: Any) -> None:
    for each in whole["roadmaps"]:
        alone = asked("forecast", str(folder / each["file"]), *RUNS)
        assert each["value"] == alone["value"]
        features = [
            item
            for item in alone["items"]
            if item["kind"] == "product" and item["status"] in {"planned", "active"}
        ]
        assert each["open"] == len(features)
        for at, quarter in enumerate(each["by_quarter"]):
            assert quarter["ends"] == features[0]["by_quarter"][at]["ends"]
            expected = sum(item["by_quarter"][at]["chance"] for item in features)
            assert quarter["ships"] == pytest.approx(expected, rel=2e-3)
        found = json.loads(reply_to(["check", str(folder / each["file"]), "--json", *RUNS]).out)[
            "findings"
        ]
        git = {"SP08", "TL05"}
        for severity, count in each["findings"].items():
            assert count == sum(
                one["severity"] == severity and one["check"] not in git for one in found
            )


def test_teams_of_one_name_are_the_same_people(whole: Any) -> None:
    teams = {each["team"]: each for each in whole["teams"]}
    assert len(teams["ml"]["roadmaps"]) == 4
    assert teams["ml"]["people"] == 3
    assert teams["ml"]["differing"] == [2]
    (app,) = (each for each in whole["teams"] if each["team"] == "app")
    assert len(app["roadmaps"]) == 2


def test_a_team_on_two_copies_of_a_plan_is_twice_as_busy(folder: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once", tmp_path / "twice"
    for place, names in ((once, ("a",)), (twice, ("a", "b"))):
        place.mkdir()
        for name in names:
            shutil.copy(folder / "helpdesk.toml", place / f"{name}.toml")
    one, two = (asked("portfolio", str(place), *RUNS)["teams"] for place in (once, twice))
    for before, after in zip(one, two, strict=True):
        assert [each["busy"] for each in after["by_quarter"]] == pytest.approx(
            [2 * each["busy"] for each in before["by_quarter"]], rel=2e-3
        )


def test_several_processes_give_the_same_answer(folder: Path) -> None:
    assert reply_to(["portfolio", str(folder), *RUNS, "--jobs", "2"]) == reply_to(
        ["portfolio", str(folder), *RUNS, "--jobs", "1"]
    )


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with import_module("distributed").LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        protocol="tcp",
        host="127.0.0.1",
    ) as running:
        yield running.scheduler_address.removeprefix("tcp://")


@pytest.mark.filterwarnings("ignore")
def test_an_engine_shows_the_same(folder: Path, cluster: str) -> None:
    answer = reply_to(["portfolio", str(folder), *RUNS, "--executor", f"dask://{cluster}"])
    assert answer == reply_to(["portfolio", str(folder), *RUNS, "--jobs", "1"])


@pytest.mark.parametrize(
    "address", ["dask://127.0.0.1:1", "spark://x:1", "dask://", "dask://no such host:x"]
)
@pytest.mark.filterwarnings("ignore")
def test_an_engine_that_is_not_there_is_shown(
    folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap_tui.cli.executors.PATIENCE", 0.2)
    reply = reply_to(["portfolio", str(folder), "--executor", address])
    assert (reply.out, reply.code) == ("", 4)
    assert "dask://" in reply.err


def test_markdown_has_both_tables_for_any_titles(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "odd|`name.toml").write_text(
        '[roadmap]\ntitle = "a|b <script>x</script> [y](http://z)"\n[product.a]\n'
    )
    shutil.copy(folder / "helpdesk.toml", tmp_path)
    text = reply_to(["portfolio", str(tmp_path), *RUNS, "--format", "md"]).out
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    assert sum(token.type == "table_open" for token in tokens) == 2
    inline = list(chain.from_iterable(token.children or () for token in tokens))
    assert not [child for child in inline if child.type in {"html_inline", "link_open"}]
    assert any("<script>" in child.content for child in inline if child.type == "text")
    for row in (token for token in tokens if token.type == "tr_open"):
        assert row.map is not None


@pytest.mark.parametrize("name", ["nowhere", "empty", "file"])
def test_a_folder_without_roadmaps_is_shown(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("[roadmap]\n")
    reply = reply_to(["portfolio", str(tmp_path / name)])
    assert (reply.out, reply.code) == ("", 3)
    assert name in reply.err


def test_where_no_file_holds_a_plan_nothing_is_answered(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[roadmap]\nhorizon = -1\n")
    reply = reply_to(["portfolio", str(tmp_path), "--json"])
    assert (reply.out, reply.code) == ("", 3)
    assert "a.toml" in reply.err


def test_links_that_go_in_circles_are_gone_through_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[roadmap]\n")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    assert [path.name for path in find_roadmaps(tmp_path)] == ["a.toml"]


def _twice(number: int) -> int:
    return 2 * number


def test_what_comes_back_is_in_order() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(map_pieces(pool, _twice, range(20))) == list(range(0, 40, 2))


def test_a_few_files_start_no_process() -> None:
    with open_executor(None, None, 3) as chosen:
        assert chosen is None
    with pytest.raises(EngineError), open_executor("x://", None, 3):
        pass
