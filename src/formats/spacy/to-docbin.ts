/** The key under which spaCy's span categoriser looks for spans. */
export const spansKey = 'sc';

/** A Python script that makes spaCy's training files of lines with a document each, Locution's own lines included. */
export const toDocBin = String.raw`#!/usr/bin/env python3
"""Makes spaCy training files (DocBin) of JSON Lines with a document each.

    pip install spacy
    python to_docbin.py                      # data.jsonl -> data.spacy
    python to_docbin.py train.jsonl dev.jsonl --language en

Spans may overlap, so they go to doc.spans["sc"], where the span categoriser
looks for them; with --ents those that do not overlap go to doc.ents too, the
longest first. Document labels go to doc.cats. Everything else on a line is
kept in doc.user_data["row"].

Offsets count code points, as Python does. spaCy's spans begin and end with
its tokens. Each span that does not is listed, and then taken with all tokens
that it cuts ("expand"), with those that it covers whole ("contract"), or not
at all ("skip").
"""

import argparse
import json
import sys
from pathlib import Path


def rows(path):
    """Yields the lines of a file as (number, object)."""
    with open(path, encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, json.loads(line)


def place(doc, span, where, misaligned):
    """Returns the span of the doc, or None when there is none to take."""
    start, end, label = span["start"], span["end"], span["label"]
    words = doc.text[start:end]
    if span.get("text", words) != words:
        sys.exit(f"{where}: span {start}-{end} says {span['text']!r}, but the text has {words!r}")
    exact = doc.char_span(start, end, label=label)
    if exact is not None:
        return exact
    taken = None
    if misaligned != "skip":
        taken = doc.char_span(start, end, label=label, alignment_mode=misaligned)
    if taken is not None and len(taken) == 0:
        taken = None
    outcome = "left out" if taken is None else f"taken as {taken.text!r}"
    print(f"{where}: {label} {words!r} at {start}-{end} does not fit tokens, {outcome}", file=sys.stderr)
    return taken


def convert(path, nlp, misaligned, with_ents):
    """Writes a file beside the given one and returns counts of docs, spans, and spans that were left out."""
    from spacy.tokens import DocBin
    from spacy.util import filter_spans

    bin_of_docs = DocBin(store_user_data=True)
    docs = spans = lost = 0
    for number, row in rows(path):
        doc = nlp.make_doc(row["text"])
        placed = [place(doc, span, f"{path}, line {number}", misaligned) for span in row.get("spans", [])]
        kept = [span for span in placed if span is not None]
        doc.spans[row.get("spans_key", "sc")] = kept
        if with_ents:
            doc.ents = filter_spans(kept)
        doc.cats = row.get("cats") or {label: 1.0 for label in row.get("labels", [])}
        doc.user_data["row"] = {key: value for key, value in row.items() if key != "text"}
        bin_of_docs.add(doc)
        docs, spans, lost = docs + 1, spans + len(kept), lost + len(placed) - len(kept)
    bin_of_docs.to_disk(Path(path).with_suffix(".spacy"))
    return docs, spans, lost


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", default=["data.jsonl"])
    parser.add_argument("--language", default="xx", help="a language of spaCy, such as en; xx is for any")
    parser.add_argument("--misaligned", choices=["expand", "contract", "skip"], default="expand")
    parser.add_argument("--ents", action="store_true", help="fill doc.ents as well")
    options = parser.parse_args()

    import spacy

    nlp = spacy.blank(options.language)
    for path in options.files:
        docs, spans, lost = convert(path, nlp, options.misaligned, options.ents)
        print(f"{Path(path).with_suffix('.spacy')}: {docs} documents, {spans} spans, {lost} spans left out")


if __name__ == "__main__":
    main()
`;
