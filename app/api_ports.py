"""Hands the API what it is made of: readers, the writer, the office of the tree, tokens and words."""

from admin_web.ports import ApiPorts
from app.figures.stat_figures import build_stat_figures
from app.phone_reports import PhoneDesk
from app.readers import Audit, Outbox, Tickets, WriterDesk, token_finder
from app.tree.desk import build_tree_desk
from app.wiring import House
from bot.refusals import word_refusal
from bot.texts import has_text, say
from routing.errors import DeskError


def build_ports(house: House) -> ApiPorts:
    store, now, ring = house.store, house.clock.now, house.postman.ring
    phone = PhoneDesk(store, house.office.current, house.school.reader, house.reach, now, ring, house.matters)

    def say_refusal(error: DeskError) -> str:
        return word_refusal(error, house.office.current(), now())

    def say_word(key: str) -> str:
        return house.office.current().words.get(key) or (say(key) if has_text(key) else key)

    return ApiPorts(
        hierarchy=build_tree_desk(house, ring),
        writer=WriterDesk(store, ring),
        tickets=Tickets(store, house.office.current),
        figures=build_stat_figures(house),
        outbox=Outbox(store, now, ring),
        audit=Audit(store, now),
        report=phone.taker(),
        find_token=token_finder(store),
        reach=house.reach,
        now=now,
        say_refusal=say_refusal,
        say_word=say_word,
        public_url=house.settings.public_url,
        api_token=house.settings.api_token,
        incidents=house.matters,
    )
