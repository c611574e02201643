"""An engine that is reached by TLS, with certificates made for the test, on this machine."""

from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from roadmap_tui.cli.main import reply_to

FILES = {"ca": "tls_ca_file", "cert": "tls_client_cert", "key": "tls_client_key"}


def certificates(folder: Path) -> tuple[Any, dict[str, str]]:
    """Certificates, and the files that hold them."""
    security = import_module("distributed").Security.temporary()
    paths = {}
    for name, attribute in FILES.items():
        path = folder / f"{name}.pem"
        path.write_text(getattr(security, attribute))
        paths[name] = str(path)
    return security, paths


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    security, paths = certificates(tmp_path_factory.mktemp("tls"))
    with import_module("distributed").LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        protocol="tls",
        host="127.0.0.1",
        security=security,
    ) as running:
        yield running.scheduler_address.replace("tls://", "dask://"), paths


@pytest.fixture
def asked(tmp_path: Path, engine: tuple[str, dict[str, str]]) -> list[str]:
    (tmp_path / "plan.toml").write_text("[roadmap]\n[product.a]\n")
    return ["portfolio", str(tmp_path), "--runs", "100", "--executor", engine[0]]


def words(paths: dict[str, str]) -> list[str]:
    return list(chain.from_iterable((f"--tls-{name}", path) for name, path in paths.items()))


@pytest.mark.filterwarnings("ignore")
def test_files_that_are_named_lead_to_it(
    asked: list[str], engine: tuple[str, dict[str, str]]
) -> None:
    reply = reply_to([*asked, *words(engine[1])])
    assert (reply.err, reply.code) == ("", 0)
    assert "plan.toml" in reply.out


@pytest.mark.filterwarnings("ignore")
def test_so_does_what_dask_is_set_to(asked: list[str], engine: tuple[str, dict[str, str]]) -> None:
    client = {"cert": engine[1]["cert"], "key": engine[1]["key"]}
    tls = {"distributed.comm.tls.ca-file": engine[1]["ca"], "distributed.comm.tls.client": client}
    with import_module("dask").config.set(tls):
        reply = reply_to(asked)
    assert (reply.err, reply.code) == ("", 0)


@pytest.mark.filterwarnings("ignore")
def test_others_are_not_let_in(
    asked: list[str],
    engine: tuple[str, dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("roadmap_tui.cli.executors.PATIENCE", 2.0)
    for given in ([], words(certificates(tmp_path)[1])):
        reply = reply_to([*asked, *given])
        assert (reply.out, reply.code) == ("", 4)
        assert "no engine answers" in reply.err


def test_files_that_lack_or_are_not_there_are_named(
    asked: list[str], engine: tuple[str, dict[str, str]]
) -> None:
    assert "--tls-key" in reply_to([*asked, "--tls-ca", engine[1]["ca"]]).err
    assert (
        "nowhere.pem: no such file"
        in reply_to([*asked, *words({**engine[1], "key": "nowhere.pem"})]).err
    )
