import { readFileSync } from 'node:fs';
import fc from 'fast-check';
// @ts-expect-error It comes without types, and what is taken of it is a document.
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { living, livingLabels, type Scheme } from '../../../src/core/scheme.ts';
import { speechActs } from '../../../src/core/schemes/speech-acts.ts';
import { codebookColours } from '../../../src/formats/schemes/codebook-style.ts';
import { codebook } from '../../../src/formats/schemes/codebook.ts';
import { scheme } from './arbitrary-scheme.ts';

function page(name: string, of: Scheme): Document {
  return new JSDOM(codebook(name, of)).window.document;
}

const texts = (of: ParentNode, selector: string) =>
  [...of.querySelectorAll(selector)].map(({ textContent }) => textContent);

/** A guideline as the page shows it, line by line. */
const shown = (of: ParentNode | null) => texts(of!, '.text > p').join('\n');

/** HTML has no NUL, and takes every line end for a line feed. */
const asShown = (text: string) => text.replaceAll('\0', '\uFFFD').replace(/\r\n|\r/g, '\n');

describe('the codebook', () => {
  const acts = speechActs();
  const book = page('Truce talks', acts);

  test('names the project and has contents that lead to every part', () => {
    expect(texts(book, 'h1')).toEqual(['Truce talks']);
    expect(texts(book, 'nav > ul > li > a')).toEqual([
      'Rules for all labels',
      'Labels',
      'Attributes',
      'Relations',
    ]);
    const links = [...book.querySelectorAll('nav a')].map((link) => link.getAttribute('href')!);
    expect(links).toHaveLength(4 + 4 + 6 + 4);
    for (const link of links) expect(book.querySelectorAll(link)).toHaveLength(1);
  });

  test('has the rules and each label with key, machine name, colour and guideline, as they were typed', () => {
    expect(shown(book.querySelector('#rules'))).toBe(acts.guideline);
    for (const [index, label] of livingLabels(acts).entries()) {
      const entry = book.querySelector(`#label-${index + 1}`)!;
      expect(entry.querySelector('h3')!.textContent).toBe(label.name);
      expect(entry.querySelector('kbd')!.textContent).toBe(label.key);
      expect(entry.querySelector('code')!.textContent).toBe(label.value);
      expect(shown(entry)).toBe(label.guideline);
    }
    expect(texts(book, '#label-2 dd')).toEqual(['2', 'denial', 'red, double line', 'Kind']);
  });

  test('says of attributes what they may be, and of which labels', () => {
    expect(texts(book, '#attribute-1 dd')).toEqual(['s', 'speaker', 'text, several', 'all']);
    expect(texts(book, '#attribute-5 dd').map((words) => words.trim())).toEqual([
      'k',
      'kind',
      'one of deny, reject',
      'Denial',
    ]);
  });

  test('says of relations which labels they may join', () => {
    expect(texts(book, '#relation-1 tbody td')).toEqual(['Denial', 'Claim', 'Denial', 'Accusation']);
    expect(texts(book, '#relation-4 tbody td')).toEqual(['any label', 'the same label']);
  });

  test('leaves out what was deleted, and parts that are empty', () => {
    const without = page('x', {
      ...acts,
      labels: acts.labels.map((label, index) => (index === 1 ? { ...label, deleted: true } : label)),
      attributes: [],
    });
    expect(texts(without, '#labels h3')).toEqual(['Claim', 'Appeal', 'Accusation']);
    expect(without.querySelector('#attributes')).toBeNull();
  });

  test('loads nothing and runs nothing', () => {
    const policy = book.querySelector('meta[http-equiv="Content-Security-Policy"]')!.getAttribute('content');
    expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'");
    expect(book.querySelectorAll('script, link, img, iframe, object, [src], [style]')).toHaveLength(0);
    expect(book.querySelector('style')!.textContent).not.toMatch(/url\(|@import/);
  });
});

describe('what people have typed stays text', () => {
  const evil = [
    '</style><script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><b>',
    "' onclick='x",
    '&lt;i&gt; &amp;',
    '</title></p></main>',
    '${name}',
    '$& $1 $`',
    '<!-- ',
    ']]>',
  ];

  test.each(evil)('%s', (words) => {
    const hostile: Scheme = {
      guideline: `${words}\n\n- ${words}`,
      labels: [{ id: 'l', name: words, value: words, colour: 4, key: '1', guideline: words }],
      attributes: [
        {
          id: 'a',
          name: words,
          value: words,
          type: 'one',
          options: [words],
          labels: ['l'],
          guideline: words,
        },
      ],
      relations: [
        { id: 'r', name: words, value: words, pairs: [{ head: 'l', child: 'l' }], guideline: words },
      ],
      documentLabels: [{ id: 'd', name: words, value: words, guideline: words }],
    };
    const book = page(words, hostile);
    expect(book.title).toBe(`${words} – codebook`.replace(/\s+/g, ' ').trim());
    expect(book.querySelector('h1')!.textContent).toBe(words);
    expect(texts(book, 'h3')).toEqual([words, words, words, words]);
    expect(texts(book, 'code')).toEqual([words, words, words, words]);
    expect(shown(book.querySelector('#rules'))).toBe(hostile.guideline);
    expect(shown(book.querySelector('#label-1'))).toBe(words);
    expect(book.querySelectorAll('script, img, b, i, [onclick]')).toHaveLength(0);
  });

  test('whatever the scheme, with its line ends made one kind', () =>
    fc.assert(
      fc.property(scheme, fc.string({ unit: 'grapheme' }), (any, name) => {
        const book = page(name, any);
        expect(book.querySelector('h1')!.textContent).toBe(asShownInOne(name));
        expect(texts(book, 'h3')).toEqual(
          [
            ...livingLabels(any),
            ...living(any.attributes),
            ...living(any.relations),
            ...living(any.documentLabels),
          ].map((item) => asShownInOne(item.name)),
        );
        if (any.guideline) expect(shown(book.querySelector('#rules'))).toBe(asShown(any.guideline));
        expect(book.querySelectorAll('script')).toHaveLength(0);
      }),
      { numRuns: 30 },
    ));
});

/** A name keeps its characters, but for the one that HTML does not have. */
function asShownInOne(name: string): string {
  return name.replaceAll('\0', '\uFFFD');
}

test('its colours are those of the screen', () => {
  const theme = readFileSync(new URL('../../../src/ui/theme.css', import.meta.url), 'utf8');
  for (const [colour, { hue, ink, pattern }] of codebookColours.entries()) {
    expect(theme).toContain(`--label-ink-${colour}: ${ink};`);
    expect(ink.match(new RegExp(` ${hue}\\)`, 'g'))).toHaveLength(2);
    const rule = theme.split(`[data-colour='${colour}'] {`)[1]!;
    expect(/--label-pattern: (\w+)/.exec(rule)?.[1]).toBe(pattern);
  }
});
