#!/usr/bin/env python3
"""Checks an export of Locution the way a user of the data would read it. Python's standard library only.

    python3 tests/verify-export.py export.jsonl [--equals article.txt] [--spans gold.jsonl]

Every span must satisfy text[start:end] == span["text"]; every hash must fit its text; spans and relations must stand in
their order; every relation must join two spans of its document. Prints a line with the counts, or exits with 1 and the
first thing that is wrong.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path


class Wrong(Exception):
    """What is wrong with the export."""


def check(holds, message):
    if not holds:
        raise Wrong(message)


def documents_in(path):
    """The documents of a .jsonl or .json file, each with its place for messages."""
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".json":
        value = json.loads(text)
        check(value["format"] == "locution" and value["version"] == 1, "is not Locution's JSON, version 1")
        return [(f"document {number}", document) for number, document in enumerate(value["documents"], 1)]
    return [(f"line {number}", json.loads(line)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def check_lines(path):
    """However Python is asked for the lines of an export, they must be its documents."""
    text = path.read_bytes().decode("utf-8")
    check(text == "" or text.endswith("\n"), "the last line has no line feed")
    check(text.split("\n")[:-1] == text.splitlines(), "str.splitlines() finds more lines than there are documents")


def in_utf16(text):
    """Sorts as JavaScript does, by UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")


def is_index(value):
    return isinstance(value, int) and not isinstance(value, bool)


def check_span(place, text, span):
    name = f"{place}, span {span['id']}"
    start, end = span["start"], span["end"]
    check(is_index(start) and is_index(end), f"{name}: offsets {start!r}, {end!r} are not integers")
    check(0 <= start < end <= len(text), f"{name}: {start}-{end} is no range of a text of {len(text)} code points")
    here = text[start:end]
    check(here == span["text"], f"{name}: text[{start}:{end}] is {here!r}, not {span['text']!r}")
    check(isinstance(span["label"], str) and span["label"] != "", f"{name}: no label")
    check(isinstance(span["annotator"], str), f"{name}: no annotator")
    check(isinstance(span["attributes"], dict), f"{name}: no attributes")


def check_order(place, kind, values, key):
    check(values == sorted(values, key=key), f"{place}: the {kind} are not in order")
    check(len({value["id"] for value in values}) == len(values), f"{place}: two {kind} have the same id")


def check_document(place, document):
    text, spans, relations = document["text"], document["spans"], document["relations"]
    check(document["offset_unit"] == "codepoint", f"{place}: offset_unit is {document['offset_unit']!r}")
    check("\r" not in text, f"{place}: the text has a carriage return")
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    check(document["text_sha256"] == digest, f"{place}: text_sha256 is {document['text_sha256']!r}, not {digest!r}")
    for span in spans:
        check_span(place, text, span)
    check_order(place, "spans", spans, lambda span: (span["start"], -span["end"], in_utf16(span["id"])))
    check_order(place, "relations", relations, lambda relation: in_utf16(relation["id"]))
    ids = {span["id"] for span in spans}
    for relation in relations:
        for end in ("head", "child"):
            name = f"{place}, relation {relation['id']}"
            check(relation[end] in ids, f"{name}: its {end} {relation[end]!r} is not a span of the document")


def text_of(path):
    """A text file as Locution takes it in: no byte order mark, every line break a line feed."""
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def check_equals(documents, path):
    expected = text_of(path)
    texts = [document["text"] for _, document in documents]
    if expected in texts:
        return
    check(len(texts) == 1, f"none of the {len(texts)} texts is that of {path.name}")
    pairs = zip(texts[0], expected)
    at = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(texts[0]), len(expected)))
    here, there = texts[0][at : at + 20], expected[at : at + 20]
    raise Wrong(f"the text is not that of {path.name}: at {at} it goes on {here!r}, not {there!r}")


def marks_of(document):
    return {(span["start"], span["end"], span["label"]) for span in document["spans"]}


def check_spans(documents, path):
    for place, gold in documents_in(path):
        name = f"{path.name}, {place}"
        twin = next((document for _, document in documents if document["text"] == gold["text"]), None)
        check(twin is not None, f"{name}: no document has this text")
        missing, extra = marks_of(gold) - marks_of(twin), marks_of(twin) - marks_of(gold)
        check(not missing and not extra, f"{name}: spans missing {sorted(missing)}, too many {sorted(extra)}")


def counted(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def verify(path, equals, spans):
    documents = documents_in(path)
    if path.suffix != ".json":
        check_lines(path)
    for place, document in documents:
        check_document(place, document)
    if equals:
        check_equals(documents, equals)
    if spans:
        check_spans(documents, spans)
    counts = [sum(len(document[kind]) for _, document in documents) for kind in ("spans", "relations")]
    return ", ".join(map(counted, [len(documents), *counts], ["document", "span", "relation"]))


def main():
    parser = argparse.ArgumentParser(description="Checks an export of Locution.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--equals", type=Path, help="a text file that one of the texts must equal")
    parser.add_argument("--spans", type=Path, help="a .jsonl file whose spans the export must have, and no others")
    options = parser.parse_args()
    try:
        print(f"{options.export.name}: {verify(options.export, options.equals, options.spans)}; all is well")
    except Wrong as wrong:
        sys.exit(f"{options.export.name}: {wrong}")
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as fault:
        sys.exit(f"{options.export.name}: {type(fault).__name__}: {fault}")


if __name__ == "__main__":
    main()
