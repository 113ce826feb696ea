import type { Document } from '../../core/document.ts';
import { counted } from '../../session/files/importing.svelte.ts';

/** How much is marked with a label. */
export interface Usage {
  readonly documents: number;
  readonly spans: number;
}

/** What is marked with each label, by its id, over the documents that are shown. */
export function usageOf(documents: readonly Document[]): ReadonlyMap<string, Usage> {
  const usage = new Map<string, Usage>();
  for (const { counts } of documents)
    for (const [id, count] of Object.entries(counts.byLabel)) {
      const { documents: before, spans } = usage.get(id) ?? { documents: 0, spans: 0 };
      usage.set(id, { documents: before + 1, spans: spans + count });
    }
  return usage;
}

export const unused: Usage = { documents: 0, spans: 0 };

/** "48 spans in 12 documents". */
export function usageWords({ documents, spans }: Usage): string {
  return spans === 0 ? 'no spans yet' : `${counted(spans, 'span')} in ${counted(documents, 'document')}`;
}
