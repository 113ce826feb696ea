import { describe, expect, test, vi } from 'vitest';
import type { Label } from '../../../src/core/scheme.ts';
import { commit } from '../../../src/storage/commit.ts';
import { relation, relationEntry } from '../../core/edits.ts';
import { draft } from '../../storage/workspace.ts';
import { newDesk, select } from '../desk.ts';
import { focusedText, mark, redo, told, undo } from './steps.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const report = 'Ada denied it, “all of it”, he said.';

describe('marking', () => {
  test('gives the selected words a label, signed and focused, and says so', async () => {
    const desk = await newDesk([report]);
    desk.session.nameAnnotator('Anna');
    await mark(desk, 'denied it', 'denial');
    expect(desk.notation()).toBe('Ada [denied it](denial), “all of it”, he said.');
    expect(desk.session.open!.focused).toMatchObject({
      text: 'denied it',
      annotator: 'Anna',
      origin: 'hand',
    });
    expect(told(desk)).toBe('Marked Denial: “denied it”');
  });

  test('puts the caret behind the span, so that the next word can be selected', async () => {
    const desk = await newDesk([report]);
    await mark(desk, 'denied it');
    expect(desk.session.open).toMatchObject({ selection: undefined, caret: 13 });
  });

  test('lets spans touch, nest, overlap and coincide', async () => {
    const desk = await newDesk(['Ada denied it']);
    await mark(desk, 'Ada denied', 'claim');
    await mark(desk, 'denied', 'denial');
    await mark(desk, 'denied', 'appeal');
    await mark(desk, 'denied it', 'accusation');
    await mark(desk, 'Ada ', 'denial');
    expect(desk.session.open!.spans.map(({ text }) => text)).toEqual([
      'Ada denied',
      'Ada',
      'denied it',
      'denied',
      'denied',
    ]);
  });

  test('refuses a second span with the same words and label, and focuses the first', async () => {
    const desk = await newDesk([report]);
    await mark(desk, 'denied');
    const first = desk.session.open!.focused;
    await mark(desk, 'denied');
    expect(desk.session.open!.spans).toHaveLength(1);
    expect(desk.session.open!.focused).toBe(first);
    expect(told(desk)).toBe('These words are marked Claim already.');
    expect(await desk.database.changes.count()).toBe(1);
  });

  test('lets another annotator mark the same words', async () => {
    const desk = await newDesk(['[Ada](claim) denied it']);
    await mark(desk, 'Ada');
    expect(desk.session.open!.spans.map(({ annotator }) => annotator).sort()).toEqual(['file', 'me']);
  });

  test('asks for words when there are none, and makes no span of spaces', async () => {
    const desk = await newDesk(['Ada   denied']);
    desk.session.marking.apply(desk.label('denial'));
    expect(told(desk)).toBe('Select some words first, then press 2 for Denial.');
    await mark(desk, '  ');
    expect(told(desk)).toBe('There are only spaces in the selection. Select some words.');
    expect(desk.session.open!.spans).toEqual([]);
  });

  test('sets a document in progress with its first span, in the same step', async () => {
    const desk = await newDesk([report]);
    const status = () => desk.session.shelf.get('report-1')?.status;
    expect(status()).toBe('todo');
    await mark(desk, 'Ada');
    expect(status()).toBe('in_progress');
    expect(await desk.database.changes.count()).toBe(1);
    await undo(desk);
    expect(status()).toBe('todo');
    expect((await desk.database.documents.get('report-1'))?.status).toBe('todo');
  });

  test('leaves the status of a finished document alone', async () => {
    const desk = await newDesk([report], { status: 'done' });
    await mark(desk, 'Ada');
    expect(desk.session.shelf.get('report-1')?.status).toBe('done');
  });
});

describe('a label for a focused span', () => {
  test('takes the place of the one it had', async () => {
    const desk = await newDesk(['[Ada](claim) denied it']);
    desk.session.marking.goTo(desk.session.open!.spans[0]!);
    desk.session.marking.apply(desk.label('denial'));
    await desk.saved();
    expect(desk.notation()).toBe('[Ada](denial) denied it');
    expect(desk.session.open!.focused).toMatchObject({ id: 's1', annotator: 'file' });
    await undo(desk);
    expect(desk.notation()).toBe('[Ada](claim) denied it');
  });

  test('that it has already changes nothing', async () => {
    const desk = await newDesk(['[Ada](claim) denied it']);
    desk.session.marking.goTo(desk.session.open!.spans[0]!);
    desk.session.marking.apply(desk.label('claim'));
    expect(told(desk)).toBe('This span is Claim already.');
    expect(await desk.database.changes.count()).toBe(0);
  });

  test('is refused where it would make a second identical span', async () => {
    const desk = await newDesk(['[[Ada](denial)](claim) denied it']);
    const claim = desk.session.open!.spans.find(({ label }) => label === desk.label('claim').id)!;
    desk.session.marking.goTo(claim);
    desk.session.marking.apply(desk.label('denial'));
    expect(told(desk)).toContain('covers the same words already');
    expect(await desk.database.changes.count()).toBe(0);
  });
});

describe('removing', () => {
  test('takes the relations of the span along, and undo brings all of them back', async () => {
    const desk = await newDesk(['[Ada](claim) [denied](denial) [it](appeal)']);
    const links = [
      relation({ id: 'r1', head: 's2', child: 's1' }),
      relation({ id: 'r2', head: 's3', child: 's2' }),
      relation({ id: 'r3', head: 's3', child: 's1' }),
    ];
    await commit(desk.database, draft({ added: links.map((link) => relationEntry('report-1', link)) }));
    await vi.waitFor(() => expect(desk.session.open!.sheet.relations).toHaveLength(3));
    const before = desk.session.open!.sheet;
    desk.session.marking.goTo(before.spans[1]!);
    desk.session.marking.remove();
    await desk.saved();
    expect(desk.notation()).toBe('[Ada](claim) denied [it](appeal)');
    expect(desk.session.open!.sheet.relations).toEqual([links[2]]);
    await undo(desk);
    expect(desk.session.open!.sheet).toEqual(before);
  });

  test('without a focused span does nothing', async () => {
    const desk = await newDesk(['[Ada](claim) denied it']);
    desk.session.marking.remove();
    expect(await desk.database.changes.count()).toBe(0);
    expect(desk.session.open!.spans).toHaveLength(1);
  });
});

describe('undo and redo', () => {
  const steps: [string, string][] = [
    ['Ada', 'claim'],
    ['denied', 'denial'],
    ['it', 'appeal'],
  ];

  test('go back and forth over all that was done', async () => {
    const desk = await newDesk(['Ada denied it']);
    const seen = [desk.notation()];
    for (const [words, label] of steps) {
      await mark(desk, words, label);
      seen.push(desk.notation());
    }
    const walked: string[] = [];
    for (const walk of [undo, undo, undo, redo, redo, redo]) {
      await walk(desk);
      walked.push(desk.notation());
    }
    expect(walked).toEqual([seen[2], seen[1], seen[0], seen[1], seen[2], seen[3]]);
  });

  test('say when there is nothing left', async () => {
    const desk = await newDesk(['Ada denied it']);
    expect([desk.session.marking.canUndo, desk.session.marking.canRedo]).toEqual([false, false]);
    await undo(desk);
    expect(told(desk)).toBe('There is nothing to undo here.');
    await redo(desk);
    expect(told(desk)).toBe('There is nothing to redo here.');
    expect(await desk.database.changes.count()).toBe(0);
  });

  test('can be pressed several times at once', async () => {
    const desk = await newDesk(['Ada denied it']);
    for (const [words, label] of steps) await mark(desk, words, label);
    for (let times = 0; times < 3; times++) desk.session.marking.undo();
    await vi.waitFor(() => expect(desk.notation()).toBe('Ada denied it'));
    await desk.saved();
    expect([desk.session.marking.canUndo, desk.session.marking.canRedo]).toEqual([false, true]);
  });

  test('wait for what is still being saved', async () => {
    const desk = await newDesk(['Ada denied it']);
    select(desk.session, 'Ada');
    desk.session.marking.apply(desk.label('claim'));
    expect(desk.session.marking.canUndo).toBe(true);
    await undo(desk);
    expect(desk.notation()).toBe('Ada denied it');
  });

  test('survive a reload', async () => {
    const desk = await newDesk(['Ada denied it']);
    for (const [words, label] of steps) await mark(desk, words, label);
    await undo(desk);
    desk.session = await desk.sit();
    await desk.session.openDocument('report-1');
    expect([desk.session.marking.canUndo, desk.session.marking.canRedo]).toEqual([true, true]);
    await redo(desk);
    expect(desk.notation()).toBe('[Ada](claim) [denied](denial) [it](appeal)');
    await undo(desk);
    await undo(desk);
    await undo(desk);
    expect(desk.notation()).toBe('Ada denied it');
  });

  test('are each annotator’s own', async () => {
    const desk = await newDesk(['Ada denied it']);
    await mark(desk, 'Ada', 'claim');
    desk.session.nameAnnotator('Ben');
    expect(desk.session.marking.canUndo).toBe(false);
    await mark(desk, 'it', 'appeal');
    desk.session.nameAnnotator('me');
    await undo(desk);
    expect(desk.notation()).toBe('Ada denied [it](appeal)');
  });

  test('are each document’s own', async () => {
    const desk = await newDesk(['Ada denied it', 'Ben was there']);
    await mark(desk, 'Ada', 'claim');
    await desk.session.openDocument('report-2');
    expect(desk.session.marking.canUndo).toBe(false);
    await mark(desk, 'Ben', 'claim');
    await undo(desk);
    expect(desk.notation()).toBe('Ben was there');
    await desk.session.openDocument('report-1');
    expect(desk.notation()).toBe('[Ada](claim) denied it');
  });
});

describe('picking', () => {
  const nested = 'He [said that [Ada [denied](denial)](claim) it](appeal)';

  test('goes from the innermost span outwards, and round again', async () => {
    const desk = await newDesk([nested]);
    const { open, marking } = desk.session;
    const under = open!.index.covering(open!.text.indexOf('denied'));
    const seen = [1, 2, 3, 4].map(() => {
      marking.pick(under);
      return focusedText(desk);
    });
    expect(seen).toEqual(['denied', 'Ada denied', 'said that Ada denied it', 'denied']);
  });

  test('begins innermost again elsewhere', async () => {
    const desk = await newDesk([nested]);
    const { open, marking } = desk.session;
    marking.pick(open!.index.covering(open!.text.indexOf('denied')));
    marking.pick(open!.index.covering(open!.text.indexOf('that')));
    expect(focusedText(desk)).toBe('said that Ada denied it');
  });

  test('bare text focuses nothing', async () => {
    const desk = await newDesk([nested]);
    desk.session.marking.goTo(desk.session.open!.spans[0]!);
    desk.session.marking.pick([]);
    expect(focusedText(desk)).toBeUndefined();
  });
});

describe('moving about', () => {
  test('by keys goes from span to span in the order of the text, and says where it ends', async () => {
    const desk = await newDesk(['[Ada](claim) [denied](denial) it']);
    const { marking } = desk.session;
    marking.goToNeighbour(1);
    expect(focusedText(desk)).toBe('Ada');
    marking.goToNeighbour(1);
    expect(focusedText(desk)).toBe('denied');
    marking.goToNeighbour(1);
    expect(told(desk)).toBe('There is no span after this one.');
    marking.goToNeighbour(-1);
    marking.goToNeighbour(-1);
    expect(told(desk)).toBe('There is no span before this one.');
    expect(focusedText(desk)).toBe('Ada');
  });
});

describe('opening', () => {
  test('ends with the document that was asked for last', async () => {
    const desk = await newDesk(['Ada denied it', 'Ben was there']);
    await Promise.all(['report-2', 'report-1'].map((id) => desk.session.openDocument(id)));
    expect(desk.session.open?.id).toBe('report-1');
    await Promise.all(['report-2', 'report-1', 'report-2'].map((id) => desk.session.openDocument(id)));
    expect(desk.session.open?.id).toBe('report-2');
  });

  test('a document that is not there shows none', async () => {
    const desk = await newDesk(['Ada denied it']);
    await desk.session.openDocument('gone');
    expect(desk.session.open).toBeUndefined();
  });

  test('is remembered for the next start', async () => {
    const desk = await newDesk(['Ada denied it', 'Ben was there']);
    await desk.session.openDocument('report-2');
    await vi.waitFor(async () => {
      expect((await desk.sit()).preferences.values.lastDocuments['first']).toBe('report-2');
    });
  });

  test('lets go of what is held, and keeps the move', async () => {
    const desk = await newDesk(['Ada [denied](denial) it', 'Ben was there']);
    const { open, marking, ends } = desk.session;
    marking.goTo(open!.spans[0]!);
    ends.hold('end');
    ends.move('word', 1);
    await desk.session.openDocument('report-2');
    await desk.session.openDocument('report-1');
    expect(desk.notation()).toBe('Ada [denied it](denial)');
  });
});

test('nothing happens where no document is open', async () => {
  const desk = await newDesk([]);
  const { selecting, marking, ends } = desk.session;
  const label: Label = desk.label('claim');
  selecting.select(0, 3, 'keyboard');
  for (const verb of [
    () => marking.apply(label),
    () => marking.remove(),
    () => marking.undo(),
    () => marking.redo(),
    () => selecting.widen(),
    () => marking.goToNeighbour(1),
    () => ends.move('word', 1),
    () => ends.letGo(),
  ])
    expect(verb).not.toThrow();
  expect(await desk.database.changes.count()).toBe(0);
});
