"""Which links private notices to staff carry: the one thing that delivery and signing in share."""

from urllib.parse import urlsplit

from admin_web.auth.links import Links, mark_of
from app.settings import DEFAULT_URL, Settings
from bot.addressbook import private_user
from bot.packing import WorkLink, no_link
from routing.hierarchy_index import SANDBOX
from routing.messages import Address

AT_HOME = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 - compared, not bound
"""Hosts that are another machine on every phone; Telegram refuses a message whose button leads there."""


def work_link_of(settings: Settings, links: Links) -> WorkLink:
    """None unless the service has an address of its own: nobody's phone reaches the default one. Where real channels
    are on, the sandbox's windows get none: whoever tries things out there may read them all."""
    if settings.public_url == DEFAULT_URL:
        return no_link

    is_at_home = urlsplit(settings.public_url).hostname in AT_HOME

    def make(address: Address, staff_id: str, ticket_number: int) -> str | None:
        if address.channel == SANDBOX and settings.has_real_channel:
            return None
        if address.channel != SANDBOX and is_at_home:
            return None
        user = private_user(address)
        is_theirs = user is not None and address.channel != SANDBOX
        sent_to = mark_of(address.channel, user) if user and is_theirs else ""
        return links.make_work_link(staff_id, ticket_number, sent_to=sent_to)

    return make
