"""Who may use the server: browsers with its token, on its own page, under one of its own names."""

import hmac
import ipaddress
import secrets
import socket
from dataclasses import dataclass, field

_HTTP_PORT = 80


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """What a request must bring.

    Attributes:
        hosts: the allowed values of its header Host, in lower case.
        token: the secret in the printed address, and then in a cookie.
    """

    hosts: frozenset[str]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def is_token(self, token: str | None) -> bool:
        """Whether it is the token; the time taken doesn't reveal how much of it is right."""
        return token is not None and hmac.compare_digest(token.encode(), self.token.encode())

    def is_known_host(self, host: str | None) -> bool:
        """Whether a request names this server; a foreign name that resolves to it doesn't."""
        return host is not None and host.lower() in self.hosts

    def is_same_origin(self, origin: str | None, host: str | None) -> bool:
        """Whether a request comes from a page of this server; browsers say so for web sockets."""
        if origin is None or not self.is_known_host(host):
            return False
        scheme, _, name = origin.partition("://")
        return scheme in {"http", "https"} and name.lower() == (host or "").lower()


def is_navigation(site: str | None, mode: str | None, kind: str | None) -> bool:
    """Whether a request opens the page in a tab, or comes from this server's own page.

    A link on another site may open the page, and nothing else. The arguments are the headers
    Sec-Fetch-Site, -Mode and -Dest, which pages can't set. A client that sends none of them is no
    browser that would send another site's requests.
    """
    return site in {None, "same-origin", "none"} or (mode, kind) == ("navigate", "document")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    address = _parse_address(host)
    return host == "localhost" if address is None else address.is_loopback


def _parse_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def allowed_hosts(host: str, port: int, names: tuple[str, ...] = ()) -> frozenset[str]:
    """The values of the header Host for a server at `host` and `port`, also known as `names`."""
    allowed = {_written_host(each).lower() for each in _host_names(host, names)}
    with_port = {f"{each}:{port}" for each in allowed}
    return frozenset(with_port | allowed if port == _HTTP_PORT else with_port)


def _host_names(host: str, names: tuple[str, ...]) -> set[str]:
    address = _parse_address(host)
    is_everywhere = address is not None and address.is_unspecified
    found = {host, *names}
    if is_everywhere or is_loopback(host):
        found |= {"localhost", "127.0.0.1", "::1"}
    if is_everywhere:
        found |= {socket.gethostname(), socket.getfqdn()}
    return found


def _written_host(host: str) -> str:
    """The host as it stands in a URL: an IPv6 address has brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
