"""`frontdesk duplicates`, `merge`, `part`: files that are likely one person's, made one and parted again."""

from __future__ import annotations

from argparse import Namespace

from frontdesk.cli import as_json
from frontdesk.cli.common import the_desk
from frontdesk.cli.output import document, out, table


def duplicates(options: Namespace) -> None:
    """Likely duplicates, the most alike first; or two that are two people."""
    with the_desk(options) as desk:
        if options.apart:
            words = desk.duplicates.tell_apart(*options.apart)
            if options.json:
                document({"apart": options.apart})
            else:
                out(words)
            return
        found = desk.duplicates.likely(options.limit)
        if options.json:
            document(
                [
                    {
                        "patients": [as_json.person(one) for one in (pair.one, pair.other)],
                        "weight": round(pair.likeness.weight, 1),
                        "reasons": list(pair.likeness.reasons),
                        "against": list(pair.likeness.against),
                    }
                    for pair in found
                ]
            )
            return
        table(
            [
                [f"{pair.one.id}", pair.one.name, f"{pair.other.id}", pair.other.name, ", ".join(pair.likeness.reasons)]
                for pair in found
            ]
        )
        if not found:
            out("no two files look like one person's")


def merge(options: Namespace) -> None:
    """Makes two files one."""
    with the_desk(options) as desk:
        take = frozenset(one.strip() for one in (options.take or "").split(",") if one.strip())
        done = desk.duplicates.merge(options.patient, options.other, take)
        if options.json:
            document({**as_json.person(done.patient), "merged": options.other})
        else:
            out(f"{done.words} (`frontdesk part {done.patient.id}` takes it back)")


def part(options: Namespace) -> None:
    """Takes the last merge into a file back."""
    with the_desk(options) as desk:
        done = desk.duplicates.part(options.patient)
        if options.json:
            document(as_json.person(done.patient))
        else:
            out(done.words)
