"""Who is let in."""

import pytest

from roadmap_tui.web.access import AccessPolicy, allowed_hosts, is_loopback


def test_only_the_token_is_the_token() -> None:
    gate = AccessPolicy(allowed_hosts("127.0.0.1", 8000))
    assert gate.is_token(gate.token)
    assert not any(
        gate.is_token(each)
        for each in (None, "", gate.token[:-1], gate.token + "x", "é", gate.token.lower())
    )
    assert gate.token != AccessPolicy(gate.hosts).token
    assert len(gate.token) >= 43
    assert gate.token not in repr(gate)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"]
)
def test_names_of_this_machine_are_let_in(host: str) -> None:
    assert AccessPolicy(allowed_hosts("127.0.0.1", 8000)).is_known_host(host)


@pytest.mark.parametrize(
    "host", [None, "", "evil.example:8000", "localhost", "localhost:8001", "localhost:8000.evil"]
)
def test_other_names_are_not(host: str | None) -> None:
    assert not AccessPolicy(allowed_hosts("127.0.0.1", 8000)).is_known_host(host)


def test_a_name_that_was_given_is_let_in() -> None:
    gate = AccessPolicy(allowed_hosts("0.0.0.0", 80, ("plans.example",)))
    assert gate.is_known_host("plans.example")
    assert gate.is_known_host("plans.example:80")
    assert not gate.is_known_host("evil.example:80")


@pytest.mark.parametrize(
    ("origin", "own"),
    [
        ("http://localhost:8000", True),
        ("https://localhost:8000", True),
        ("http://127.0.0.1:8000", False),
        ("http://evil.example", False),
        ("null", False),
        ("file://", False),
        (None, False),
    ],
)
def test_a_page_is_its_own_where_it_names_the_host_that_is_asked(
    origin: str | None, own: bool
) -> None:
    assert (
        AccessPolicy(allowed_hosts("127.0.0.1", 8000)).is_same_origin(origin, "localhost:8000")
        is own
    )


def test_what_only_this_machine_reaches() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.2", "plans.example", "")))
