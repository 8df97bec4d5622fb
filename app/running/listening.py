"""Whether the service can listen where it was told to: tried before anything is opened, with one line if not."""

import errno
import socket


class PortError(Exception):
    """Nobody can listen there; the text says what to do."""


def require_port(host: str, port: int) -> None:
    """Raises PortError. Another may still take the port before the server does; that is rare."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server does: connections of the one before linger for a minute.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise PortError(_why_not(error, f"{host}:{port}")) from error


def _why_not(error: OSError, where: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{where} is in use by another program: end it, or choose another port with --port"
    if error.errno == errno.EACCES:
        return f"this user may not listen at {where}: choose a port above 1023 with --port"
    return f"{where} is no address of this machine ({error.strerror}): choose another with --host"
