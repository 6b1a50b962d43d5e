"""A process that writes to a site, one small action after the other, and says so when each is done.

    python -m tests.web.operations.writer FIRST

It enters villages numbered from FIRST on, and prints each number once the action has returned.
"""

from __future__ import annotations

import sys

from kaohe.web.operations.site import open_site


def main(first: int) -> None:
    open_site()
    write(first, lambda number: print(number, flush=True))


def write(first, acknowledge) -> None:
    """Enter villages without end."""
    from kaohe.web.common.actor import command_actor
    from kaohe.web.roster.actions.villages import VillageFacts, add_village
    from kaohe.web.roster.models import County, Unit

    county = County.objects.get()
    actor = command_actor(county.pk, "test")
    township, _ = Unit.objects.get_or_create(
        county=county, code="T001", name="云溪镇", kind="township"
    )
    number = first
    while True:
        facts = VillageFacts(
            code=f"V{number}",
            name=f"第{number}村",
            township_id=township.pk,
            poor=False,
            exit_year=None,
            longitude=None,
            latitude=None,
        )
        add_village(actor=actor, facts=facts)
        acknowledge(number)
        number += 1


if __name__ == "__main__":
    main(int(sys.argv[1]))
