"""Long commands in a real terminal show progress; Ctrl+C and SIGTERM end them cleanly."""

import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

PROGRAM = str(Path(sys.executable).with_name("roadmap"))
PATIENCE = 120
HOW_FAR = r"\w+(: [\d,]+ of [\d,]+ \(\d+%\)|, \d+ s)"


def text_of(items: int) -> str:
    """A plan that takes more than a second, with many spikes."""
    lines = ["[roadmap]", "as_of = 2026-11-23", "[teams.t]", "people = 9"]
    for at in range(items):
        needs = f'"i{at - 1}"' if at else ""
        lines += [
            f"[product.i{at}]",
            'team = "t"',
            "effort = [1, 2, 5]",
            f"needs = [{needs}]",
            "chance = 0.9",
        ]
        lines += ["reach = [100, 400, 900]", "impact = 2"]
        if at % 10 == 0:
            lines += [f"[spike.s{at}]", f'informs = "i{at}"', 'team = "t"']
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "plan.toml"
    path.write_text(text_of(2000))
    return path


@pytest.mark.parametrize(
    "words", [("spikes",), ("rank", "--moves"), ("export", "--out", "made.md")], ids=lambda w: w[0]
)
@pytest.mark.parametrize(
    ("number", "said", "code"), [(signal.SIGINT, "Ctrl+C", 130), (signal.SIGTERM, "SIGTERM", 143)]
)
def test_a_long_command_shows_how_far_it_is_and_can_be_stopped(
    plan: Path, words: tuple[str, ...], number: signal.Signals, said: str, code: int
) -> None:
    name, *options = words
    child = pexpect.spawn(
        PROGRAM,
        [name, str(plan), "--runs", "40000", *options],  # long enough for any machine
        dimensions=(24, 90),
        encoding="utf-8",
        timeout=PATIENCE,
        cwd=str(plan.parent),
    )
    child.expect(HOW_FAR)
    if number is signal.SIGINT:
        child.sendintr()
    else:
        child.kill(number)
    child.expect(pexpect.EOF)
    left = child.before or ""
    child.close()
    assert child.exitstatus == code
    assert left.rstrip().endswith(f"roadmap: stopped by {said}")
    assert "Traceback" not in left
    assert [each.name for each in plan.parent.iterdir()] == ["plan.toml"]


def test_ctrl_c_counts_in_a_terminal_that_a_script_started_in_the_background(plan: Path) -> None:
    """A shell lets what a script starts with `&` ignore Ctrl+C, and so does all that it starts."""

    def ignore() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    child = pexpect.spawn(
        PROGRAM,
        ["spikes", str(plan)],
        dimensions=(24, 90),
        encoding="utf-8",
        timeout=PATIENCE,
        preexec_fn=ignore,
    )
    child.expect(HOW_FAR)
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of so many items that one forecast takes seconds, in git."""
    path = tmp_path_factory.mktemp("history") / "plan.toml"
    git = ["git", "-C", str(path.parent), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    for chance in ("0.8", "0.9"):
        path.write_text(text_of(3000).replace("chance = 0.9", f"chance = {chance}"))
        subprocess.run([*git, "add", "plan.toml"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", f"Chances of {chance}"], check=True)
    return path


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGINT, "show plan.toml i300 --why"),
        (signal.SIGTERM, "money plan.toml"),
        (signal.SIGINT, "diff plan.toml HEAD~1"),
        (signal.SIGTERM, "log plan.toml i300"),
        (signal.SIGINT, "answer plan.toml s300 no"),
        (signal.SIGINT, "export plan.toml --format html --out made.html"),
        (signal.SIGTERM, "export plan.toml --format csv --out made.csv"),
    ],
    ids=str,
)
def test_every_long_command_can_be_stopped(
    history: Path, number: signal.Signals, words: str
) -> None:
    before = history.read_bytes()
    child = pexpect.spawn(
        PROGRAM,
        words.split(),
        dimensions=(24, 90),
        encoding="utf-8",
        timeout=PATIENCE,
        cwd=str(history.parent),
    )
    child.expect(r"\w+(, \d+ s|: [\d,]+ of )")
    child.kill(number)
    child.expect(pexpect.EOF)
    left = child.before or ""
    child.close()
    by, code = ("Ctrl+C", 130) if number is signal.SIGINT else ("SIGTERM", 143)
    assert child.exitstatus == code
    assert left.rstrip().endswith(f"roadmap: stopped by {by}")
    assert "Traceback" not in left
    assert history.read_bytes() == before
    assert sorted(each.name for each in history.parent.iterdir()) == [".git", "plan.toml"]
