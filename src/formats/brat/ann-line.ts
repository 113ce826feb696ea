/** A line of a file of brat's standoff marks, as its grammar has it. Places are in the file's unit. */
export type AnnLine =
  | {
      readonly kind: 'T';
      readonly id: string;
      readonly type: string;
      readonly fragments: readonly (readonly [start: number, end: number])[];
      /** Absent in files that leave it out. */
      readonly text?: string;
    }
  | {
      readonly kind: 'R';
      readonly id: string;
      readonly type: string;
      readonly roles: readonly [Role, Role];
    }
  | {
      readonly kind: 'E';
      readonly id: string;
      readonly type: string;
      readonly trigger: string;
      readonly roles: readonly Role[];
    }
  | {
      readonly kind: 'A';
      readonly id: string;
      readonly name: string;
      readonly target: string;
      /** Absent for a flag. */
      readonly value?: string;
    }
  | {
      readonly kind: 'N';
      readonly id: string;
      readonly name: string;
      readonly target: string;
      readonly reference: string;
      readonly text: string;
    }
  | {
      readonly kind: '#';
      readonly id: string;
      readonly name: string;
      readonly target: string;
      readonly text: string;
    }
  | { readonly kind: '*'; readonly type: string; readonly members: readonly string[] };

/** What fills a role: the id of a span or of an event. */
export interface Role {
  readonly name: string;
  readonly id: string;
}

/** What a line says; `undefined` when it follows no rule of the format. */
export function annLine(line: string): AnnLine | undefined {
  const [id = '', body = '', ...rest] = line.split('\t');
  const tail = rest.join('\t');
  if (/^T\S+$/.test(id)) return spanLine(id, body, rest.length > 0 ? tail : undefined);
  if (/^R\S+$/.test(id)) return relationLine(id, body);
  if (/^E\S+$/.test(id)) return eventLine(id, body);
  if (/^[AM]\S+$/.test(id)) return attributeLine(id, body);
  if (/^N\S+$/.test(id)) return referenceLine(id, body, tail);
  if (/^#\S*$/.test(id)) return noteLine(id, body, tail);
  return id === '*' ? groupLine(body) : undefined;
}

function spanLine(id: string, body: string, text: string | undefined): AnnLine | undefined {
  const parts = /^(.*\S) (\d+ \d+(?:;\d+ \d+)*)$/s.exec(body);
  if (!parts) return undefined;
  const fragments = parts[2]!.split(';').map((range) => {
    const [start, end] = range.split(' ').map(Number);
    return [start!, end!] as const;
  });
  return { kind: 'T', id, type: parts[1]!, fragments, ...(text !== undefined && { text }) };
}

function relationLine(id: string, body: string): AnnLine | undefined {
  const [type, first, second, ...more] = wordsOf(body);
  const roles = [roleOf(first), roleOf(second)] as const;
  if (!type || !roles[0] || !roles[1] || more.length > 0) return undefined;
  return { kind: 'R', id, type, roles: [roles[0], roles[1]] };
}

function eventLine(id: string, body: string): AnnLine | undefined {
  const [trigger, ...roles] = wordsOf(body).map(roleOf);
  if (!trigger || roles.includes(undefined)) return undefined;
  return { kind: 'E', id, type: trigger.name, trigger: trigger.id, roles: roles as Role[] };
}

function attributeLine(id: string, body: string): AnnLine | undefined {
  const parts = /^(\S+) (\S+)(?: (.*))?$/s.exec(body);
  if (!parts) return undefined;
  const value = parts[3];
  return {
    kind: 'A',
    id,
    name: parts[1]!,
    target: parts[2]!,
    ...(value !== undefined && value !== '' && { value }),
  };
}

function referenceLine(id: string, body: string, tail: string): AnnLine | undefined {
  const parts = /^(\S+) (\S+) (\S.*)$/s.exec(body);
  if (!parts) return undefined;
  // Some releases of brat put one more tab before the text each time they save.
  const text = tail.replace(/^\t+/, '');
  return { kind: 'N', id, name: parts[1]!, target: parts[2]!, reference: parts[3]!, text };
}

function noteLine(id: string, body: string, text: string): AnnLine | undefined {
  const parts = /^(\S+) (\S+)$/.exec(body);
  return parts ? { kind: '#', id, name: parts[1]!, target: parts[2]!, text } : undefined;
}

function groupLine(body: string): AnnLine | undefined {
  const [type, ...members] = wordsOf(body);
  return type && members.length > 1 ? { kind: '*', type, members } : undefined;
}

function wordsOf(body: string): string[] {
  return body.split(' ').filter((word) => word !== '');
}

function roleOf(word: string | undefined): Role | undefined {
  const at = word?.lastIndexOf(':') ?? -1;
  return word !== undefined && at > 0 && at < word.length - 1
    ? { name: word.slice(0, at), id: word.slice(at + 1) }
    : undefined;
}
