import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  documentsOf,
  documentUpdate,
  invert,
  noEdit,
  projectUpdate,
  spanEntry,
  type Edit,
} from '../../src/core/change.ts';
import { firstProject } from '../../src/core/project.ts';
import { applyEdit, emptySheet, sheetOf } from '../../src/core/sheet.ts';
import { annotated } from '../annotated.ts';
import { documentWith } from './documents.ts';
import { documentId, otherId, relation, relationEntry, sheetsWithEdit } from './edits.ts';

const { text, spans } = annotated('[Ada](PER) denied [it](CLAIM)');
const [ada, it] = spans as [(typeof spans)[0], (typeof spans)[0]];
const denies = relation({ id: 'r1', head: ada.id, child: it.id });

describe('undo', () => {
  test('takes back whatever an edit did', () => {
    fc.assert(
      fc.property(sheetsWithEdit, ({ sheet, edit }) => {
        expect(applyEdit(applyEdit(sheet, edit, documentId), invert(edit), documentId)).toEqual(sheet);
      }),
    );
  });

  test('undone does what the edit did', () => {
    fc.assert(
      fc.property(sheetsWithEdit, ({ sheet, edit }) => {
        expect(invert(invert(edit))).toEqual(edit);
        const done = applyEdit(sheet, edit, documentId);
        const undone = applyEdit(done, invert(edit), documentId);
        expect(applyEdit(undone, invert(invert(edit)), documentId)).toEqual(done);
      }),
    );
  });

  test('brings back a removed relation', () => {
    const sheet = sheetOf(spans, [denies]);
    const removal: Edit = { ...noEdit, removed: [relationEntry(documentId, denies)] };
    const without = applyEdit(sheet, removal, documentId);
    expect(without.relations).toEqual([]);
    expect(applyEdit(without, invert(removal), documentId)).toEqual(sheet);
  });

  test('brings back a removed span with the relation that hung on it', () => {
    const sheet = sheetOf(spans, [denies]);
    const removal: Edit = {
      ...noEdit,
      removed: [spanEntry(documentId, it), relationEntry(documentId, denies)],
    };
    const without = applyEdit(sheet, removal, documentId);
    expect(without).toEqual({ spans: [ada], relations: [] });
    expect(applyEdit(without, invert(removal), documentId)).toEqual(sheet);
  });

  test('takes a new span away', () => {
    const marking: Edit = { ...noEdit, added: [spanEntry(documentId, ada)] };
    const marked = applyEdit(emptySheet, marking, documentId);
    expect(marked.spans.map((span) => text.slice(span.start, span.end))).toEqual(['Ada']);
    expect(applyEdit(marked, invert(marking), documentId)).toEqual(emptySheet);
  });

  test('goes back through the updates of one span in turn', () => {
    const [first, second] = [
      { ...ada, label: 'ORG' },
      { ...ada, label: 'LOC' },
    ];
    const entries = [ada, first, second].map((span) => spanEntry(documentId, span));
    const twice: Edit = {
      ...noEdit,
      updated: [
        { before: entries[0]!, after: entries[1]! },
        { before: entries[1]!, after: entries[2]! },
      ],
    };
    const done = applyEdit(sheetOf([ada]), twice, documentId);
    expect(done.spans).toEqual([second]);
    expect(applyEdit(done, invert(twice), documentId).spans).toEqual([ada]);
  });

  test('of nothing is nothing', () => {
    expect(invert(noEdit)).toEqual(noEdit);
  });
});

describe('the documents of an edit', () => {
  test('are named once each, be they added to, updated or removed from', () => {
    const edit: Edit = {
      added: [spanEntry(documentId, ada), spanEntry(documentId, it)],
      updated: [documentUpdate(documentWith({ id: otherId }), documentWith({ id: otherId, status: 'done' }))],
      removed: [relationEntry('third-report', denies), relationEntry(documentId, denies)],
    };
    expect(documentsOf(edit)).toEqual([documentId, otherId, 'third-report']);
    expect(documentsOf(invert(edit)).sort()).toEqual(documentsOf(edit).sort());
  });

  test('do not include the project', () => {
    const project = firstProject();
    const edit = { ...noEdit, updated: [projectUpdate(project, { ...project, name: 'Speeches' })] };
    expect(documentsOf(edit)).toEqual([]);
  });
});

test('an update holds what was and what is', () => {
  const [before, after] = [documentWith(), documentWith({ status: 'done' })];
  expect(documentUpdate(before, after)).toEqual({
    before: { type: 'document', documentId: 'report', value: before },
    after: { type: 'document', documentId: 'report', value: after },
  });
  const [old, renamed] = [firstProject(), { ...firstProject(), name: 'Speeches' }];
  expect(projectUpdate(old, renamed)).toEqual({
    before: { type: 'project', value: old },
    after: { type: 'project', value: renamed },
  });
});
