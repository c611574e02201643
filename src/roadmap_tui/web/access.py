"""Who is let in: whoever has the token, from a page of this server, by a name that it goes by."""

import hmac
import ipaddress
import secrets
import socket
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """What a request must bring.

    Attributes:
        hosts: what may stand in its header Host, in lower case.
        token: the secret that is in the address that was printed, and then in a cookie.
    """

    hosts: frozenset[str]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def is_token(self, token: str | None) -> bool:
        """Whether it is the token; how long that takes does not tell how much of it is right."""
        return token is not None and hmac.compare_digest(token.encode(), self.token.encode())

    def is_known_host(self, host: str | None) -> bool:
        """Whether a request names this server: a page elsewhere whose name was made to lead here does not."""
        return host is not None and host.lower() in self.hosts

    def is_same_origin(self, origin: str | None, host: str | None) -> bool:
        """Whether what asks is a page of this server; browsers say so with every web socket."""
        if origin is None or not self.is_known_host(host):
            return False
        scheme, _, name = origin.partition("://")
        return scheme in {"http", "https"} and name.lower() == (host or "").lower()


def is_navigation(site: str | None, mode: str | None, kind: str | None) -> bool:
    """Whether a request opens the page in a tab, or comes from this server's own page.

    A link on another site may do the first and nothing else. The arguments are the headers Sec-Fetch-Site, -Mode and
    -Dest, which pages can't set; what sends none of them is no browser that would send another site's requests.
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
    """What a browser may call a server that listens at `host` and `port`, and goes by `names` too."""
    own = {host, *names}
    address = _parse_address(host)
    is_everywhere = address is not None and address.is_unspecified
    if is_everywhere or is_loopback(host):
        own |= {"localhost", "127.0.0.1", "::1"}
    if is_everywhere:
        own |= {socket.gethostname(), socket.getfqdn()}
    written = {f"[{each}]" if ":" in each and not each.startswith("[") else each for each in own}
    return frozenset(
        name.lower()
        for each in written
        for name in (f"{each}:{port}", *((each,) if port == 80 else ()))
    )
