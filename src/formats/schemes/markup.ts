/** Text that is HTML already; everything else is escaped on its way in. */
export class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

type Part = Html | readonly Html[] | string | number | undefined;

/** HTML in which whatever is not HTML stands as the text it is. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...parts.map(sourceOf)));
}

function sourceOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.source;
  if (typeof part === 'object') return part.map(({ source }) => source).join('');
  return escaped(String(part));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\r': '&#13;',
  // HTML has no place for it.
  '\0': '\uFFFD',
};

function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex -- that one is the reason.
  return text.replace(/[&<>"'\r\0]/g, (sign) => entities[sign]!);
}
