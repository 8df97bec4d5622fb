"""Which ways lead to people just now: from groups and staff of the tree to chats of the channels that are on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.moved_chats import MovedChats
from routing.hierarchy import Group, Hierarchy
from routing.messages import Address

SANDBOX = "sandbox"


@dataclass(frozen=True, slots=True)
class Addressbook:
    """`accounts`: channel → our account there, for the channels that are on. `grouped`: those that write to groups."""

    accounts: Mapping[str, str]
    grouped: frozenset[str]
    moved: MovedChats = field(default_factory=MovedChats)

    def can_hear(self, group: Group, hierarchy: Hierarchy) -> bool:
        return bool(self.addresses_of_group(group, hierarchy))

    def addresses_of_group(self, group: Group, hierarchy: Hierarchy) -> tuple[Address, ...]:
        """The group's own chats; where it has none, its members one by one."""
        chats = tuple(
            Address(channel, account, chat)
            for channel, account in self.accounts.items()
            if channel in self.grouped and (chat := self._chat_of(group, channel))
        )
        if chats:
            return chats
        found: dict[Address, None] = {}
        for member in hierarchy.list_members(group.group_id):
            found.update(dict.fromkeys(self.addresses_of_staff(member.staff_id, hierarchy)))
        return tuple(found)

    def find_group(self, address: Address, hierarchy: Hierarchy) -> Group | None:
        """The group of the tree that talks in this chat, also after the vendor gave it another id."""
        written = self.moved.id_written(address.channel, address.chat)
        return hierarchy.find_group_in_chat(address.channel, written)

    def addresses_of_staff(self, staff_id: str, hierarchy: Hierarchy) -> tuple[Address, ...]:
        """Private chats; nobody else reads there."""
        if hierarchy.find_staff(staff_id) is None:
            return ()
        users = {SANDBOX: staff_id, **hierarchy.accounts_of(staff_id)}
        return tuple(
            Address(channel, account, private_chat(channel, users[channel]))
            for channel, account in self.accounts.items()
            if users.get(channel)
        )

    def _chat_of(self, group: Group, channel: str) -> str:
        if channel == SANDBOX:
            return group.group_id
        written = group.chats.get(channel, "")
        return self.moved.id_now(channel, written) if written else ""


def private_chat(channel: str, user: str) -> str:
    """The chat in which one person is written to alone: the user's own id, but for the sandbox's windows."""
    return f"private:{user}" if channel == SANDBOX else user


def private_user(address: Address) -> str | None:
    """Who is written to alone in a chat, as the tree knows them; None for a window that is no person's."""
    if address.channel != SANDBOX:
        return address.chat
    return address.chat.removeprefix("private:") if address.chat.startswith("private:") else None


def is_group_chat(address: Address, hierarchy: Hierarchy) -> bool:
    """True where more than one person reads. Telegram's groups have negative ids, known to the tree or not."""
    if hierarchy.find_group_in_chat(address.channel, address.chat) is not None:
        return True
    return address.channel == "telegram" and address.chat.startswith("-")
