/** A part of an XML text. Names are `prefix:local` with our own prefixes, whatever prefixes the text has. */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** What is wrong with an XML text, a sentence. */
export class XmlFault extends Error {}

/** Our prefixes by the address of the namespace; names in other ones have the prefix `?`. */
export type Prefixes = Readonly<Record<string, string>>;

const token =
  /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<\?[^]*?\?>|<!DOCTYPE[^>[]*(\[[^]*?\]\s*)?>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

interface Open {
  readonly written: string;
  readonly name: string;
  readonly spaces: ReadonlyMap<string, string>;
}

/**
 * The parts of a well-formed XML text in their order; what it defines by itself is not taken over, nothing is fetched.
 *
 * @throws XmlFault where it is not well-formed.
 */
export function* xmlEvents(text: string, prefixes: Prefixes): Generator<XmlEvent> {
  const open: Open[] = [];
  token.lastIndex = 0;
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length;) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) throw new XmlFault(`it is not well-formed at character ${at}`);
    at = token.lastIndex;
    const [, cdata, subset, closed, opened, attributes, empty, words] = match;
    if (subset !== undefined) throw new XmlFault('it defines entities of its own, which no such file needs');
    if (words !== undefined) yield { kind: 'text', text: unescaped(words) };
    else if (cdata !== undefined) yield { kind: 'text', text: lineBreaks(cdata) };
    else if (closed !== undefined) {
      const last = open.pop();
      if (last?.written !== closed) throw new XmlFault(`</${closed}> closes nothing that is open`);
      yield { kind: 'close', name: last.name };
    } else if (opened !== undefined) {
      const element = opening(opened, attributes!, open.at(-1), prefixes);
      yield { kind: 'open', ...element };
      if (empty === '') open.push(element.open);
      else yield { kind: 'close', name: element.name };
    }
  }
  if (open.length > 0) throw new XmlFault(`it ends before </${open.at(-1)!.written}>`);
}

function opening(written: string, source: string, parent: Open | undefined, prefixes: Prefixes) {
  const raw = [...source.matchAll(attribute)].map(
    ([, key, double, single]) => [key!, unescaped(double ?? single!)] as const,
  );
  const declared = raw.flatMap(([key, value]) =>
    key === 'xmlns'
      ? [['', value] as const]
      : key.startsWith('xmlns:')
        ? [[key.slice(6), value] as const]
        : [],
  );
  const outer = parent?.spaces ?? new Map<string, string>();
  const spaces = declared.length > 0 ? new Map([...outer, ...declared]) : outer;
  const name = resolved(written, spaces, prefixes);
  const attributes = new Map(
    raw.map(([key, value]) => [key.includes(':') ? resolved(key, spaces, prefixes) : key, value]),
  );
  return { name, attributes, open: { written, name, spaces } };
}

function resolved(name: string, spaces: ReadonlyMap<string, string>, prefixes: Prefixes): string {
  const [local, prefix = ''] = name.split(':').reverse() as [string, string?];
  const address = spaces.get(prefix);
  if (address === undefined) return prefix === '' ? local : `?:${local}`;
  return Object.hasOwn(prefixes, address) ? `${prefixes[address]}:${local}` : `?:${local}`;
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function unescaped(words: string): string {
  const plain = lineBreaks(words);
  if (!plain.includes('&')) return plain;
  return plain.replace(/&(?:#(\d+)|#x([\da-f]+)|([\w.-]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return named.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : '\ufffd';
  });
}

function lineBreaks(words: string): string {
  return words.includes('\r') ? words.replace(/\r\n?/g, '\n') : words;
}
