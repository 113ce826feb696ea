import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invert, noEdit, spanEntry, type Change, type ChangeKind, type Edit } from '../../src/core/change.ts';
import { nextRedo, nextUndo } from '../../src/core/history.ts';
import { applyEdits, emptySheet } from '../../src/core/sheet.ts';
import { span } from '../annotated.ts';
import { documentId } from './edits.ts';

type Act = 'do' | 'undo' | 'redo';

/** The log of one document as annotators fill it. */
class Log {
  changes: readonly Change[] = [];

  write(annotator: string, kind: ChangeKind, edit: Edit = noEdit, undoes?: number): number {
    const seq = this.changes.length + 1;
    const change: Change = {
      ...edit,
      seq,
      id: `c${seq}`,
      projectId: 'first',
      documentIds: [documentId],
      kind,
      ...(undoes !== undefined && { undoes }),
      annotator,
      at: '2026-01-01T00:00:00.000Z',
      title: '',
    };
    this.changes = [...this.changes, change];
    return seq;
  }

  /** Marks a span that no other change is about. */
  do(annotator: string): number {
    const seq = this.changes.length + 1;
    const value = span({ id: `s${seq}`, start: seq, end: seq + 1, annotator });
    return this.write(annotator, 'do', { ...noEdit, added: [spanEntry(documentId, value)] });
  }

  undo(annotator: string): number | undefined {
    const target = nextUndo(this.changes, annotator);
    if (target) this.write(annotator, 'undo', invert(target), target.seq);
    return target?.seq;
  }

  redo(annotator: string): number | undefined {
    const target = nextRedo(this.changes, annotator);
    if (target) this.write(annotator, 'redo', invert(target), target.seq);
    return target?.undoes;
  }

  /** The changes whose spans stand in the document. */
  get standing(): number[] {
    return applyEdits(emptySheet, this.changes, documentId).spans.map(({ start }) => start);
  }
}

/** What each annotator has done and undone, as two stacks. */
class Stacks {
  readonly done: number[] = [];
  readonly undone: number[] = [];

  do(seq: number): void {
    this.done.push(seq);
    this.undone.length = 0;
  }

  undo(): number | undefined {
    return move(this.done, this.undone);
  }

  redo(): number | undefined {
    return move(this.undone, this.done);
  }
}

function move(from: number[], to: number[]): number | undefined {
  const seq = from.pop();
  if (seq !== undefined) to.push(seq);
  return seq;
}

const acts = fc.array(
  fc.record({
    annotator: fc.constantFrom('anna', 'ben'),
    act: fc.constantFrom<Act>('do', 'undo', 'redo', 'undo'),
  }),
  { maxLength: 30 },
);

test('undo and redo are two stacks for each annotator, whatever the order of their acts', () => {
  fc.assert(
    fc.property(acts, (all) => {
      const log = new Log();
      const stacks = { anna: new Stacks(), ben: new Stacks() };
      for (const { annotator, act } of all) {
        const own = stacks[annotator as 'anna' | 'ben'];
        if (act === 'do') own.do(log.do(annotator));
        else expect(log[act](annotator)).toBe(own[act]());
        expect(log.standing).toEqual([...stacks.anna.done, ...stacks.ben.done].sort((a, b) => a - b));
      }
    }),
    { numRuns: 500 },
  );
});

describe('undo', () => {
  test('takes back the newest first', () => {
    const log = new Log();
    log.do('anna');
    log.do('anna');
    expect([log.undo('anna'), log.undo('anna'), log.undo('anna')]).toEqual([2, 1, undefined]);
  });

  test('takes back one’s own acts alone', () => {
    const log = new Log();
    log.do('anna');
    log.do('ben');
    expect(log.undo('anna')).toBe(1);
    expect(log.undo('carla')).toBeUndefined();
    expect(log.standing).toEqual([2]);
  });

  test('takes back again what was done again', () => {
    const log = new Log();
    log.do('anna');
    log.undo('anna');
    log.redo('anna');
    expect(log.undo('anna')).toBe(1);
  });

  test('passes over what somebody else has undone', () => {
    const log = new Log();
    log.do('anna');
    const second = log.do('anna');
    log.write('ben', 'undo', invert(log.changes[1]!), second);
    expect(log.undo('anna')).toBe(1);
  });

  test('passes over what was taken back out of turn', () => {
    const log = new Log();
    const first = log.do('anna');
    log.do('anna');
    log.write('anna', 'undo', invert(log.changes[0]!), first);
    expect([log.undo('anna'), log.undo('anna')]).toEqual([2, undefined]);
  });

  test.each(['import', 'scheme'] as const)('leaves an %s alone', (kind) => {
    const log = new Log();
    log.do('anna');
    log.write('anna', kind);
    expect(log.undo('anna')).toBe(1);
  });

  test('has nothing to take back on a document that nobody has touched', () => {
    expect(nextUndo([], 'anna')).toBeUndefined();
  });
});

describe('redo', () => {
  test('brings back what was undone last first', () => {
    const log = new Log();
    log.do('anna');
    log.do('anna');
    log.undo('anna');
    log.undo('anna');
    expect([log.redo('anna'), log.redo('anna'), log.redo('anna')]).toEqual([1, 2, undefined]);
  });

  test('is over once something new was done', () => {
    const log = new Log();
    log.do('anna');
    log.undo('anna');
    log.do('anna');
    expect(log.redo('anna')).toBeUndefined();
  });

  test('is not over for what somebody else does', () => {
    const log = new Log();
    log.do('anna');
    log.undo('anna');
    log.do('ben');
    expect(log.redo('ben')).toBeUndefined();
    expect(log.redo('anna')).toBe(1);
  });

  test('does not bring back what somebody else has brought back', () => {
    const log = new Log();
    log.do('anna');
    log.undo('anna');
    log.write('ben', 'redo', invert(log.changes[1]!), 2);
    expect(log.redo('anna')).toBeUndefined();
  });

  test('has nothing to bring back where nothing was undone', () => {
    const log = new Log();
    log.do('anna');
    expect(log.redo('anna')).toBeUndefined();
    expect(nextRedo([], 'anna')).toBeUndefined();
  });
});
