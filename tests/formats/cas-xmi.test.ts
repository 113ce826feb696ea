import { parseFragment } from 'parse5';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { casXmi } from '../../src/formats/cas-xmi.ts';
import { filledDocument, randomScheme } from './carried.ts';
import { outgoing, schemeOf, writeOptions, writtenFiles } from './reading.ts';

/** The attributes of each element; the characters that XML writes as references are those of HTML. */
function elementsOf(xml: string, name: string): Record<string, string>[] {
  const elements = xml.match(new RegExp(`<${name} [^>]*/>`, 'g')) ?? [];
  return elements.map((element) => {
    const [node] = parseFragment(element.replace(/^<\S+/, '<p').replace(/\/>$/, '>')).childNodes;
    return Object.fromEntries(
      (node as { attrs: { name: string; value: string }[] }).attrs.map(({ name: key, value }) => [
        key,
        value,
      ]),
    );
  });
}

test('every span stands at its UTF-16 units in the text, and relations refer to spans', () =>
  fc.assert(
    fc.asyncProperty(filledDocument, async (marked) => {
      const { texts } = await writtenFiles(casXmi, [marked], writeOptions(randomScheme));
      const [, xml] = Object.entries(texts).find(([path]) => path.endsWith('.xmi'))!;
      const [sofa] = elementsOf(xml, 'cas:Sofa');
      const spans = elementsOf(xml, 'custom:Span');
      // eslint-disable-next-line no-control-regex -- what XML cannot hold
      const inXml = (words: string) => words.replace(/[\0\v]/g, ' ');
      expect(sofa!['sofastring']).toBe(inXml(marked.text));
      expect(
        spans
          .map((span) => [
            span['identifier'],
            sofa!['sofastring']!.slice(Number(span['begin']), Number(span['end'])),
          ])
          .sort(),
      ).toEqual(marked.spans.map(({ id, text }) => [id, inXml(text)]).sort());
      const identifiers = Object.fromEntries(spans.map((span) => [span['xmi:id'], span['identifier']]));
      const relations = elementsOf(xml, 'custom:Relation');
      expect(relations.map((one) => [identifiers[one['source']!], identifiers[one['target']!]])).toEqual(
        marked.relations.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ head, child }) => [head, child]),
      );
    }),
    { numRuns: 40 },
  ));

test('characters that XML forbids become spaces, and are counted', async () => {
  const { losses, texts } = await writtenFiles(
    casXmi,
    [outgoing('a\0b\u0001c\nd\uffff😀')],
    writeOptions(schemeOf()),
  );
  expect(losses).toEqual({ 'characters that XML forbids, which became spaces': 3 });
  expect(texts['report.xmi']).toContain('sofaString="a b c&#10;d 😀"');
});

test('nothing of a text becomes markup', async () => {
  const { losses, texts } = await writtenFiles(
    casXmi,
    [outgoing('"/><b a=\'&amp;')],
    writeOptions(schemeOf()),
  );
  expect(losses).toEqual({});
  expect(texts['report.xmi']).toContain('sofaString="&#34;/&#62;&#60;b a=\'&#38;amp;"');
});

test('the type system declares what the files use', async () => {
  const { texts } = await writtenFiles(casXmi, [], writeOptions(schemeOf()));
  expect(Object.keys(texts)).toEqual(['TypeSystem.xml']);
  for (const name of ['custom.Document', 'custom.Span', 'custom.Relation'])
    expect(texts['TypeSystem.xml']).toContain(`<name>${name}</name>`);
});
