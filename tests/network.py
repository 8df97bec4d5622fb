"""Keeps the tests on this machine: a socket that would leave it raises instead."""

import ipaddress
import socket
from typing import Any

import pytest

OWN_NAMES = {"localhost", "", None}


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine."""


def is_local(host: object) -> bool:
    """Whether a host, as it is given to a socket, is this machine itself."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in OWN_NAMES:
        return True
    try:
        address = ipaddress.ip_address(str(name).split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def forbid_outside(patch: pytest.MonkeyPatch) -> None:
    """Guards connections and look-ups that Python itself makes; Chromium is told by its own arguments."""

    def guarded_connect(name: str) -> Any:
        original = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
                raise NetworkForbidden(f"no test may reach {address[0]}")
            return original(self, address)

        return connect

    original_look_up = socket.getaddrinfo

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_local(host):
            raise NetworkForbidden(f"no test may look up {host}")
        return original_look_up(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded_connect("connect"))
    patch.setattr(socket.socket, "connect_ex", guarded_connect("connect_ex"))
    patch.setattr(socket, "getaddrinfo", look_up)
