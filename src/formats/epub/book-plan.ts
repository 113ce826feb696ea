import { xmlEvents, type Prefixes } from '../reading/xml.ts';
import type { ZipParts } from '../reading/zip-parts.ts';

const prefixes: Prefixes = {
  'urn:oasis:names:tc:opendocument:xmlns:container': 'container',
  'http://www.idpf.org/2007/opf': 'opf',
  'http://purl.org/dc/elements/1.1/': 'dc',
};

/** What a book says of itself, and its chapters' paths in the order of reading. */
export interface BookPlan {
  readonly meta: Readonly<Record<string, string>>;
  readonly chapters: readonly string[];
}

const kept: ReadonlyMap<string, string> = new Map([
  ['dc:title', 'title'],
  ['dc:creator', 'author'],
  ['dc:language', 'language'],
  ['dc:publisher', 'publisher'],
  ['dc:date', 'date'],
]);

/**
 * The plan of the book; `undefined` when there is none. Its own table of contents is no chapter.
 *
 * @throws XmlFault when a part is not well-formed.
 */
export async function bookPlan(parts: ZipParts): Promise<BookPlan | undefined> {
  const path = rootFile((await parts.text('META-INF/container.xml')) ?? '');
  const source = path === undefined ? undefined : await parts.text(path);
  if (path === undefined || source === undefined) return undefined;
  const meta: Record<string, string> = {};
  const pages = new Map<string, string>();
  const chapters: string[] = [];
  let key: string | undefined;
  for (const event of xmlEvents(source, prefixes)) {
    if (event.kind === 'text') {
      if (key !== undefined && event.text.trim() !== '') meta[key] ??= event.text.trim();
      continue;
    }
    key = event.kind === 'open' ? kept.get(event.name) : undefined;
    if (event.kind === 'close') continue;
    const { name, attributes } = event;
    if (name === 'opf:item') notePage(attributes, path, pages);
    const page = name === 'opf:itemref' ? pages.get(attributes.get('idref') ?? '') : undefined;
    if (page !== undefined) chapters.push(page);
  }
  return { meta, chapters };
}

function rootFile(container: string): string | undefined {
  for (const event of xmlEvents(container, prefixes))
    if (event.kind === 'open' && event.name === 'container:rootfile')
      return event.attributes.get('full-path');
  return undefined;
}

function notePage(attributes: ReadonlyMap<string, string>, path: string, pages: Map<string, string>): void {
  const [id, href] = [attributes.get('id'), attributes.get('href')];
  const isContents = attributes.get('properties')?.split(/\s+/).includes('nav') === true;
  if (id === undefined || href === undefined || isContents) return;
  if (/html/.test(attributes.get('media-type') ?? 'html')) pages.set(id, within(path, href));
}

/** The path in the zip that a reference in one of its files means. */
function within(path: string, href: string): string {
  const steps = path.split('/').slice(0, -1);
  for (const step of unescapedPath(href.replace(/[?#].*$/, '')).split('/'))
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  return steps.join('/');
}

function unescapedPath(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    // A lone per cent sign stands for itself.
    return href;
  }
}
