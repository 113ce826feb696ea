import { describe, expect, test, vi } from 'vitest';
import { recordsOf } from '../../workers/backup/projects.ts';
import { newDesk, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const saved: { blob: Blob; fileName: string }[] = [];
vi.mock(import('../../../src/session/files/download.ts'), async (original) => ({
  ...(await original()),
  download: (blob: Blob, fileName: string) => void saved.push({ blob, fileName }),
}));

const told = ({ session }: Desk) => session.messages.current?.text;

describe('backing up', () => {
  test('saves the whole project as one file and says what is in it', async () => {
    const desk = await newDesk(['Ada denied it', 'Ben claimed it']);
    saved.length = 0;
    expect(await desk.session.backingUp.download()).toBe(true);
    expect(saved[0]!.fileName).toMatch(/^My reports \d{4}-\d{2}-\d{2}\.locution$/);
    expect(told(desk)).toContain('Backed up 2 documents with 0 spans and the history');
    const { records, state } = await recordsOf(saved[0]!.blob);
    expect(state.faults).toEqual([]);
    expect(records.documents.map(({ text }) => text).sort()).toEqual(['Ada denied it', 'Ben claimed it']);
    expect(desk.session.backingUp.progress).toBeUndefined();
  });

  test('that is cancelled saves nothing and says so', async () => {
    const desk = await newDesk(['Ada denied it']);
    saved.length = 0;
    const done = desk.session.backingUp.download();
    while (desk.session.backingUp.progress) {
      desk.session.backingUp.cancel();
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(await done).toBe(false);
    expect(told(desk)).toBe('The backup was cancelled. No file was written.');
    expect(saved).toEqual([]);
  });

  test('that fails says so and what to do, and saves nothing', async () => {
    const desk = await newDesk(['Ada denied it']);
    saved.length = 0;
    await desk.database.projects.clear();
    expect(await desk.session.backingUp.download()).toBe(false);
    expect(desk.session.messages.alarm).toContain('The backup stopped: there is no project');
    expect(saved).toEqual([]);
  });

  test('tells of what the storage does not have as it should', async () => {
    const desk = await newDesk(['Ada denied it']);
    await desk.database.texts.clear();
    await desk.session.backingUp.download();
    expect(desk.session.messages.alarm).toContain('The backup is made, but look at this:');
  });
});
