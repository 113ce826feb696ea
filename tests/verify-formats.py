#!/usr/bin/env python3
"""Checks the exports of one project in every format against its native lines. Python's standard library only.

    python3 tests/verify-formats.py folder

The folder has `native.jsonl` (offsets in code points) and a folder for each format by its name, in which every choice that
the format offers has a folder of its own: `CSV/byte safe/spans.csv`. A format that is written as one file has it there as
`export` with its extension. Prints a line for each choice of each format, and exits with 1 if anything is wrong; a format
that is not known here is wrong.
"""

import csv
import hashlib
import json
import re
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from bisect import bisect_right
from html.parser import HTMLParser
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


def continues(before, sign):
    """Whether a sign goes on with the grapheme before it: marks, joiners, skin tones, what is joined, the second half of a flag."""
    if "\0" in before or unicodedata.category(before[-1]) in ("Cc", "Zl", "Zp"):
        return False
    is_mark = unicodedata.category(sign) in ("Mn", "Me", "Mc") or sign in "\u200c\u200d\u0e33" or "\U000e0020" <= sign <= "\U000e007f" or "\U0001f3fb" <= sign <= "\U0001f3ff"
    is_joined = before[-1] == "\u200d" and unicodedata.category(sign) == "So" and unicodedata.category(before[0]) == "So"
    is_flag = "\U0001f1e6" <= sign <= "\U0001f1ff" and len(before) == 1 and "\U0001f1e6" <= before <= "\U0001f1ff"
    is_jamo = "\u1100" <= before[-1] < "\u1200" and "\u1160" <= sign < "\u1200"
    is_conjunct = before[-1] in "\u094d\u17d2" and unicodedata.category(sign) == "Lo"
    return is_mark or is_joined or is_flag or is_jamo or is_conjunct


def graphemes(text, start, end):
    """Enough of Unicode's rules for the texts of a test; texts have no carriage returns."""
    clusters = []
    for sign in text:
        if clusters and continues(clusters[-1], sign):
            clusters[-1] += sign
        else:
            clusters.append(sign)
    check(0 <= start < end <= len(clusters), f"{start}-{end} is no range of {len(clusters)} graphemes")
    return "".join(clusters[start:end])


SLICES = {"codepoint": points, "utf16": utf16, "byte": octets, "grapheme": graphemes}


def unit_of(choice):
    """The unit that a folder's name says."""
    return next((word for word in choice.split() if word in SLICES), None)


def only(folder):
    """The one file of a format that is written as one."""
    files = list(folder.iterdir())
    check(len(files) == 1, f"there are {len(files)} files")
    return files[0]


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
        return native_marks(document)

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


# White space as Unicode has it, and the byte order mark.
WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def squeezed(text):
    return re.sub(f"[{WHITE}]+", "", text)


def one_word(label):
    """A label as formats have it that have one word for it: white space is "_", and so is what Python takes for it."""
    return re.sub(f"[{WHITE}\x1c-\x1f]+", "_", label)


def token_marks(place, tokens, found, document, is_flat, worded=str):
    """Marks are (first token, last token, label), the last included: the spans of the document widened to whole tokens."""
    check("".join(tokens) == squeezed(document["text"]), f"{place}: the tokens are not those of the text")
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    expected = []
    for span in document["spans"]:
        start, end = (len(squeezed(document["text"][:edge])) for edge in (span["start"], span["end"]))
        if start < end:
            expected.append((bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1, span["label"]))
    if not is_flat:
        return same_marks(place, found, expected)
    part_of(place, found, [(first, last, worded(label)) for first, last, label in expected])
    inside = [token for first, last, _ in found for token in range(first, last + 1)]
    check(len(set(inside)) == len(inside), f"{place}: two marks have a token in common")
    for mark in expected:
        check(any(token in inside for token in range(mark[0], mark[1] + 1)), f"{place}: {mark!r} is missing and overlaps nothing")


def same_document(item, document):
    """A document as Locution's own lines have it."""
    text, unit = item["text"], SLICES[item.get("offset_unit", "codepoint")]
    check(text == document["text"], f"{document['id']}: another text")
    digest = item.get("text_sha256", "sha256:")
    check(digest in ("sha256:", hashlib.sha256(text.encode()).hexdigest(), "sha256:" + hashlib.sha256(text.encode()).hexdigest()), f"{document['id']}: another digest")
    words = {span["id"]: unit(text, span["start"], span["end"]) for span in item["spans"]}
    check(all(words[span["id"]] == span["text"] for span in item["spans"]), f"{document['id']}: words that are not at their place")
    same_marks(document["id"], [(words[span["id"]], span["label"]) for span in item["spans"]], native_marks(document))
    links = [(words[one["head"]], words[one["child"]], one["label"]) for one in item["relations"]]
    expected = {span["id"]: span["text"] for span in document["spans"]}
    same_marks(document["id"], links, [(expected[one["head"]], expected[one["child"]], one["label"]) for one in document["relations"]])
    for key in ("annotator", "attributes", "note"):
        of = lambda spans: sorted(json.dumps([span["id"], span.get(key)]) for span in spans)
        check(of(item["spans"]) == of(document["spans"]), f"{document['id']}: another {key} of a span")


def native_marks(document):
    return [(span["text"], span["label"]) for span in document["spans"]]


def json_lines(folder, native, choice):
    for item, document in native.pairs(lines_of(only(folder))):
        check(item["offset_unit"] == unit_of(choice), f"it says {item['offset_unit']}")
        same_document(item, document)


def whole_json(folder, native, choice):
    for item, document in native.pairs(json.loads(only(folder).read_bytes())["documents"]):
        check(item["offset_unit"] == unit_of(choice), f"it says {item['offset_unit']}")
        same_document(item, document)


def dataset(folder, native, _):
    for item, document in native.pairs(lines_of(folder / "data" / "train.jsonl")):
        same_document(item, document)
    for script in folder.glob("*.py"):
        compile(script.read_bytes(), script.name, "exec")
    for file in folder.glob("*.json"):
        json.loads(file.read_bytes())


def spacy(folder, native, _):
    for item, document in native.pairs(lines_of(folder / "data.jsonl")):
        same_document(item, document)
        check(sorted(name for name, score in item.get("cats", {}).items() if score) == sorted(document.get("labels", [])), "other categories")
    compile((folder / "to_docbin.py").read_bytes(), "to_docbin.py", "exec")


def web_annotation(folder, native, choice):
    page = json.loads(only(folder).read_bytes())
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


def pubannotation(folder, native, choice):
    value = json.loads(only(folder).read_bytes())
    for item, document in native.pairs(value if isinstance(value, list) else [value]):
        check(item["text"] == document["text"], "another text")
        words = {}
        for one in item["denotations"]:
            words[one["id"]] = points(item["text"], one["span"]["begin"], one["span"]["end"])
        same_marks(item["sourceid"], [(words[one["id"]], one["obj"]) for one in item["denotations"]], native.marks(document))
        links = [(words[one["subj"]], words[one["obj"]], one["pred"]) for one in item["relations"]]
        same_marks(item["sourceid"], links, native.joined(document))


def cas_json(folder, native, choice):
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


def cas_xmi(folder, native, choice):
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
        same_marks(file.name, found, [(in_xml(words), in_xml(label)) for words, label in native.marks(document)])
        own = "{http://www.omg.org/XMI}id"
        words = {one.get(own): mark[0] for one, mark in zip(spans, found)}
        relations = root.findall("{http:///custom.ecore}Relation")
        links = [(words[one.get("source")], words[one.get("target")], one.get("label")) for one in relations]
        same_marks(file.name, links, [(in_xml(head), in_xml(child), in_xml(label)) for head, child, label in native.joined(document)])


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unguarded(cell):
    return re.sub("^'('*[=+\\-@\t\r\n＝＋－＠])", r"\1", cell)


def csv_tables(folder, native, choice):
    rows, spans = rows_of(folder / "documents.csv"), rows_of(folder / "spans.csv")
    for row, document in native.pairs(rows):
        text = unguarded(row["text"])
        check(text == document["text"], f"{row['id']}: another text")
        own = [one for one in spans if one["document"] == row["id"]]
        check(row["offset_unit"] == unit_of(choice), f"it says {row['offset_unit']}")
        for one in own:
            here = SLICES[row["offset_unit"]](text, int(one["start"]), int(one["end"]))
            check(here == unguarded(one["text"]), f"{one['id']}: {here!r} is not {one['text']!r}")
        same_marks(row["id"], [(unguarded(one["text"]), unguarded(one["label"])) for one in own], native.marks(document))
    links = [(one["head"], one["child"], unguarded(one["label"])) for one in rows_of(folder / "relations.csv")]
    expected = [one for document in native.documents for one in document["relations"]]
    same_marks("relations", links, [(one["head"], one["child"], one["label"]) for one in expected])


def openai_chat(folder, native, choice):
    for row, document in native.pairs(lines_of(only(folder))):
        system, user, assistant = row["messages"]
        check([one["role"] for one in (system, user, assistant)] == ["system", "user", "assistant"], "other roles")
        check(user["content"] == document["text"], "another text")
        spans = json.loads(assistant["content"])["spans"]
        check(all(span["quote"] in user["content"] for span in spans), "a quote is not in the text")
        same_marks(document["id"], [(span["quote"], span["label"]) for span in spans], native.marks(document))


def hf_spans(folder, native, choice):
    rows = lines_of(only(folder))
    for row in rows:
        check(row["offset_unit"] == unit_of(choice), f"it says {row['offset_unit']}")
        here = SLICES[row["offset_unit"]](row["context"], row["start"], row["end"])
        check(here == row["text"], f"{row['id']}: {here!r} is not {row['text']!r}")
    expected = [mark for document in native.documents for mark in native.marks(document)]
    same_marks("spans", [(row["text"], row["label"]) for row in rows], expected)


class Page(HTMLParser):
    """The texts of the articles of a page, and the cells of their rows, each under the head of its column."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self.rows, self.heads, self.into = [], [], [], None

    def handle_starttag(self, tag, attrs):
        check(tag not in ("script", "img", "iframe", "link", "object"), f"<{tag}> may run")
        check(not any(name.startswith("on") for name, _ in attrs), f"an attribute of <{tag}> may run")
        if tag == "div" and ("class", "text") in attrs:
            self.texts.append("")
            self.rows.append([])
            self.into = self.texts
        elif tag == "table":
            self.heads = []
        elif tag == "th":
            self.heads.append("")
            self.into = self.heads
        elif tag == "tr":
            self.cells = []
        elif tag == "td":
            self.cells.append("")
            self.into = self.cells

    def handle_endtag(self, tag):
        if tag in ("div", "td", "th"):
            self.into = None
        elif tag == "tr" and self.cells:
            check(len(self.cells) == len(self.heads), "a row has not the columns of its table")
            self.rows[-1].append(dict(zip(self.heads, self.cells)))

    def handle_data(self, data):
        if self.into is not None:
            self.into[-1] += data


def on_page(text):
    return re.sub("[\0-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)


def html_page(folder, native, _):
    page = only(folder).read_bytes().decode("utf-8")
    check("default-src 'none'" in page, "there is no strict policy")
    read = Page()
    read.feed(page)
    for text, rows, document in zip(read.texts, read.rows, (one for _, one in native.pairs(read.texts))):
        check(text == on_page(document["text"]), f"{document['id']}: another text")
        words = [row["Words"] for row in rows if "Words" in row]
        same_marks(document["id"], words, [on_page(span["text"]) for span in document["spans"]])
        check(len(rows) - len(words) == len(document["relations"]), f"{document['id']}: other relations")


def parquet(folder, native, choice):
    data = only(folder).read_bytes()
    check(data[:4] == b"PAR1" and data[-4:] == b"PAR1", "no signature at its ends")


def doccano(folder, native, choice):
    """The file does not say what it counts."""
    unit = SLICES[unit_of(choice)]
    for row, document in native.pairs(lines_of(only(folder))):
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
        # What ends inside a grapheme has no place among them.
        same = part_of if unit is graphemes else same_marks
        same(document["id"], [(unit(text, start, end), label) for _, start, end, label in spans], native.marks(document))


def prodigy(folder, native, _):
    for row, document in native.pairs(lines_of(only(folder))):
        text, tokens = row["text"], row["tokens"]
        check(text == document["text"], "another text")
        for number, token in enumerate(tokens):
            check(token["id"] == number, f"token {number} has another id")
            check(points(text, token["start"], token["end"]) == token["text"], f"token {number} is not at its place")
        words = {}
        for span in row["spans"]:
            words[span["id"]] = here = points(text, span["start"], span["end"])
            check(here == span["text"], f"{here!r} is not {span['text']!r}")
            if "token_start" in span:
                first, last = tokens[span["token_start"]], tokens[span["token_end"]]
                check(first["start"] == span["start"] and last["end"] == span["end"], f"{here!r}: token_end is not inclusive")
        same_marks(document["id"], [(words[span["id"]], span["label"]) for span in row["spans"]], native.marks(document))
        links = [(words[one["head_span"]["id"]], words[one["child_span"]["id"]], one["label"]) for one in row["relations"]]
        same_marks(document["id"], links, native.joined(document))


def label_studio(folder, native, choice):
    for task, document in native.pairs(json.loads(only(folder).read_bytes())):
        text, found, regions, links = task["data"]["text"], {}, set(), []
        check(text == document["text"], "another text")
        for annotation in task.get("annotations", []):
            for row in annotation["result"]:
                if row["type"] == "relation":
                    links.append(row)
                    continue
                value = row["value"]
                if "start" not in value:
                    # What is said of the whole text.
                    continue
                here = points(text, value["start"], value["end"])
                check("text" not in value or not isinstance(value["text"], str) or value["text"] == here, f"{here!r} is not {value.get('text')!r}")
                regions.add(row["id"])
                if row["type"] == "labels":
                    found[row["id"]] = (here, value["labels"][0])
        same_marks(task.get("id", "task"), list(found.values()), native.marks(document))
        for row in links:
            check(row["from_id"] in regions and row["to_id"] in regions, "a relation refers to no region")


def label_studio_min(folder, native, _):
    """An item for each annotator."""
    found = {}
    for item in json.loads(only(folder).read_bytes()):
        document = native.with_id(item["id"])
        check(item["text"] == document["text"], f"{item['id']}: another text")
        for one in item["label"]:
            here = points(item["text"], one["start"], one["end"])
            check(here == one["text"], f"{item['id']}: {here!r} is not {one['text']!r}")
        found.setdefault(item["id"], []).extend((one["text"], one["labels"][0]) for one in item["label"])
    for _, document in native.pairs(found):
        same_marks(document["id"], found[document["id"]], native.marks(document))


def without_white(text, marks):
    """Ranges of code points counted without white space; those that have nothing else go."""
    ranges = [(len(squeezed(text[:start])), len(squeezed(text[:end])), label) for start, end, label in marks]
    return [mark for mark in ranges if mark[0] < mark[1]]


def ann_marks(file, text):
    """The marks of one file: ranges from the first to the last of their fragments."""
    marks, ids, links = {}, set(), []
    for line in file.read_bytes().decode("utf-8").split("\n"):
        name, _, rest = line.partition("\t")
        check(name in ("", "*") or name not in ids, f"{file.name}: {name} stands twice")
        ids.add(name)
        if name.startswith("T"):
            where, words = rest.split("\t", 1)
            kind, _, ranges = where.partition(" ")
            places = [tuple(map(int, one.split(" "))) for one in ranges.split(";")]
            parts = [points(text, *place) for place in places]
            check(" ".join(parts) == words and "\n" not in words, f"{file.name}, {name}: {parts!r} is not {words!r}")
            check(kind != "", f"{file.name}, {name}: no type")
            marks[name] = (places[0][0], places[-1][1], kind)
        elif name.startswith("R"):
            links.append(re.fullmatch(r"(\S+) Arg1:(\S+) Arg2:(\S+)\t?", rest))
    for link in links:
        check(link and link[2] in marks and link[3] in marks, f"{file.name}: a relation joins no marks")
    return list(marks.values())


def brat(folder, native, _):
    """A document has a file for each of its annotators, all with its text."""
    found = {}
    for file in folder.glob("**/*.ann"):
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        native.at_text(text)
        found.setdefault(text, []).extend(without_white(text, ann_marks(file, text)))
    check(set(found) == {document["text"] for document in native.documents}, "a text is missing")
    for text, marks in found.items():
        spans = [span for document in native.at_text(text) for span in document["spans"]]
        expected = without_white(text, [(span["start"], span["end"], one_word(span["label"])) for span in spans])
        same_marks(repr(text[:30]), marks, expected)


def gliner(folder, native, _):
    for row, document in native.pairs(json.loads(only(folder).read_bytes())):
        token_marks(document["id"], row["tokenized_text"], [tuple(mark) for mark in row["ner"]], document, False)
        for head, child, _ in row.get("relations", []):
            check(max(head, child) < len(row["ner"]), "a relation refers to no span")


def marks_of_tags(tags, tagging):
    """In BIO and BIOES an I goes on with the tag before it; in IOB1 it may begin a span, and B parts two that touch."""
    letters = {"BIO": "BIO", "BIOES": "BIESO", "IOB1": "BIO"}[tagging]
    marks, before = [], "O"
    for number, tag in enumerate(tags):
        kind, _, label = tag.partition("-")
        check(kind in letters and (kind == "O") == (label == ""), f"tag {number} is {tag!r}")
        goes_on = kind in "IE" and before[0] in "BI" and before[2:] == label
        check(tagging == "IOB1" or kind not in "IE" or goes_on, f"tag {number} is {tag!r} after {before!r}")
        check(tagging != "BIOES" or goes_on or before[0] not in "BI", f"tag {number} is {tag!r} after {before!r}")
        check(tagging != "IOB1" or kind != "B" or before[2:] == label, f"tag {number} is {tag!r} after {before!r}")
        if goes_on:
            marks[-1] = (marks[-1][0], number, label)
        elif kind != "O":
            marks.append((number, number, label))
        before = tag
    return marks


def tagging_of(choice):
    return next(word for word in choice.split() if word in ("BIO", "BIOES", "IOB1"))


def hf_tokens(folder, native, choice):
    for row, document in native.pairs(lines_of(only(folder))):
        check(len(row["tokens"]) == len(row["ner_tags"]), "there is not a tag for each token")
        found = marks_of_tags(row["ner_tags"], tagging_of(choice))
        token_marks(document["id"], row["tokens"], found, document, True)


def token_rows(width):
    """Documents between lines of `-DOCSTART-`, rows of so many columns."""

    def verify(folder, native, choice):
        texts = []
        for line in only(folder).read_bytes().decode("utf-8").split("\n"):
            row = re.split(r"[\t ]", line)
            if row[0] == "-DOCSTART-":
                texts.append([])
            elif line:
                check(len(row) == width, f"{line!r} has not {width} columns")
                texts[-1].append(row)
        for rows, document in native.pairs(texts):
            found = marks_of_tags([row[-1] for row in rows], tagging_of(choice))
            token_marks(document["id"], [row[0] for row in rows], found, document, True, one_word)

    return verify


def split_at(cell, sign):
    """At the signs that are not escaped."""
    return re.findall(rf"(?:\\.|[^\\{sign}])+", cell, re.S)


def plain(cell):
    return re.sub(r"\\(.)", lambda sign: {"t": "\t", "n": "\n", "r": "\r"}.get(sign[1], sign[1]), cell, flags=re.S)


def tsv_marks(file):
    """The rows of a file as (start, end, words), and its marks as (start, end, label), in UTF-16 units."""
    lines = file.read_bytes().decode("utf-8").split("\n")
    check(lines[0] == "#FORMAT=WebAnno TSV 3.3", f"{file.name}: another first line")
    layer = next((line.split("|") for line in lines if line.startswith("#T_SP=")), [])
    column = 2 + layer.index("label") if layer else None
    rows, marks = [], {}
    for line in lines:
        cells = line.split("\t")
        if not re.match(r"\d+-\d+(\.\d+)?\t", line):
            continue
        start, end = map(int, cells[1].split("-"))
        if "." not in cells[0]:
            rows.append((start, end, plain(cells[2])))
        for part in split_at(cells[column], "|") if layer and cells[column] != "_" else []:
            label, number = re.fullmatch(r"((?:\\.|[^\\\[])*)(?:\[(\d+)\])?", part, re.S).groups()
            key = number or (cells[0], len(marks))
            first = marks.get(key, (start, end, None))
            marks[key] = (min(first[0], start), max(first[1], end), plain(label))
    return rows, list(marks.values())


def webanno(folder, native, _):
    files = list(folder.glob("**/*.tsv"))
    check(len(files) == len(native.documents), f"there are {len(files)} files")
    left = list(native.documents)
    for file in files:
        rows, marks = tsv_marks(file)

        def fault(document):
            data = document["text"].encode("utf-16-le")
            words = lambda start, end: data[2 * start : 2 * end].decode("utf-16-le", "replace")
            tokens = "".join(said for _, _, said in rows)
            if tokens != squeezed(document["text"]) or any(words(start, end) != said for start, end, said in rows):
                return "its tokens do not stand in the text"
            trimmed = [(words.strip(WHITE.replace("-", "")), label) for words, label in native.marks(document)]
            try:
                same_marks(file.name, [(words(start, end), label) for start, end, label in marks], [mark for mark in trimmed if mark[0]])
            except Wrong as wrong:
                return str(wrong)
            return None

        fits = [document for document in left if fault(document) is None]
        faults = [fault(document) for document in left]
        told = next((one for one in faults if one and "spans are" in one), "its tokens stand in no text at their UTF-16 units")
        check(fits, f"{file.name}: {told}")
        left.remove(fits[0])


CHECKS = {
    "JSON Lines": json_lines,
    "JSON": whole_json,
    "Label Studio JSON": label_studio,
    "Label Studio JSON_MIN": label_studio_min,
    "doccano JSONL": doccano,
    "Prodigy JSONL": prodigy,
    "brat": brat,
    "CoNLL 2003": token_rows(4),
    "BIO": token_rows(2),
    "WebAnno TSV": webanno,
    "UIMA CAS JSON": cas_json,
    "UIMA CAS XMI": cas_xmi,
    "Web Annotation": web_annotation,
    "PubAnnotation": pubannotation,
    "Hugging Face tokens": hf_tokens,
    "Hugging Face spans": hf_spans,
    "GLiNER": gliner,
    "OpenAI chat": openai_chat,
    "spaCy": spacy,
    "CSV": csv_tables,
    "Parquet": parquet,
    "HTML": html_page,
    "Dataset folder": dataset,
}


def verdict(name, folder, native):
    check(name in CHECKS, "no check is known for this format")
    try:
        CHECKS[name](folder, native, folder.name)
    except (OSError, KeyError, IndexError, TypeError, AttributeError, ValueError, SyntaxError, ElementTree.ParseError) as fault:
        raise Wrong(f"{type(fault).__name__}: {fault}") from fault


def main():
    root = Path(sys.argv[1])
    native = Native(root / "native.jsonl")
    is_wrong = False
    for folder in sorted(root.glob("*/*/")):
        name = f"{folder.parent.name}, {folder.name}"
        try:
            verdict(folder.parent.name, folder, native)
            print(f"{name}: all is well")
        except Wrong as wrong:
            is_wrong = True
            print(f"{name}: {wrong}")
    sys.exit(1 if is_wrong else 0)


if __name__ == "__main__":
    main()
