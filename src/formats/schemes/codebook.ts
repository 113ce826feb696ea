import {
  anyLabel,
  labelOf,
  living,
  livingLabels,
  sameLabel,
  type Attribute,
  type Label,
  type RelationType,
  type Scheme,
} from '../../core/scheme.ts';
import { guidelineLines } from '../../core/schemes/guideline.ts';
import { codebookColours, codebookStyle } from './codebook-style.ts';
import { Html, markup } from './markup.ts';

/**
 * The scheme as one page of HTML for reading and printing: rules, labels, attributes, relations and document labels with
 * their guidelines, which are shown as the text they are. It loads nothing and runs nothing.
 */
export function codebook(name: string, scheme: Scheme): string {
  const parts = partsOf(scheme).filter(({ entries }) => entries.length > 0);
  const rules =
    scheme.guideline &&
    markup`<section class="part" id="rules">\n<h2>Rules for all labels</h2>\n${guideline(scheme.guideline)}</section>`;
  const sections = parts.map(
    ({ title, id, entries }) =>
      markup`<section class="part" id="${id}">\n<h2>${title}</h2>\n${entries.map(({ body }) => body)}</section>\n`,
  );
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="referrer" content="no-referrer" />
<title>${name} – codebook</title>
<style>${new Html(codebookStyle)}</style>
</head>
<body>
<main>
<p class="kind">Codebook</p>
<h1>${name}</h1>
${contents(scheme, parts)}
${rules}
${sections}
</main>
</body>
</html>
`;
  return page.source;
}

interface PartOfBook {
  readonly title: string;
  readonly id: string;
  readonly entries: readonly { readonly id: string; readonly name: string; readonly body: Html }[];
}

function partsOf(scheme: Scheme): readonly PartOfBook[] {
  const entriesOf = <T extends { readonly name: string }>(
    items: readonly T[],
    id: string,
    body: (item: T) => Html,
  ) =>
    items.map((item, index) => {
      const anchor = `${id}-${index + 1}`;
      return {
        id: anchor,
        name: item.name,
        body: markup`<article id="${anchor}">${body(item)}</article>\n`,
      };
    });
  return [
    {
      title: 'Labels',
      id: 'labels',
      entries: entriesOf(livingLabels(scheme), 'label', (label) => labelEntry(label, scheme)),
    },
    {
      title: 'Attributes',
      id: 'attributes',
      entries: entriesOf(living(scheme.attributes), 'attribute', (attribute) =>
        attributeEntry(attribute, scheme),
      ),
    },
    {
      title: 'Relations',
      id: 'relations',
      entries: entriesOf(living(scheme.relations), 'relation', (relation) => relationEntry(relation, scheme)),
    },
    {
      title: 'Labels of documents',
      id: 'document-labels',
      entries: entriesOf(
        living(scheme.documentLabels),
        'document-label',
        ({ name, value, guideline: rules }) =>
          markup`<h3>${name}</h3>${facts([['Machine name', markup`<code>${value}</code>`]])}${guideline(rules)}`,
      ),
    },
  ];
}

function contents(scheme: Scheme, parts: readonly PartOfBook[]): Html {
  const rules = scheme.guideline ? markup`<li><a href="#rules">Rules for all labels</a></li>` : undefined;
  const items = parts.map(
    ({ title, id, entries }) =>
      markup`<li>
<a href="#${id}">${title}</a>
<ul>${entries.map((entry) => markup`<li><a href="#${entry.id}">${entry.name}</a></li>`)}</ul>
</li>`,
  );
  return markup`<nav aria-labelledby="contents">
<h2 id="contents">Contents</h2>
<ul>${rules}${items}</ul>
</nav>`;
}

function labelEntry(label: Label, scheme: Scheme): Html {
  const { name, pattern } = codebookColours[label.colour]!;
  const own = living(scheme.attributes).filter(({ labels }) =>
    labels?.some((id) => labelOf(scheme, id).id === label.id),
  );
  return markup`<h3>${marked(label)}</h3>${facts([
    ['Key', label.key === undefined ? undefined : markup`<kbd>${label.key}</kbd>`],
    ['Machine name', markup`<code>${label.value}</code>`],
    ['Colour', markup`${name}, ${pattern} line`],
    [
      'Attributes of its own',
      own.length === 0 ? undefined : markup`${own.map((attribute) => attribute.name).join(', ')}`,
    ],
  ])}${guideline(label.guideline)}`;
}

const typeNames = {
  text: 'text',
  one: 'one of',
  many: 'any of',
  'yes-no': 'yes or no',
} as const satisfies Record<Attribute['type'], string>;

function attributeEntry(attribute: Attribute, scheme: Scheme): Html {
  const { name, value, key, type, several, options, labels, required } = attribute;
  const chosen = type === 'one' || type === 'many' ? ` ${(options ?? []).join(', ')}` : '';
  const shown =
    labels && livingLabels(scheme).filter(({ id }) => labels.some((own) => labelOf(scheme, own).id === id));
  return markup`<h3>${name}</h3>${facts([
    ['Key', key === undefined ? undefined : markup`<kbd>${key}</kbd>`],
    ['Machine name', markup`<code>${value}</code>`],
    ['Value', markup`${typeNames[type]}${chosen}${several ? ', several' : ''}`],
    ['Labels', shown ? labelList(shown) : markup`all`],
    ['Required', required ? markup`yes` : undefined],
  ])}${guideline(attribute.guideline)}`;
}

function relationEntry({ name, value, pairs, guideline: rules }: RelationType, scheme: Scheme): Html {
  const side = (id: string) =>
    id === anyLabel
      ? markup`any label`
      : id === sameLabel
        ? markup`the same label`
        : marked(labelOf(scheme, id));
  const rows = pairs.map(
    ({ head, child }) =>
      markup`<tr>
<td>${side(head)}</td>
<td>${side(child)}</td>
</tr>`,
  );
  const table = markup`<table>
<thead>
<tr>
<th scope="col">From</th>
<th scope="col">To</th>
</tr>
</thead>
<tbody>${rows}</tbody>
</table>`;
  return markup`<h3>${name}</h3>${facts([['Machine name', markup`<code>${value}</code>`]])}${guideline(rules)}${rows.length > 0 ? table : undefined}`;
}

function labelList(labels: readonly Label[]): Html {
  return labels.length === 0 ? markup`none` : markup`${labels.map((label) => markup`${marked(label)} `)}`;
}

function marked({ name, colour }: Label): Html {
  return markup`<mark class="colour-${colour}">${name}</mark>`;
}

function facts(all: readonly (readonly [string, Html | undefined])[]): Html {
  const rows = all.flatMap(([name, value]) =>
    value
      ? [
          markup`<div>
<dt>${name}</dt>
<dd>${value}</dd>
</div>`,
        ]
      : [],
  );
  return markup`<dl class="facts">${rows}</dl> `;
}

/** A guideline, a paragraph a line, each as it was typed. */
function guideline(text: string | undefined): Html | undefined {
  if (!text) return undefined;
  const lines = guidelineLines(text).map((line) => markup`<p class="${line.kind}">${line.text}</p> `);
  return markup`<div class="text">${lines}</div>`;
}
