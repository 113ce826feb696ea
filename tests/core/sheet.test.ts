import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentUpdate, noEdit, spanEntry, type Edit } from '../../src/core/change.ts';
import { noCounts } from '../../src/core/document.ts';
import { compareRelations } from '../../src/core/relation.ts';
import { applyEdit, applyEdits, countsAfter, countSpans, emptySheet, sheetOf } from '../../src/core/sheet.ts';
import { compareSpans } from '../../src/core/span.ts';
import { annotated, span } from '../annotated.ts';
import { documentWith } from './documents.ts';
import { documentId, otherId, relation, relationEntry, sheetsWithEdit } from './edits.ts';

const ada = span({ id: 'ada', start: 0, end: 3, label: 'PER' });
const it = span({ id: 'it', start: 11, end: 13, label: 'CLAIM' });

const adding = (...all: (typeof ada)[]): Edit => ({
  ...noEdit,
  added: all.map((one) => spanEntry(documentId, one)),
});
const removing = (one: typeof ada): Edit => ({ ...noEdit, removed: [spanEntry(documentId, one)] });
const updating = (before: typeof ada, after: typeof ada): Edit => ({
  ...noEdit,
  updated: [{ before: spanEntry(documentId, before), after: spanEntry(documentId, after) }],
});

describe('a sheet', () => {
  test('holds spans and relations in order, however they come', () => {
    const { spans } = annotated('[[Ada](FIRST) Lovelace](PER) denied [it](CLAIM)');
    const relations = [relation({ id: 'b' }), relation({ id: 'a' })];
    const sheet = sheetOf([...spans].reverse(), relations);
    expect(sheet.spans.map(({ label }) => label)).toEqual(['PER', 'FIRST', 'CLAIM']);
    expect(sheet.relations.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('stays in order whatever is edited', () => {
    fc.assert(
      fc.property(sheetsWithEdit, ({ sheet, edit }) => {
        const { spans, relations } = applyEdit(sheet, edit, documentId);
        expect(spans).toEqual([...spans].sort(compareSpans));
        expect(relations).toEqual([...relations].sort(compareRelations));
      }),
    );
  });

  test('holds nothing twice', () => {
    fc.assert(
      fc.property(sheetsWithEdit, ({ sheet, edit }) => {
        const { spans, relations } = applyEdit(sheet, edit, documentId);
        expect(new Set(spans.map(({ id }) => id)).size).toBe(spans.length);
        expect(new Set(relations.map(({ id }) => id)).size).toBe(relations.length);
      }),
    );
  });
});

describe('an edit', () => {
  test('does to the sheet what it says, one entry after the other', () => {
    fc.assert(
      fc.property(sheetsWithEdit, ({ sheet, edit }) => {
        const spans = new Map(sheet.spans.map((one) => [one.id, one]));
        const here = [...edit.removed, ...edit.updated.map(({ after }) => after), ...edit.added];
        for (const entry of here) {
          if (entry.type !== 'span' || entry.documentId !== documentId) continue;
          if (edit.removed.includes(entry)) spans.delete(entry.value.id);
          else spans.set(entry.value.id, entry.value);
        }
        expect(applyEdit(sheet, edit, documentId).spans).toEqual([...spans.values()].sort(compareSpans));
      }),
    );
  });

  test('of another document has no effect', () => {
    fc.assert(
      fc.property(sheetsWithEdit, ({ sheet, edit }) => {
        expect(applyEdit(sheet, edit, 'third-report')).toBe(sheet);
      }),
    );
    const elsewhere: Edit = {
      ...noEdit,
      removed: [spanEntry(otherId, ada), relationEntry(otherId, relation({ id: 'r' }))],
    };
    const sheet = sheetOf([ada], [relation({ id: 'r' })]);
    expect(applyEdit(sheet, elsewhere, documentId)).toBe(sheet);
  });

  test('of the document’s own facts leaves what is marked on it alone', () => {
    const sheet = sheetOf([ada, it]);
    const edit: Edit = {
      ...noEdit,
      updated: [documentUpdate(documentWith(), documentWith({ status: 'done' }))],
    };
    expect(applyEdit(sheet, edit, documentId)).toBe(sheet);
  });

  test('of spans leaves the relations as they are, and the other way round', () => {
    const sheet = sheetOf([ada, it], [relation({ id: 'r1', head: 'ada', child: 'it' })]);
    expect(applyEdit(sheet, removing(it), documentId).relations).toBe(sheet.relations);
    const edit: Edit = { ...noEdit, added: [relationEntry(documentId, relation({ id: 'r2' }))] };
    expect(applyEdit(sheet, edit, documentId).spans).toBe(sheet.spans);
  });

  test('changes no sheet but makes a new one', () => {
    fc.assert(
      fc.property(sheetsWithEdit, ({ sheet, edit }) => {
        const before = structuredClone(sheet);
        applyEdit(sheet, edit, documentId);
        expect(sheet).toEqual(before);
      }),
    );
  });

  test('that adds a span once more does not double it', () => {
    expect(applyEdit(sheetOf([ada]), adding(ada), documentId).spans).toEqual([ada]);
  });

  test('that updates a span which somebody else has removed brings it back', () => {
    const later = { ...ada, label: 'ORG' };
    expect(applyEdits(sheetOf([ada, it]), [removing(ada), updating(ada, later)], documentId).spans).toEqual([
      later,
      it,
    ]);
  });

  test('that removes a span which somebody else has removed does nothing more', () => {
    expect(applyEdits(sheetOf([ada, it]), [removing(ada), removing(ada)], documentId).spans).toEqual([it]);
  });

  test('puts an updated span where its new range belongs', () => {
    const moved = { ...it, start: 0, end: 13 };
    expect(applyEdit(sheetOf([ada, it]), updating(it, moved), documentId).spans).toEqual([moved, ada]);
  });

  test('may add many spans at once', () => {
    const many = Array.from({ length: 60 }, (_, index) => span({ start: (index * 7) % 60, end: 60 + index }));
    expect(applyEdit(sheetOf([ada]), adding(...many), documentId).spans).toEqual(
      [ada, ...many].sort(compareSpans),
    );
  });
});

describe('several edits', () => {
  test('take effect in turn', () => {
    const later = { ...ada, label: 'ORG' };
    expect(applyEdits(emptySheet, [adding(ada), updating(ada, later)], documentId).spans).toEqual([later]);
    expect(applyEdits(emptySheet, [updating(ada, later), adding(ada)], documentId).spans).toEqual([ada]);
    expect(applyEdits(emptySheet, [adding(ada), removing(ada)], documentId).spans).toEqual([]);
    expect(applyEdits(emptySheet, [removing(ada), adding(ada)], documentId).spans).toEqual([ada]);
  });

  test('that are none leave the sheet as it is', () => {
    const sheet = sheetOf([ada]);
    expect(applyEdits(sheet, [], documentId)).toBe(sheet);
    expect(applyEdit(sheet, noEdit, documentId)).toBe(sheet);
  });
});

describe('counts', () => {
  test('are of all spans and of each label that is used', () => {
    const { spans } = annotated('[[Ada](PER) Lovelace](PER) denied [it](CLAIM)');
    expect(countSpans(spans)).toEqual({ spans: 3, byLabel: { PER: 2, CLAIM: 1 } });
    expect(countSpans([])).toEqual(noCounts);
  });

  test('kept through an edit are what counting anew would give', () => {
    fc.assert(
      fc.property(sheetsWithEdit, ({ sheet, edit }) => {
        const kept = countsAfter(countSpans(sheet.spans), edit, documentId);
        expect(kept).toEqual(countSpans(applyEdit(sheet, edit, documentId).spans));
      }),
    );
  });

  test('forget a label whose last span goes', () => {
    expect(countsAfter(countSpans([ada, it]), removing(ada), documentId)).toEqual({
      spans: 1,
      byLabel: { CLAIM: 1 },
    });
  });

  test('follow a span from one label to another', () => {
    const edit = updating(ada, { ...ada, label: 'CLAIM' });
    expect(countsAfter(countSpans([ada, it]), edit, documentId)).toEqual({ spans: 2, byLabel: { CLAIM: 2 } });
  });

  test('stay the same through an edit of another document or of relations', () => {
    const counts = countSpans([ada, it]);
    expect(countsAfter(counts, adding(ada), otherId)).toBe(counts);
    const edit: Edit = { ...noEdit, removed: [relationEntry(documentId, relation({ id: 'r1' }))] };
    expect(countsAfter(counts, edit, documentId)).toBe(counts);
  });
});
