"""Each writing action about information done once, for the test that each tells the audit log."""

from kaohe.web.fieldwork.actions.information import InformationFacts, report_information
from kaohe.web.fieldwork.actions.information_receiving import Seen, receive_information
from tests.web.fieldwork.information.making import information_of


def _receive(cast, actor, client):
    item = information_of(cast, unit=cast.finance)
    return receive_information(actor=actor, items=[Seen(item.pk, item.version)])


# action → whose it is in the cast, and a way to do it.
WAYS = {
    "information.report": (
        "department",
        lambda cast, actor, client: report_information(
            actor=actor,
            reporter=f"u{cast.finance.pk}",
            facts=InformationFacts("item", "产业见成效", "发展特色产业，带动五十六户。"),
        ),
    ),
    "information.receive": ("office", _receive),
}
