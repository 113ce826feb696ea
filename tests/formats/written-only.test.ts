import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlPage } from '../../src/formats/html-page.ts';
import { huggingFaceSpans } from '../../src/formats/hugging-face-spans.ts';
import { openAiChat } from '../../src/formats/openai-chat.ts';
import { filledDocument, randomScheme } from './carried.ts';
import { outgoing, schemeOf, writeOptions, written, writtenFiles } from './reading.ts';

const options = writeOptions(randomScheme);
const jsonLinesIn = (file: string) =>
  file
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
const span = (text: string, start: number, end: number, more: object = {}) => ({
  ...{
    id: `s${start}`,
    start,
    end,
    text: text.slice(start, end),
    label: 'claim',
    annotator: 'anna',
    attributes: {},
  },
  ...({
    origin: 'hand',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  } as const),
  ...more,
});

describe('OpenAI chat', () => {
  test('the answer is JSON with the words of every span, in the order of files', () =>
    fc.assert(
      fc.asyncProperty(filledDocument, async (marked) => {
        const [{ messages }] = jsonLinesIn(await written(openAiChat, [marked], randomScheme));
        expect(messages.map(({ role }: { role: string }) => role)).toEqual(['system', 'user', 'assistant']);
        expect(messages[1].content).toBe(marked.text);
        const { spans } = JSON.parse(messages[2].content);
        expect(spans.map(({ quote }: { quote: string }) => quote).sort()).toEqual(
          marked.spans.map(({ text }) => text).sort(),
        );
      }),
      { numRuns: 40 },
    ));

  test('attributes stand beside the words, and what goes is counted', async () => {
    const text = 'He denied it. He said so.';
    const spans = [
      span(text, 0, 2, { attributes: { speaker: ['he'], quote: 'x' }, note: 'Why?' }),
      span(text, 3, 9),
    ];
    const { texts, losses } = await writtenFiles(
      openAiChat,
      [outgoing(text, { spans })],
      writeOptions(schemeOf('claim')),
    );
    expect(JSON.parse(jsonLinesIn(texts['']!)[0].messages[2].content)).toEqual({
      spans: [
        { label: 'claim', quote: 'He', speaker: ['he'], quote_2: 'x' },
        { label: 'claim', quote: 'denied' },
      ],
    });
    expect(losses).toEqual({
      'notes on spans': 1,
      'documents’ annotators': 1,
      'documents’ status': 1,
      'places of spans whose words stand in their text more than once': 1,
    });
  });
});

describe('Hugging Face spans', () => {
  test.each(['codepoint', 'utf16'] as const)(
    'every span stands at its place in its lines, counted in %s',
    (unit) =>
      fc.assert(
        fc.asyncProperty(filledDocument, async (marked) => {
          const rows = jsonLinesIn(await written(huggingFaceSpans, [marked], randomScheme, { unit }));
          expect(rows).toHaveLength(marked.spans.length);
          for (const { text, context, start, end, id } of rows) {
            const units = unit === 'utf16' ? context.split('') : [...context];
            expect(units.slice(start, end).join('')).toBe(text);
            expect(text).toBe(marked.spans.find((one) => one.id === id)!.text);
            expect(marked.text).toContain(context);
          }
        }),
        { numRuns: 40 },
      ),
  );

  test('documents without spans are counted, and every line has the same columns', async () => {
    const text = 'One.\nTwo three.\nFour.';
    const spans = [span(text, 9, 14, { attributes: { speaker: 'he' } })];
    const { texts, losses } = await writtenFiles(
      huggingFaceSpans,
      [outgoing(text, { spans }), outgoing(text)],
      options,
    );
    expect(losses).toEqual({ 'documents’ status': 2, 'documents without spans': 1 });
    expect(jsonLinesIn(texts['']!)).toEqual([
      {
        ...{
          text: 'three',
          context: 'Two three.',
          label: 'claim',
          start: 4,
          end: 9,
          offset_unit: 'codepoint',
        },
        ...{ speaker: ['he'], target: [], attributes: '{"speaker":"he"}', note: '', annotator: 'anna' },
        ...{ id: 's9', document: 'd1', title: 'report.txt' },
      },
    ]);
  });
});

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

function elements(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return [...('tagName' in node ? [node] : []), ...children.flatMap(elements)];
}

function textIn(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
}

const classOf = ({ attrs }: Element) => attrs.find(({ name }) => name === 'class')?.value;

describe('HTML', () => {
  const allowed = [
    'html',
    'head',
    'meta',
    'title',
    'style',
    'body',
    'h1',
    'h2',
    'h3',
    'ul',
    'li',
    'bdi',
    'article',
    'div',
    'p',
    'mark',
    'table',
    'tbody',
    'tr',
    'td',
    'th',
  ];

  test('the text is there as it was, and nothing of it becomes markup', () =>
    fc.assert(
      fc.asyncProperty(filledDocument, async (marked) => {
        const all = elements(parse(await written(htmlPage, [marked], randomScheme)));
        expect(all.map(({ tagName }) => tagName).filter((name) => !allowed.includes(name))).toEqual([]);
        const names = all.flatMap(({ attrs }) => attrs.map(({ name }) => name));
        expect(names.filter((name) => /^on|src|href|style/.test(name))).toEqual([]);
        const body = all.find((element) => classOf(element) === 'text')!;
        // eslint-disable-next-line no-control-regex -- what a page cannot show
        expect(textIn(body)).toBe(marked.text.replace(/[\0\v\u0085]/g, '\ufffd'));
      }),
      { numRuns: 40 },
    ));

  test('a piece names all spans that overlap there', async () => {
    const text = 'He denied it.';
    const spans = [span(text, 0, 9), span(text, 3, 12, { label: 'denial' })];
    const file = await written(htmlPage, [outgoing(text, { spans })], schemeOf('claim', 'denial'));
    expect(file).toContain(
      '<mark class="c0" title="1 CLAIM" data-tags="1 CLAIM">He </mark><mark class="c0 several" title="1 CLAIM · 2 DENIAL" data-tags="2 DENIAL">denied</mark><mark class="c0" title="2 DENIAL"> it</mark>.',
    );
  });

  test('the lists have heads, without columns in which nothing stands', async () => {
    const spans = [span('He denied it.', 3, 9, { label: 'denial', note: 'short' })];
    const file = await written(htmlPage, [outgoing('He denied it.', { spans })], schemeOf('claim', 'denial'));
    const heads = Array.from(file.matchAll(/<th scope="col">(.*?)<\/th>/g), ([, head]) => head);
    expect(heads).toEqual(['', 'Label', 'Words', 'Annotator', 'Note']);
  });

  test('the page may load nothing and run nothing, and its style is let in by its hash', async () => {
    const file = await written(htmlPage, [], randomScheme);
    const [, style] = /<style>([^]*)<\/style>/.exec(file)!;
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))).toString(
      'base64',
    );
    expect(file).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(file).not.toContain('<script');
  });

  test('control characters are counted', async () => {
    const { losses } = await writtenFiles(htmlPage, [outgoing('a\0b')], options);
    expect(losses).toEqual({ 'documents’ status': 1, 'control characters, which no page can show': 1 });
  });
});
