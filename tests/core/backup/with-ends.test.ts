import { expect, test } from 'vitest';
import { noEdit, spanEntry, type Edit } from '../../../src/core/change.ts';
import { withEnds } from '../../../src/core/backup/with-ends.ts';
import { applyEdits, sheetOf } from '../../../src/core/sheet.ts';
import { annotated } from '../../annotated.ts';
import { documentId, relation, relationEntry } from '../edits.ts';

const { spans } = annotated('[Ada](claim) denied it and [Ben](denial) claimed it');
const [ada, ben] = [spans[0]!, spans[1]!];
const before = sheetOf(spans);
const removal: Edit = { ...noEdit, removed: [spanEntry(documentId, ada)] };
const drawing: Edit = {
  ...noEdit,
  added: [relationEntry(documentId, relation({ id: 'r', head: ben.id, child: ada.id }))],
};

function united(...edits: Edit[]) {
  return withEnds(applyEdits(before, edits, documentId), edits, documentId);
}

test('a span that one log removes and another relates stays, whichever was first (A42)', () => {
  expect(united(removal, drawing)).toEqual(united(drawing, removal));
  expect(united(removal, drawing).spans).toEqual(spans);
});

test('a span that nothing is related to stays removed', () => {
  expect(united(removal).spans).toEqual([ben]);
});
