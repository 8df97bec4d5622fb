"""Which ways lead to people just now: from groups and staff of the tree to chats of the channels that are on."""

from collections.abc import Mapping
from dataclasses import dataclass

from routing.hierarchy import Group, Hierarchy
from routing.messages import Address

SANDBOX = "sandbox"


@dataclass(frozen=True, slots=True)
class Addressbook:
    """`accounts`: channel → our account there, for the channels that are on. `grouped`: those that write to groups."""

    accounts: Mapping[str, str]
    grouped: frozenset[str]

    def can_hear(self, group: Group, hierarchy: Hierarchy) -> bool:
        return bool(self.addresses_of_group(group, hierarchy))

    def addresses_of_group(self, group: Group, hierarchy: Hierarchy) -> tuple[Address, ...]:
        """The group's own chats; where it has none, its members one by one."""
        chats = tuple(
            Address(channel, account, chat)
            for channel, account in self.accounts.items()
            if channel in self.grouped and (chat := _chat_of(group, channel))
        )
        if chats:
            return chats
        found: dict[Address, None] = {}
        for member in hierarchy.list_members(group.group_id):
            found.update(dict.fromkeys(self.addresses_of_staff(member.staff_id, hierarchy)))
        return tuple(found)

    def addresses_of_staff(self, staff_id: str, hierarchy: Hierarchy) -> tuple[Address, ...]:
        """Private chats; nobody else reads there."""
        staff = hierarchy.find_staff(staff_id)
        if staff is None:
            return ()
        users = {**staff.accounts, SANDBOX: staff_id}
        return tuple(
            Address(channel, account, private_chat(channel, users[channel]))
            for channel, account in self.accounts.items()
            if users.get(channel)
        )


def private_chat(channel: str, user: str) -> str:
    """The chat in which one person is written to alone: the user's own id, but for the sandbox's windows."""
    return f"private:{user}" if channel == SANDBOX else user


def is_group_chat(address: Address, hierarchy: Hierarchy) -> bool:
    """True where more than one person reads. Telegram's groups have negative ids, known to the tree or not."""
    if hierarchy.find_group_in_chat(address.channel, address.chat) is not None:
        return True
    return address.channel == "telegram" and address.chat.startswith("-")


def _chat_of(group: Group, channel: str) -> str:
    return group.group_id if channel == SANDBOX else group.chats.get(channel, "")
