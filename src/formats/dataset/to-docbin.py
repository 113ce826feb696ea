#!/usr/bin/env python3
"""Makes spaCy's binary files out of this folder: train.spacy and so on, beside the data.

    pip install spacy
    python3 to_docbin.py [folder] [--lang en] [--key sc] [--alignment contract]

All spans go into doc.spans[key], where they may overlap; of those that do the longest go into doc.ents; labels of
documents go into doc.cats. spaCy's spans are whole tokens: what is not is aligned, and what then covers no token is
left out and counted.
"""

import argparse
import json
from pathlib import Path


def document_labels(folder):
    schema = json.loads((folder / "schema.json").read_text("utf-8"))["scheme"]
    return [label["value"] for label in schema["document_labels"]]


def convert(nlp, path, options, categories):
    from spacy.tokens import DocBin
    from spacy.util import filter_spans

    docs = DocBin(store_user_data=True)
    counts = {"documents": 0, "spans": 0, "aligned": 0, "left out": 0, "not in doc.ents": 0}
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            document = json.loads(line)
            doc = nlp.make_doc(document["text"])
            spans = []
            for span in document["spans"]:
                place = doc.char_span(
                    span["start"], span["end"], label=span["label"], alignment_mode=options.alignment
                )
                counts["left out" if place is None else "spans"] += 1
                if place is not None:
                    counts["aligned"] += (place.start_char, place.end_char) != (span["start"], span["end"])
                    spans.append(place)
            doc.spans[options.key] = spans
            doc.ents = filter_spans(spans)
            counts["not in doc.ents"] += len(spans) - len(doc.ents)
            if categories:
                doc.cats = {label: float(label in document.get("labels", [])) for label in categories}
            doc.user_data["id"] = document["id"]
            docs.add(doc)
            counts["documents"] += 1
    docs.to_disk(path.with_suffix(".spacy"))
    print(f"{path.stem}: " + ", ".join(f"{count} {key}" for key, count in counts.items()))


def main():
    parser = argparse.ArgumentParser(description="Makes spaCy's binary files out of this folder.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).resolve().parent)
    parser.add_argument("--lang", default="xx", help="the language of the tokenizer, such as en or de")
    parser.add_argument("--key", default="sc", help="the name of the span group")
    parser.add_argument("--alignment", choices=["strict", "contract", "expand"], default="contract")
    options = parser.parse_args()

    import spacy

    nlp = spacy.blank(options.lang)
    for path in sorted((options.folder / "data").glob("*.jsonl")):
        convert(nlp, path, options, document_labels(options.folder))


if __name__ == "__main__":
    main()
