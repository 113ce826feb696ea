import { withPatch, schemeFault, type SchemePart } from '../../../core/schemes/editing.ts';
import { labelKeys, type Scheme } from '../../../core/scheme.ts';
import { commands } from '../../commands/registry.ts';

/** The key that was typed into a field which shows one already; `undefined` when it was emptied. */
export function typedKey(content: string, before: string | undefined): string | undefined {
  const typed = [...content.trim().toLowerCase()];
  return typed.length > 1 ? (typed.find((key) => key !== before) ?? before) : typed[0];
}

/** Why an item cannot have a key, naming what has it; `undefined` when it can. */
export function keyFault(
  scheme: Scheme,
  part: SchemePart & ('labels' | 'attributes'),
  id: string,
  key: string | undefined,
): string | undefined {
  if (key === undefined) return undefined;
  if (!labelKeys.includes(key)) return reserved(key);
  return schemeFault(withPatch(scheme, part, id, { key }), scheme);
}

function reserved(key: string): string {
  const chord = key.toUpperCase();
  const command = commands.find(({ keys }) => keys.includes(chord));
  return command
    ? `The key ${chord} belongs to “${command.name}”. Choose another.`
    : `The key ${chord} cannot be given to a label. Choose a digit or a letter from a to z.`;
}
