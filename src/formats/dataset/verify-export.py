#!/usr/bin/env python3
"""Checks this folder the way a user of the data would read it. Python's standard library only.

    python3 verify_export.py [folder]

Every span must satisfy text[start:end] == span["text"]; every text and every file must have the hash that is written down
for it; ids are unique; relations join spans of their document; no document is in two parts; the counts are those of
stats.json. Prints a line for each part, or exits with 1 and says everything that is wrong.
"""

import hashlib
import json
import sys
from pathlib import Path

MOST_SHOWN = 50
PARTS = ["train", "validation", "test"]


def is_index(value):
    return isinstance(value, int) and not isinstance(value, bool)


class Check:
    def __init__(self, folder):
        self.folder = folder
        self.wrong = []
        self.parts_of_ids = {}
        self.parts_of_texts = {}
        self.notes = []

    def expect(self, holds, message):
        if not holds:
            self.wrong.append(message)
        return holds

    def span(self, place, text, span):
        name = f"{place}, span {span['id']}"
        start, end = span["start"], span["end"]
        if not self.expect(is_index(start) and is_index(end), f"{name}: offsets {start!r}, {end!r} are not integers"):
            return
        if not self.expect(
            0 <= start < end <= len(text), f"{name}: {start}-{end} is no range of a text of {len(text)} code points"
        ):
            return
        here = text[start:end]
        self.expect(here == span["text"], f"{name}: text[{start}:{end}] is {here!r}, not {span['text']!r}")
        self.expect(isinstance(span["label"], str) and span["label"] != "", f"{name}: it has no label")

    def unique(self, place, kind, values):
        ids = [value["id"] for value in values]
        self.expect(len(set(ids)) == len(ids), f"{place}: two {kind} have the same id")
        return set(ids)

    def document(self, place, part, document):
        text = document["text"]
        self.expect(document["offset_unit"] == "codepoint", f"{place}: offset_unit is {document['offset_unit']!r}")
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        self.expect(document["text_sha256"] == digest, f"{place}: text_sha256 is {document['text_sha256']!r}, not {digest!r}")
        for span in document["spans"]:
            self.span(place, text, span)
        ids = self.unique(place, "spans", document["spans"])
        self.unique(place, "relations", document["relations"])
        for relation in document["relations"]:
            for end in ("head", "child"):
                name = f"{place}, relation {relation['id']}"
                self.expect(relation[end] in ids, f"{name}: its {end} {relation[end]!r} is not a span of the document")
        before = self.parts_of_ids.setdefault(document["id"], (part, place))
        self.expect(before[1] == place, f"{place}: the document {document['id']!r} stands in {before[1]} too")
        twin = self.parts_of_texts.setdefault(digest, (part, place))
        if twin[0] != part:
            self.notes.append(f"{place}: the same text stands in {twin[1]}")

    def file(self, path, figures):
        part = path.stem
        counts = {"documents": 0, "spans": 0, "relations": 0}
        digest = hashlib.sha256()
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                digest.update(line)
                place = f"{path.name}, line {number}"
                try:
                    document = json.loads(line.decode("utf-8"))
                    self.document(place, part, document)
                    counts["documents"] += 1
                    counts["spans"] += len(document["spans"])
                    counts["relations"] += len(document["relations"])
                except (KeyError, TypeError, AttributeError, ValueError) as fault:
                    self.wrong.append(f"{place}: {type(fault).__name__}: {fault}")
        for key, count in counts.items():
            said = figures.get(part, {}).get(key)
            self.expect(said == count, f"{path.name}: {count} {key}, but stats.json says {said}")
        print(f"{part}: " + ", ".join(f"{count} {key}" for key, count in counts.items()))
        return digest.hexdigest()

    def files(self):
        figures = json.loads((self.folder / "stats.json").read_text("utf-8"))["parts"]
        said = json.loads((self.folder / "croissant.json").read_text("utf-8"))["distribution"]
        card = (self.folder / "README.md").read_text("utf-8")
        paths = sorted((self.folder / "data").glob("*.jsonl"), key=lambda path: path.name)
        paths.sort(key=lambda path: PARTS.index(path.stem) if path.stem in PARTS else len(PARTS))
        found = {f"data/{path.name}": path for path in paths}
        written = {one["contentUrl"]: one["sha256"] for one in said}
        for name in sorted(written.keys() - found.keys()):
            self.wrong.append(f"{name} is missing")
        for name, path in found.items():
            digest = self.file(path, figures)
            self.expect(written.get(name) == digest, f"{name}: its SHA-256 is {digest}, but croissant.json says {written.get(name)}")
            self.expect(digest in card, f"{name}: its SHA-256 {digest} is not in README.md")


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    check = Check(folder)
    try:
        check.files()
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as fault:
        check.wrong.append(f"{type(fault).__name__}: {fault}")
    for note in check.notes[:MOST_SHOWN]:
        print(f"note: {note}")
    if check.wrong:
        for message in check.wrong[:MOST_SHOWN]:
            print(message, file=sys.stderr)
        sys.exit(f"{len(check.wrong)} things are wrong")
    print("all is well")


if __name__ == "__main__":
    main()
