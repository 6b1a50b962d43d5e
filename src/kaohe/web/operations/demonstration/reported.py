"""Information items with their adoptions, and work records, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kaohe.demo.year.county_model import Information
from kaohe.demo.year.county_model import WorkRecord as MadeRecord
from kaohe.web.common.writing import Change, writing
from kaohe.web.fieldwork.models import Adoption, Evidence, InformationItem, WorkRecord
from kaohe.web.fieldwork.queries.likeness import sketch
from kaohe.web.operations.demonstration.part import BUREAU, Part
from kaohe.web.roster.models import WorkYear


class ReportedWork(Part):
    """Loads what units and people reported, and what became of it."""

    def information(self, items: Sequence[Information]) -> None:
        """The texts, each with its sketch; an issue that takes texts up proves all of them."""
        columns = ["county_id", "kind", "unit_id", "posting_id", "person_id", "reported_by"]
        columns += ["title", "text", "reported_at", "state", "received_by", "received_at"]
        columns += ["note", "sketch"]
        with writing(self.actor, "information.report") as change:
            rows = [self._item(one) for one in items]
            keys = self.load(change, InformationItem, columns, rows)
        with writing(self.actor, "information.receive") as change:
            proofs: dict[str, Evidence] = {}
            adopted = [
                (key, one) for key, item in zip(keys, items, strict=True) for one in item.adoptions
            ]
            rows = []
            for key, one in adopted:
                if one.proof not in proofs:
                    proofs[one.proof] = self.picture(change, one.proof)
                proof = proofs[one.proof].pk
                rows.append((key, one.level, one.outlet, one.day, proof, BUREAU))
            columns = ["item_id", "level", "outlet", "day", "proof_id", "registered_by"]
            self.load(change, Adoption, columns, rows)

    def _item(self, one: Information) -> tuple[object, ...]:
        person = None if one.person is None else self.roster.people[one.person]
        return (
            self.county_id,
            one.kind,
            self.unit_id(one.unit),
            self.posting_id(one.posting),
            None if person is None else person.pk,
            str(person) if person is not None else self.subject(one.unit, None),
            one.title,
            one.text,
            one.reported,
            one.state,
            BUREAU if one.decided else "",
            one.decided,
            one.note,
            sketch(one.text),
        )

    def records(self, made: Sequence[MadeRecord], year: WorkYear) -> None:
        """Work records; the page of a register proves all that are entered in it."""
        columns = ["county_id", "year_id", "kind", "unit_id", "posting_id", "day", "target"]
        columns += ["quantity", "text", "reported_by", "reported_at", "state", "confirmed_by"]
        columns += ["confirmed_at", "note"]
        with writing(self.actor, "record.report") as change:
            rows = [self._record(one, year) for one in made]
            keys = self.load(change, WorkRecord, columns, rows)
            link = WorkRecord.evidence.through
            proofs = self._proofs(change, made)
            attached = [
                (key, proofs[one.photo].pk)
                for key, one in zip(keys, made, strict=True)
                if one.photo
            ]
            self.load(change, link, ["record_id", "evidence_id"], attached)

    def _proofs(self, change: Change, made: Iterable[MadeRecord]) -> dict[str, Evidence]:
        names = dict.fromkeys(one.photo for one in made if one.photo)
        return {
            name: self.picture(change, name, unit=self.roster.units[name.partition("-")[0]])
            for name in names
        }

    def _record(self, one: MadeRecord, year: WorkYear) -> tuple[object, ...]:
        return (
            self.county_id,
            year.pk,
            one.kind,
            self.unit_id(one.unit),
            self.posting_id(one.posting),
            one.day,
            one.target,
            one.quantity,
            one.text,
            self.subject(one.unit, one.posting),
            one.reported,
            one.state,
            self._confirmer(one) if one.confirmed else "",
            one.confirmed,
            one.note,
        )

    def _confirmer(self, one: MadeRecord) -> str:
        """A technician's work is confirmed by the township, a unit's by the bureau."""
        if one.posting is None:
            return BUREAU
        return self.roster.postings[one.posting].village.township.name
