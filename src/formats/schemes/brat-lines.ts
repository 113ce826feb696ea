const sectionNames = ['entities', 'relations', 'events', 'attributes'] as const;
export type SectionName = (typeof sectionNames)[number];

/** A line of brat's `annotation.conf` that defines a type. */
export interface Definition {
  readonly section: SectionName;
  /** Counted from 1. */
  readonly line: number;
  readonly name: string;
  /** How many types it stands under. */
  readonly depth: number;
  /** Whether it can be marked with; what has a `!` before it only holds others together. */
  readonly isSelectable: boolean;
  readonly args: readonly Argument[];
}

/** `Agent?:Person|Org`: what fills the role, and how often it may stand. */
interface Argument {
  readonly key: string;
  /** `?`, `*`, `+` or a number in braces, if there is one. */
  readonly count: string;
  readonly value: string;
}

interface Fault {
  readonly line: number;
  readonly fault: string;
}

/** Macros can stand in macros; a line that they make longer is not read. */
const longestLine = 100_000;

/** The definitions of a file in their order, and what of it is none. */
export function definitionsOf(text: string): {
  readonly definitions: readonly Definition[];
  readonly faults: readonly Fault[];
} {
  const reader = new LineReader();
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries())
    reader.take(line, index + 1);
  return reader;
}

class LineReader {
  readonly definitions: Definition[] = [];
  readonly faults: Fault[] = [];
  readonly #macros = new Map<string, string>();
  /** The section that the line is in: `none` before the first, `other` in one that is not known. */
  #section: SectionName | 'none' | 'other' = 'none';
  #indents: number[] = [];

  take(raw: string, line: number): void {
    const words = raw.trim();
    if (words === '' || words.startsWith('#') || /^-+$/.test(words)) return;
    const section = /^\[([^\]]*)\]$/.exec(words);
    const macro = /^<([^<>\s]+)>\s*=\s*(.*)$/.exec(words);
    if (section) this.#enter(section[1]!.trim(), line);
    else if (macro) this.#define(macro[1]!, macro[2]!, line);
    else if (this.#section === 'none') this.#fault(line, 'a line before the first section was skipped');
    else if (this.#section !== 'other') this.#takeDefinition(raw, this.#section, line);
  }

  #enter(title: string, line: number): void {
    // Files from before brat 1.2 call entities spans.
    const name = title.toLowerCase() === 'spans' ? 'entities' : title.toLowerCase();
    this.#section = sectionNames.find((known) => known === name) ?? 'other';
    this.#indents = [];
    if (this.#section === 'other')
      this.#fault(line, `the section [${title}] is not known here and was skipped`);
  }

  #define(name: string, body: string, line: number): void {
    const expanded = this.#expanded(body);
    if (expanded === undefined) this.#fault(line, `the macro <${name}> was skipped: it is too long`);
    else this.#macros.set(`<${name}>`, expanded);
  }

  /** The words with what macros stand for; `undefined` when that is too much. */
  #expanded(words: string): string | undefined {
    let length = words.length;
    const expanded = words.replace(/<[^<>\s]+>/g, (name) => {
      const body = this.#macros.get(name) ?? name;
      length += body.length;
      return length > longestLine ? '' : body;
    });
    return length > longestLine ? undefined : expanded;
  }

  #takeDefinition(raw: string, section: SectionName, line: number): void {
    const parts = /^(\s*)(!?)(\S+)(?:\s+(.*))?$/.exec(raw.trimEnd());
    const rest = this.#expanded(parts?.[4] ?? '');
    if (!parts || rest === undefined) return this.#fault(line, 'this line was skipped: it is too long');
    const [name, ...others] = parts[3]!.split('|');
    if (!name) return this.#fault(line, 'this line was skipped: it names no type');
    if (others.length > 0) this.#fault(line, `“${name}” goes without its other names, ${others.join(', ')}`);
    const depth = this.#depthOf(parts[1]!.length);
    const args = rest.split(',').flatMap((part) => this.#argument(part.trim(), name, line) ?? []);
    this.definitions.push({ section, line, name, depth, isSelectable: parts[2] === '', args });
  }

  /** How many lines before this one are indented less and hold it. */
  #depthOf(indent: number): number {
    this.#indents = [...this.#indents.filter((outer) => outer < indent), indent];
    return this.#indents.length - 1;
  }

  #argument(part: string, name: string, line: number): Argument | undefined {
    if (part === '') return undefined;
    const parts = /^(<[^<>\s]+>|[^\s:?*+{<]+)([?*+]|\{[^{}]*\})?\s*:\s*(.*)$/.exec(part);
    if (!parts) this.#fault(line, `“${short(part)}” behind “${name}” is not read here and was skipped`);
    return parts ? { key: parts[1]!, count: parts[2] ?? '', value: parts[3]!.trim() } : undefined;
  }

  #fault(line: number, fault: string): void {
    this.faults.push({ line, fault });
  }
}

function short(words: string): string {
  const characters = [...words];
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : words;
}
