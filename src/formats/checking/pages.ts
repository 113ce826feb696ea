import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { SourceFile, WrittenText } from '../format.ts';
import { xmlEvents } from '../reading/xml.ts';
import { textOf } from './read-back.ts';

/** The texts that a page shows; what is marked on them is for the eye. */
export async function* readPage(file: SourceFile): AsyncGenerator<WrittenText> {
  const { parse } = await import('parse5');
  for (const node of nodesIn(parse(await textOf(file))))
    if ('attrs' in node && node.attrs.some(({ name, value }) => name === 'class' && value === 'text'))
      yield { text: wordsIn(node), spans: [] };
}

function* nodesIn(node: Tree.Node): Generator<Tree.Node> {
  yield node;
  if ('childNodes' in node) for (const child of node.childNodes) yield* nodesIn(child);
}

function wordsIn(node: Tree.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(wordsIn).join('') : '';
}

/** The text and the spans of the XML of a CAS. The type system, which is a file of its own, has neither. */
export async function* readXmi(file: SourceFile): AsyncGenerator<WrittenText> {
  if (!file.name.endsWith('.xmi')) return;
  const spans: WrittenText['spans'][number][] = [];
  let text = '';
  for (const event of xmlEvents(await textOf(file), namespaces)) {
    if (event.kind !== 'open') continue;
    const said = (name: string) => event.attributes.get(name) ?? '';
    if (event.name === 'cas:Sofa') text = said('sofaString');
    else if (event.name === 'custom:Span')
      spans.push({ start: Number(said('begin')), end: Number(said('end')), label: said('label') });
  }
  yield { text, spans };
}

const namespaces = { 'http:///uima/cas.ecore': 'cas', 'http:///custom.ecore': 'custom' };
