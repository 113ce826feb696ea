import { Node } from '@tiptap/core';
import type { Node as ProseMirrorNode, Schema } from '@tiptap/pm/model';
import type { LineKinds } from '../core/layout.ts';

/** Lines are grouped so that the browser can skip the layout of whole groups that are out of sight. */
export const linesPerSection = 32;

const TextDocument = Node.create({ name: 'doc', topNode: true, content: 'section+' });

const Section = Node.create({
  name: 'section',
  content: '(line | blank)+',
  renderHTML: () => ['div', { class: 'section' }, 0],
  addNodeView:
    () =>
    ({ node }) => {
      const dom = document.createElement('div');
      dom.className = 'section';
      // By how tall it will be, so that the scroll bar is honest about what was never laid out.
      dom.style.containIntrinsicBlockSize = `auto ${heightInLines(node)}lh`;
      return { dom, contentDOM: dom, ignoreMutation: ({ type }) => type === 'attributes' };
    },
});

const charactersPerLine = 64;

function heightInLines(section: ProseMirrorNode): number {
  let height = 0;
  section.forEach(
    ({ content }) => (height += content.size === 0 ? 0.6 : Math.ceil(content.size / charactersPerLine)),
  );
  return Math.ceil(height);
}

const Line = Node.create({
  name: 'line',
  content: 'text*',
  whitespace: 'pre',
  // What the line is in its source, for the style sheet alone: it takes no place, so that no position changes.
  addAttributes: () => ({ kind: { default: null, rendered: false } }),
  renderHTML: ({ node }) => ['div', { class: 'line', dir: 'auto', ...kindOf(node) }, 0],
});

function kindOf({ attrs }: ProseMirrorNode): { 'data-kind'?: string } {
  return attrs['kind'] === null ? {} : { 'data-kind': attrs['kind'] as string };
}

/** A type of its own, as ProseMirror would draw words into the element of an empty line when the document changes. */
const Blank = Line.extend({
  name: 'blank',
  renderHTML: ({ node }) => ['div', { class: 'line blank', ...kindOf(node) }, 0],
});

const Text = Node.create({ name: 'text' });

/** Sections of line blocks, and nothing that could stand between the words. */
export const schemaNodes = [TextDocument, Section, Line, Blank, Text];

export const emptyContent = { type: 'doc', content: [{ type: 'section', content: [{ type: 'blank' }] }] };

/** The text as a ProseMirror document: a block for each line, so that one line feed is one step between blocks. */
export function textDocument(schema: Schema, text: string, lineKinds: LineKinds = []): ProseMirrorNode {
  const { doc, section, line, blank } = schema.nodes;
  const kinds = new Map(lineKinds.map(({ line: index, kind }) => [index, { kind }]));
  const lines = text.split('\n').map((words, index) => {
    const kind = kinds.get(index) ?? null;
    return words === '' ? blank!.create(kind) : line!.create(kind, schema.text(words));
  });
  const sections: ProseMirrorNode[] = [];
  for (let first = 0; first < lines.length; first += linesPerSection)
    sections.push(section!.create(null, lines.slice(first, first + linesPerSection)));
  return doc!.create(null, sections);
}
