#!/usr/bin/env python3
"""Checks the exports of one project in every format against its native lines. Python's standard library only.

    python3 tests/verify-formats.py folder

The folder has `native.jsonl` (offsets in code points) and, as far as they were written, the files named in `CHECKS`. Prints a
line for each format, those that are not there included, and exits with 1 if anything is wrong.
"""

import csv
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

csv.field_size_limit(2**31 - 1)


class Wrong(Exception):
    """What is wrong with an export."""


def check(holds, message):
    if not holds:
        raise Wrong(message)


def lines_of(path):
    """The JSON of each line; `splitlines` must find no more lines than there are."""
    text = path.read_bytes().decode("utf-8")
    check(text == "" or text.endswith("\n"), "the last line has no line feed")
    check(text.split("\n")[:-1] == text.splitlines(), "str.splitlines() finds more lines than there are")
    return [json.loads(line) for line in text.split("\n") if line]


def utf16(text, start, end):
    data = text.encode("utf-16-le")
    check(0 <= start < end <= len(data) // 2, f"{start}-{end} is no range of {len(data) // 2} UTF-16 units")
    return data[2 * start : 2 * end].decode("utf-16-le")


def points(text, start, end):
    check(0 <= start < end <= len(text), f"{start}-{end} is no range of {len(text)} code points")
    return text[start:end]


def octets(text, start, end):
    data = text.encode("utf-8")
    check(0 <= start < end <= len(data), f"{start}-{end} is no range of {len(data)} bytes")
    return data[start:end].decode("utf-8")


SLICES = {"codepoint": points, "utf16": utf16, "byte": octets}


def sorted_marks(marks):
    return sorted(marks, key=repr)


def same_marks(place, found, expected):
    """Marks are (words, label) pairs; nothing may be missing and nothing too many."""
    found, expected = sorted_marks(found), sorted_marks(expected)
    check(found == expected, f"{place}: spans are {found!r}, not {expected!r}")


def part_of(place, found, expected):
    """Flat formats may have fewer spans, and none that is not there."""
    left = list(expected)
    for mark in found:
        check(mark in left, f"{place}: {mark!r} is no span of the document")
        left.remove(mark)


class Native:
    """The documents as the native export has them."""

    def __init__(self, path):
        self.documents = lines_of(path)
        for number, document in enumerate(self.documents, 1):
            for span in document["spans"]:
                here = points(document["text"], span["start"], span["end"])
                check(here == span["text"], f"line {number}: {here!r} is not {span['text']!r}")

    def marks(self, document):
        return [(span["text"], span["label"]) for span in document["spans"]]

    def at_text(self, text):
        """All documents with this text."""
        found = [document for document in self.documents if document["text"] == text]
        check(found, f"no document has the text {text[:30]!r}")
        return found

    def with_id(self, identifier):
        found = [document for document in self.documents if document["id"] == identifier]
        check(found, f"no document has the id {identifier!r}")
        return found[0]

    def pairs(self, items):
        check(len(items) == len(self.documents), f"there are {len(items)} documents, not {len(self.documents)}")
        return zip(items, self.documents)

    def joined(self, document):
        """Relations as (head's words, child's words, type)."""
        words = {span["id"]: span["text"] for span in document["spans"]}
        return [(words[one["head"]], words[one["child"]], one["label"]) for one in document["relations"]]


def web_annotation(path, native):
    page = json.loads(path.read_bytes())
    texts = {item["id"]: item["value"] for item in page["items"] if item["type"] == "Text"}
    check(len(texts) == len(native.documents), f"there are {len(texts)} texts")
    found, words, links = {iri: [] for iri in texts}, {}, []
    for item in page["items"]:
        if item["type"] != "Annotation":
            continue
        if item["motivation"] == "linking":
            links.append((*(end["id"] for end in item["target"]), item["body"][0]["value"]))
        elif isinstance(item["target"], dict):
            text = texts[item["target"]["source"]]
            quote, place = item["target"]["selector"]
            here = points(text, place["start"], place["end"])
            check(here == quote["exact"], f"{item['id']}: {here!r} is not {quote['exact']!r}")
            check(text[: place["start"]].endswith(quote["prefix"]), f"{item['id']}: its prefix is not before it")
            check(text[place["end"] :].startswith(quote["suffix"]), f"{item['id']}: its suffix is not behind it")
            words[item["id"]] = here
            found[item["target"]["source"]].append((here, item["body"][0]["value"]))
    for (iri, text), document in native.pairs(list(texts.items())):
        check(text == document["text"], f"{iri}: another text")
        same_marks(iri, found[iri], native.marks(document))
    expected = [link for document in native.documents for link in native.joined(document)]
    same_marks("relations", [(words[head], words[child], label) for head, child, label in links], expected)


def pubannotation(path, native):
    value = json.loads(path.read_bytes())
    for item, document in native.pairs(value if isinstance(value, list) else [value]):
        check(item["text"] == document["text"], "another text")
        words = {}
        for one in item["denotations"]:
            words[one["id"]] = points(item["text"], one["span"]["begin"], one["span"]["end"])
        same_marks(item["sourceid"], [(words[one["id"]], one["obj"]) for one in item["denotations"]], native.marks(document))
        links = [(words[one["subj"]], words[one["obj"]], one["pred"]) for one in item["relations"]]
        same_marks(item["sourceid"], links, native.joined(document))


def cas_json(folder, native):
    files = sorted(folder.glob("*.json"))
    check(len(files) == len(native.documents), f"there are {len(files)} files")
    for file in files:
        structures = json.loads(file.read_bytes())["%FEATURE_STRUCTURES"]
        text = structures[0]["sofaString"]
        document = native.with_id(structures[1]["identifier"])
        check(text == document["text"], f"{file.name}: another text")
        spans = [one for one in structures if one["%TYPE"] == "custom.Span"]
        words = {one["%ID"]: utf16(text, one["begin"], one["end"]) for one in spans}
        same_marks(file.name, [(words[one["%ID"]], one["label"]) for one in spans], native.marks(document))
        relations = [one for one in structures if one["%TYPE"] == "custom.Relation"]
        links = [(words[one["@source"]], words[one["@target"]], one["label"]) for one in relations]
        same_marks(file.name, links, native.joined(document))


def in_xml(text):
    return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text)


def cas_xmi(folder, native):
    ElementTree.parse(folder / "TypeSystem.xml")
    files = sorted(folder.glob("*.xmi"))
    check(len(files) == len(native.documents), f"there are {len(files)} files")
    for file in files:
        root = ElementTree.parse(file).getroot()
        text = root.find("{http:///uima/cas.ecore}Sofa").get("sofaString")
        document = native.with_id(root.find("{http:///custom.ecore}Document").get("identifier"))
        check(text == in_xml(document["text"]), f"{file.name}: another text")
        spans = root.findall("{http:///custom.ecore}Span")
        found = [(utf16(text, int(one.get("begin")), int(one.get("end"))), one.get("label")) for one in spans]
        same_marks(file.name, found, [(in_xml(words), label) for words, label in native.marks(document)])


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unguarded(cell):
    return re.sub("^'('*[=+\\-@\t\r\n＝＋－＠])", r"\1", cell)


def csv_tables(folder, native):
    rows, spans = rows_of(folder / "documents.csv"), rows_of(folder / "spans.csv")
    for row, document in native.pairs(rows):
        text = unguarded(row["text"])
        check(text == document["text"], f"{row['id']}: another text")
        own = [one for one in spans if one["document"] == row["id"]]
        for one in own:
            here = SLICES[row["offset_unit"]](text, int(one["start"]), int(one["end"]))
            check(here == unguarded(one["text"]), f"{one['id']}: {here!r} is not {one['text']!r}")
        same_marks(row["id"], [(unguarded(one["text"]), unguarded(one["label"])) for one in own], native.marks(document))
    count = sum(len(document["relations"]) for document in native.documents)
    check(len(rows_of(folder / "relations.csv")) == count, f"there are not {count} relations")


def openai_chat(path, native):
    for row, document in native.pairs(lines_of(path)):
        system, user, assistant = row["messages"]
        check([one["role"] for one in (system, user, assistant)] == ["system", "user", "assistant"], "other roles")
        check(user["content"] == document["text"], "another text")
        spans = json.loads(assistant["content"])["spans"]
        check(all(span["quote"] in user["content"] for span in spans), "a quote is not in the text")
        same_marks(document["id"], [(span["quote"], span["label"]) for span in spans], native.marks(document))


def hf_spans(path, native):
    rows = lines_of(path)
    for row in rows:
        here = SLICES[row["offset_unit"]](row["context"], row["start"], row["end"])
        check(here == row["text"], f"{row['id']}: {here!r} is not {row['text']!r}")
    expected = [mark for document in native.documents for mark in native.marks(document)]
    same_marks("spans", [(row["text"], row["label"]) for row in rows], expected)


def html_page(path, native):
    page = path.read_bytes().decode("utf-8")
    check("default-src 'none'" in page, "there is no strict policy")
    check(re.search(r"<(script|img|iframe|link|object)\b|\son\w+=", re.sub(r'"[^"]*"', '""', page)) is None, "something may run")
    check(page.count("<article>") == len(native.documents), "not every document is there")


def parquet(path, native):
    data = path.read_bytes()
    check(data[:4] == b"PAR1" and data[-4:] == b"PAR1", "no signature at its ends")


def doccano(path, native):
    """In UTF-16 units, as doccano counts unless it counts graphemes."""
    for row, document in native.pairs(lines_of(path)):
        text = row["text"]
        check(text == document["text"], "another text")
        if "entities" in row:
            spans = [(one["id"], one["start_offset"], one["end_offset"], one["label"]) for one in row["entities"]]
            ids = [one[0] for one in spans]
            check(len(set(ids)) == len(ids), "two entities have the same id")
            for one in row.get("relations", []):
                check(one["from_id"] in ids and one["to_id"] in ids, "a relation refers to no entity")
        else:
            spans = [(None, *one) for one in row["label"]]
        same_marks("line", [(utf16(text, start, end), label) for _, start, end, label in spans], native.marks(document))


def prodigy(path, native):
    for row, document in native.pairs(lines_of(path)):
        text, tokens = row["text"], row.get("tokens")
        check(text == document["text"], "another text")
        for number, token in enumerate(tokens or []):
            check(token["id"] == number, f"token {number} has another id")
            check(points(text, token["start"], token["end"]) == token["text"], f"token {number} is not at its place")
        for span in row["spans"]:
            here = points(text, span["start"], span["end"])
            if tokens and "token_start" in span:
                first, last = tokens[span["token_start"]], tokens[span["token_end"]]
                check(first["start"] == span["start"] and last["end"] == span["end"], f"{here!r}: token_end is not inclusive")
        found = [(points(text, span["start"], span["end"]), span["label"]) for span in row["spans"]]
        # Ends are snapped to tokens where they are inside one; every label stays.
        check(sorted(label for _, label in found) == sorted(label for _, label in native.marks(document)) or len(found) < len(document["spans"]), "other labels")


def label_studio(path, native):
    for task, document in native.pairs(json.loads(path.read_bytes())):
        text, found, regions, links = task["data"]["text"], {}, set(), []
        check(text == document["text"], "another text")
        for annotation in task.get("annotations", []):
            for row in annotation["result"]:
                if row["type"] == "relation":
                    links.append(row)
                    continue
                value = row["value"]
                here = points(text, value["start"], value["end"])
                check("text" not in value or not isinstance(value["text"], str) or value["text"] == here, f"{here!r} is not {value.get('text')!r}")
                regions.add(row["id"])
                if row["type"] == "labels":
                    found[row["id"]] = (here, value["labels"][0])
        same_marks(task.get("id", "task"), list(found.values()), native.marks(document))
        for row in links:
            check(row["from_id"] in regions and row["to_id"] in regions, "a relation refers to no region")


def brat(folder, native):
    files = sorted(folder.glob("**/*.ann"))
    check(len(files) == len(native.documents), f"there are {len(files)} .ann files")
    for file in files:
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        check("\r" not in text, f"{file.name}: a carriage return in the text")
        count, ids = 0, set()
        for line in file.read_bytes().decode("utf-8").split("\n"):
            name = line.split("\t")[0]
            check(name in ("", "*") or name not in ids, f"{file.name}: {name} stands twice")
            ids.add(name)
            if not line.startswith("T"):
                continue
            _, where, words = line.split("\t", 2)
            kind, _, ranges = where.partition(" ")
            parts = [points(text, *map(int, one.split(" "))) for one in ranges.split(";")]
            check(" ".join(parts) == words and "\n" not in words, f"{file.name}, {name}: {parts!r} is not {words!r}")
            check(kind != "", f"{file.name}, {name}: no type")
            count += 1
        fewest = min(len(document["spans"]) for document in native.at_text(text))
        check(count >= fewest, f"{file.name}: {count} of {fewest} spans")


def gliner(path, native):
    text = path.read_bytes().decode("utf-8")
    rows = json.loads(text) if text.lstrip().startswith("[") else lines_of(path)
    for row, document in native.pairs(rows):
        tokens = row["tokenized_text"]
        for start, end, label in row["ner"]:
            check(0 <= start <= end < len(tokens), f"{start}-{end} is no inclusive range of {len(tokens)} tokens")
            check(label in {span["label"] for span in document["spans"]}, f"{label!r} is no label of the document")
        for head, child, _ in row.get("relations", []):
            check(max(head, child) < len(row["ner"]), "a relation refers to no span")


def legal_tags(tags):
    """BIO, BIOES and IOB1: an I may not change its label from the tag before; in BIO it may not begin a span."""
    schemes = {tag.split("-", 1)[0] for tag in tags}
    check(schemes <= set("OBIES"), f"there are tags {sorted(schemes)!r}")
    before = "O"
    for number, tag in enumerate(tags):
        kind, _, label = tag.partition("-")
        check((kind == "O") == (label == ""), f"tag {number} is {tag!r}")
        if kind in "IE":
            check(before[0] in "BI" and before[2:] == label, f"tag {number} is {tag!r} after {before!r}")
        if {"E", "S"} & schemes and before[0] in "BI":
            check(kind in "IE", f"tag {number} is {tag!r} after {before!r}")
        before = tag


def hf_tokens(path, native):
    for row, document in native.pairs(lines_of(path)):
        tags = row.get("ner_tags", row.get("tags"))
        check(len(row["tokens"]) == len(tags), "there is not a tag for each token")
        if all(isinstance(tag, str) for tag in tags):
            legal_tags(tags)
        check(all("".join(token.split()) == token for token in row["tokens"]), "a token has white space")
        check("".join(row["tokens"]) == "".join(document["text"].split()), "the tokens are not those of the text")


def conll(path, native):
    texts = []
    for block in re.split(r"\n[ \t]*\n", path.read_bytes().decode("utf-8")):
        rows = [re.split(r"[\t ]+", line) for line in block.split("\n") if line.strip()]
        if rows and rows[0][0] == "-DOCSTART-":
            texts.append([])
            rows = rows[1:]
        if not rows:
            continue
        check(len({len(row) for row in rows}) == 1 and len(rows[0]) > 1, "rows of different lengths")
        legal_tags([row[-1] for row in rows])
        if not texts:
            texts.append([])
        texts[-1].extend(row[0] for row in rows)
    words = "".join("".join("".join(document["text"].split()) for document in native.documents))
    check("".join(token for text in texts for token in text) == words, "the tokens are not those of the texts")


def webanno(folder, native):
    files = sorted(folder.glob("**/*.tsv"))
    check(len(files) == len(native.documents), f"there are {len(files)} files")
    for file in files:
        lines = file.read_bytes().decode("utf-8").split("\n")
        check(lines[0] == "#FORMAT=WebAnno TSV 3.3", f"{file.name}: another first line")
        rows = [line.split("\t") for line in lines if re.match(r"\d+-\d+(\.\d+)?\t", line)]
        ranges = [(*map(int, row[1].split("-")), row[2]) for row in rows]

        def fits(document):
            data = document["text"].encode("utf-16-le")
            return all(data[2 * start : 2 * end].decode("utf-16-le", "replace") == words for start, end, words in unescaped)

        unescaped = [(start, end, re.sub(r"\\(.)", r"\1", words)) for start, end, words in ranges]
        check(any(fits(document) for document in native.documents), f"{file.name}: its tokens stand in no text at their UTF-16 units")


CHECKS = {
    "Web Annotation": ("web-annotation.jsonld", web_annotation),
    "PubAnnotation": ("pubannotation.json", pubannotation),
    "UIMA CAS JSON": ("cas-json", cas_json),
    "UIMA CAS XMI": ("cas-xmi", cas_xmi),
    "CSV": ("csv", csv_tables),
    "OpenAI chat": ("openai-chat.jsonl", openai_chat),
    "Hugging Face spans": ("hugging-face-spans.jsonl", hf_spans),
    "HTML": ("html-page.html", html_page),
    "Parquet": ("parquet.parquet", parquet),
    "doccano": ("doccano.jsonl", doccano),
    "Prodigy": ("prodigy.jsonl", prodigy),
    "Label Studio": ("label-studio.json", label_studio),
    "brat": ("brat", brat),
    "GLiNER": ("gliner.json", gliner),
    "Hugging Face tokens": ("hugging-face-tokens.jsonl", hf_tokens),
    "CoNLL": ("conll.conll", conll),
    "WebAnno TSV": ("webanno", webanno),
}


def main():
    folder = Path(sys.argv[1])
    native = Native(folder / "native.jsonl")
    is_wrong = False
    for name, (path, verify) in CHECKS.items():
        if not (folder / path).exists():
            print(f"{name}: skipped, there is no {path}")
            continue
        try:
            verify(folder / path, native)
            print(f"{name}: all is well")
        except Wrong as wrong:
            is_wrong = True
            print(f"{name}: {wrong}")
        except (OSError, KeyError, IndexError, TypeError, AttributeError, ValueError, ElementTree.ParseError) as fault:
            is_wrong = True
            print(f"{name}: {type(fault).__name__}: {fault}")
    sys.exit(1 if is_wrong else 0)


if __name__ == "__main__":
    main()
