import type { FileProblem } from '../../core/problem.ts';
import type { Reading } from '../../core/transfer.ts';
import type { SourceFile } from '../format.ts';
import { composedDocument, type Composed } from './composed-document.ts';
import { unlessDamaged } from './unless-damaged.ts';
import { xmlEvents, type Prefixes } from './xml.ts';
import { zipParts, type ZipParts } from './zip-parts.ts';

/** Reads the one document that a zip of parts is, such as a Word document. */
export async function* zippedDocument(
  file: SourceFile,
  compose: (parts: ZipParts) => Promise<Composed | { problem: FileProblem }>,
): AsyncGenerator<Reading> {
  const opened = await zipParts(file);
  if ('problem' in opened) return yield { kind: 'problem', problem: opened.problem };
  const composed = await unlessDamaged(file, () => compose(opened.parts));
  if ('problem' in composed) yield { kind: 'problem', problem: composed.problem };
  else yield* composedDocument(file.name, composed);
}

/** The words in the elements of these names, by name; of several of a name the first. */
export function wordsByName(
  xml: string,
  prefixes: Prefixes,
  names: readonly string[],
): ReadonlyMap<string, string> {
  const [words, wanted] = [new Map<string, string>(), new Set(names)];
  let name: string | undefined;
  for (const event of xmlEvents(xml, prefixes))
    if (event.kind === 'open') name = wanted.has(event.name) ? event.name : undefined;
    else if (event.kind === 'close') name = undefined;
    else if (name !== undefined && words.get(name) === undefined && event.text.trim() !== '')
      words.set(name, event.text.trim());
  return words;
}
