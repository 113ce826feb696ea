import { getSchema } from '@tiptap/core';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineKinds, type LineKind } from '../../src/core/layout.ts';
import { Guard } from '../../src/editor/guard.ts';
import { Positions } from '../../src/editor/positions.ts';
import { linesPerSection, schemaNodes, textDocument } from '../../src/editor/schema.ts';
import { texts, textsWithOffset } from '../core/texts.ts';

const schema = getSchema(schemaNodes);

/** Texts of so many lines that they fill several sections, some to the last line. */
const longTexts = fc
  .tuple(fc.constantFrom(31, 32, 33, 63, 64, 65, 100), fc.array(texts, { minLength: 1, maxLength: 3 }))
  .map(([lines, pieces]) => [...Array(lines).keys()].map((line) => pieces[line % pieces.length]!).join('\n'));
const anyText = fc.oneof(texts, longTexts);

const offsetsOf = (text: string) => [...Array(text.length + 1).keys()];

describe('positions', () => {
  test('lead back to the offset they came from', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const positions = new Positions(text);
        const offsets = offsetsOf(text);
        expect(offsets.map((offset) => positions.toOffset(positions.toPosition(offset)))).toEqual(offsets);
      }),
    );
  });

  test('grow with the offsets', () => {
    fc.assert(
      fc.property(longTexts, (text) => {
        const positions = new Positions(text);
        const all = offsetsOf(text).map((offset) => positions.toPosition(offset));
        expect(all.every((position, index) => index === 0 || position > all[index - 1]!)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['the beginning', 'Ada denied', 0, 2],
    ['the end', 'Ada denied', 10, 12],
    ['the end of a line', 'Ada\nBen', 3, 5],
    ['the beginning of the next line', 'Ada\nBen', 4, 7],
    ['an empty text', '', 0, 2],
    ['an empty line', 'Ada\n\nBen', 4, 7],
    ['the first line of the second section', '\n'.repeat(32), 32, 68],
  ])('%s', (_what, text, offset, position) => {
    expect(new Positions(text).toPosition(offset)).toBe(position);
  });

  test.each([
    ['before the first line', 0, 0],
    ['between two lines', 6, 3],
    ['behind the last line', 100, 7],
  ])('%s are the nearest place in the text', (_what, position, offset) => {
    expect(new Positions('Ada\nBen').toOffset(position)).toBe(offset);
  });

  test.each([-1, 8, NaN])('an offset of %s is none of the text', (offset) => {
    expect(() => new Positions('Ada\nBen').toPosition(offset)).toThrow(RangeError);
  });
});

describe('the document in the editor', () => {
  test('is valid and reads as the text itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const doc = textDocument(schema, text);
        expect(() => doc.check()).not.toThrow();
        expect(doc.textBetween(0, doc.content.size, '\n')).toBe(text);
      }),
    );
  });

  test('has every offset where the positions say, in a block of text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const doc = textDocument(schema, text);
        const positions = new Positions(text);
        const places = offsetsOf(text).map((offset) => doc.resolve(positions.toPosition(offset)));
        expect(places.every(({ parent }) => parent.isTextblock)).toBe(true);
        const inLines = text.split('\n').flatMap((line) => offsetsOf(line));
        expect(places.map(({ parentOffset }) => parentOffset)).toEqual(inLines);
      }),
    );
  });

  test('has the same words between two positions as the text between two offsets', () => {
    fc.assert(
      fc.property(textsWithOffset, fc.nat(), ({ text, offset }, other) => {
        const positions = new Positions(text);
        const [start, end] = [offset, other % (text.length + 1)].sort((a, b) => a - b) as [number, number];
        const doc = textDocument(schema, text);
        const words = doc.textBetween(positions.toPosition(start), positions.toPosition(end), '\n');
        // Between blocks ProseMirror writes the line feed only before the words that come after it.
        expect(words.replaceAll('\n', '')).toBe(text.slice(start, end).replaceAll('\n', ''));
      }),
    );
  });

  test('groups lines into sections and tells empty ones', () => {
    const doc = textDocument(schema, ['Ada', '', ...Array<string>(linesPerSection).fill('Ben')].join('\n'));
    expect(doc.children.map(({ childCount }) => childCount)).toEqual([linesPerSection, 2]);
    expect(
      doc
        .child(0)
        .children.slice(0, 3)
        .map(({ type }) => type.name),
    ).toEqual(['line', 'blank', 'line']);
  });

  test('knows what its lines are, which changes neither words nor positions', () => {
    fc.assert(
      fc.property(longTexts, fc.infiniteStream(fc.option(fc.constantFrom(...lineKinds))), (text, drawn) => {
        const kinds = text.split('\n').map(() => drawn.next().value as LineKind | null);
        const known = kinds.flatMap((kind, line) => (kind === null ? [] : [{ line, kind }]));
        const [bare, doc] = [textDocument(schema, text), textDocument(schema, text, known)];
        expect(() => doc.check()).not.toThrow();
        const lines = doc.children.flatMap(({ children }) => children);
        expect(lines.map(({ attrs }) => attrs['kind'])).toEqual(kinds);
        const shape = lines.map(({ type, nodeSize }) => [type.name, nodeSize]);
        const bareLines = bare.children.flatMap(({ children }) => children);
        expect(bareLines.map(({ type, nodeSize }) => [type.name, nodeSize])).toEqual(shape);
        expect(doc.textBetween(0, doc.content.size, '\n')).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  test('says on the element what a line is, and nothing where it is plain', () => {
    const doc = textDocument(schema, 'Denials\n\nHe said', [
      { line: 0, kind: 'heading-1' },
      { line: 1, kind: 'page' },
    ]);
    const drawn = doc.child(0).children.map((node) => node.type.spec.toDOM!(node));
    expect(drawn).toEqual([
      ['div', { class: 'line', dir: 'auto', 'data-kind': 'heading-1' }, 0],
      ['div', { class: 'line blank', 'data-kind': 'page' }, 0],
      ['div', { class: 'line', dir: 'auto' }, 0],
    ]);
  });

  test('takes no HTML for more than words (B1)', () => {
    const text = '<b>Ada</b> &amp; <script>alert(1)</script>';
    expect(textDocument(schema, text).textContent).toBe(text);
  });
});

describe('the guard', () => {
  const state = EditorState.create({
    doc: textDocument(schema, 'Ada denied\n\nBen'),
    plugins: Guard.config.addProseMirrorPlugins!.call({} as never),
  });

  test.each([
    ['inserting', () => state.tr.insertText('not ', 2)],
    ['replacing', () => state.tr.insertText('Ben', 2, 5)],
    ['deleting', () => state.tr.delete(2, 5)],
    ['joining lines', () => state.tr.delete(12, 14)],
    ['splitting a line', () => state.tr.split(5)],
    [
      'putting in another document',
      () => state.tr.replaceWith(0, state.doc.content.size, state.doc.child(0)),
    ],
    [
      'selecting and deleting at once',
      () => state.tr.setSelection(TextSelection.create(state.doc, 2, 5)).deleteSelection(),
    ],
  ])('keeps the text from %s', (_what, change) => {
    const transaction = change();
    expect(transaction.docChanged).toBe(true);
    expect(state.applyTransaction(transaction).transactions).toEqual([]);
    expect(state.apply(transaction).doc).toBe(state.doc);
  });

  test('lets the selection move', () => {
    const moved = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 2, 5)));
    expect([moved.selection.anchor, moved.selection.head]).toEqual([2, 5]);
  });
});

describe('the editor takes no document but its own (B4)', () => {
  const line = { type: 'line', content: [{ type: 'text', text: 'Ada denied it' }] };
  const doc = (...content: unknown[]) => ({ type: 'doc', content: [{ type: 'section', content }] });

  test.each([
    ['a kind of block that it does not know', doc({ type: 'image', attrs: { src: 'x' } })],
    ['a node called after a method of objects', doc({ type: 'constructor' })],
    ['a node called __proto__', doc({ type: '__proto__' })],
    ['a mark', doc({ ...line, content: [{ type: 'text', text: 'x', marks: [{ type: 'link' }] }] })],
    ['an empty text', doc({ ...line, content: [{ type: 'text', text: '' }] })],
    ['a line outside of a section', { type: 'doc', content: [line] }],
    ['no section', { type: 'doc', content: [] }],
    ['a section in a line', doc({ type: 'line', content: [{ type: 'section', content: [line] }] })],
  ])('%s is refused', (_, json) => {
    const make = () => schema.nodeFromJSON(json).check();
    expect(make).toThrow();
    expect(schema.nodeFromJSON(doc(line)).check()).toBeUndefined();
  });

  test('attributes that it does not know are not taken over, and reach no prototype', () => {
    const attrs = JSON.parse('{"__proto__":{"pwned":1},"onclick":"x","style":["a"],"kind":null}');
    const node = schema.nodeFromJSON({ ...line, attrs });
    expect(Object.keys(node.attrs)).toEqual(['kind']);
    expect('pwned' in {}).toBe(false);
  });

  test('markup in a text stays the text that it is', () => {
    const text = '<img src=x onerror="window.pwned=1">\n</div><script>pwned</script>';
    expect(textDocument(schema, text).textBetween(0, textDocument(schema, text).content.size, '\n')).toBe(
      text,
    );
  });
});
