import { expect, test } from 'vitest';
import { markdown } from '../../src/formats/markdown.ts';
import { fixture, fixtureBytes, readAll, sourceFile } from './reading.ts';

/** The lines that are not plain, as "kind: words". */
async function kindsOf(...lines: string[]): Promise<string[]> {
  const { documents } = await readAll(markdown, sourceFile('a.md', lines.join('\n')));
  return (documents[0]?.lineKinds ?? []).map(({ line, kind }) => `${kind}: ${lines[line]}`);
}

test('the source is the text, character for character', async () => {
  const { documents, problems } = await readAll(markdown, fixture('family.md'));
  expect(problems).toEqual([]);
  expect(documents[0]).toMatchObject({
    title: 'family.md',
    text: new TextDecoder().decode(fixtureBytes('family.md')),
    source: { file: 'family.md' },
  });
});

test('headings are told by their marks and by what underlines them', async () => {
  expect(
    await kindsOf(
      '# Denials',
      '####### seven',
      '#tag',
      '',
      'Later',
      '=====',
      '',
      'Sooner',
      '---',
      '',
      '---',
      '### x',
    ),
  ).toEqual(['heading-1: # Denials', 'heading-1: Later', 'heading-2: Sooner', 'heading-3: ### x']);
});

test('items take their indented lines with them', async () => {
  expect(await kindsOf('* one', '  goes on', '2) two', '- - -', '**bold** words', '  not one')).toEqual([
    'item: * one',
    'item:   goes on',
    'item: 2) two',
  ]);
});

test('quotations, code and tables are told', async () => {
  expect(
    await kindsOf(
      '> He denied it.',
      '',
      '```js',
      '# no heading',
      '~~~',
      '```',
      '',
      '    indented',
      '',
      'a | b',
      '--|--',
      '1 | 2',
      'after',
    ),
  ).toEqual([
    'quotation: > He denied it.',
    'code: ```js',
    'code: # no heading',
    'code: ~~~',
    'code: ```',
    'code:     indented',
    'table: a | b',
    'table: --|--',
    'table: 1 | 2',
  ]);
});

test('settings before the text are code, and so is a fence that never ends', async () => {
  expect(await kindsOf('---', 'title: x', '---', 'Words', '~~~', '# x')).toEqual([
    'code: ---',
    'code: title: x',
    'code: ---',
    'code: ~~~',
    'code: # x',
  ]);
  expect(await kindsOf('---', 'Words.', '---')).not.toContain('code: ---');
});

test('a text without any structure has none', async () => {
  const { documents } = await readAll(markdown, sourceFile('a.md', 'He denied it.\n\nShe did not.'));
  expect(documents[0]).not.toHaveProperty('lineKinds');
});

test('the line kinds are those of the canonical lines', async () => {
  const { documents } = await readAll(markdown, sourceFile('a.md', '\uFEFF# Denials\r\n\r\n> no\r'));
  expect(documents[0]).toMatchObject({
    text: '# Denials\n\n> no\n',
    lineKinds: [
      { line: 0, kind: 'heading-1' },
      { line: 2, kind: 'quotation' },
    ],
  });
});

test('a file that is not UTF-8 is a question', async () => {
  const { documents, questions } = await readAll(
    markdown,
    sourceFile('a.md', Buffer.from('# caf\xe9', 'latin1')),
  );
  expect(documents).toEqual([]);
  expect(questions).toMatchObject([{ about: 'encoding' }]);
});
