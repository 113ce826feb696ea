import { noCounts, type Document } from '../../src/core/document.ts';

/** A document with nothing but what matters to the test. */
export function documentWith(traits: Partial<Document> = {}): Document {
  return {
    id: 'report',
    projectId: 'first',
    title: 'Ada denied it',
    length: 13,
    hash: '',
    source: { newlines: 'none', byteOrderMark: false, replacedSurrogates: 0 },
    meta: {},
    status: 'todo',
    order: 0,
    counts: noCounts,
    ...traits,
  };
}
