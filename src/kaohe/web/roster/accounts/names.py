"""Log-in names that the site makes: the county's code and the person's or unit's, hw-s001."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.web.roster.models import Account, County

_COUNTY, _CODE = 10, 24


class NewNames:
    """Gives names that nobody on the site has, nor anybody earlier in the same batch."""

    def __init__(self, county: County) -> None:
        self._head = county.code.lower()[:_COUNTY].strip("-_.")
        known = Account.objects.filter(username__startswith=f"{self._head}-")
        self._taken = set(known.values_list("username", flat=True))

    def name_for(self, code: str) -> str:
        """The name for a person's or unit's code; a number behind it where it is taken."""
        name = next(name for name in self._candidates(code) if name not in self._taken)
        self._taken.add(name)
        return name

    def _candidates(self, code: str) -> Iterator[str]:
        name = f"{self._head}-{code.lower()[:_CODE]}"
        yield name
        number = 2
        while True:
            yield f"{name}-{number}"
            number += 1
