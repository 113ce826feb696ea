import { expect, test, vi } from 'vitest';
import type { Progress } from '../../../src/workers/jobs.ts';
import { incomingFile } from '../../formats/reading.ts';
import { newDesk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

const slow = vi.hoisted(() => ({ isTold: false }));

/** To it whatever is called “stuck” hangs, or takes long, as soon as it is opened. */
vi.mock(import('../../../src/session/files/reading-watch.ts'), async (original) => {
  const { ReadingWatch } = await original();
  const watchReading: Actual['watchReading'] = (messages, leave) => {
    const slowly = (file: string) =>
      messages.say(`${file} is slow`, { name: 'Leave it out', run: () => leave(file) });
    const watch = new ReadingWatch({ onslow: slowly, onstuck: leave });
    watch.heard = ({ file = '' }: Progress) => {
      if (file.startsWith('stuck')) (slow.isTold ? slowly : leave)(file);
    };
    return watch;
  };
  return { ...(await original()), watchReading };
});

type Actual = typeof import('../../../src/session/files/reading-watch.ts');

const files = () => [
  incomingFile('one.txt', 'Ada denied it'),
  incomingFile('stuck.txt', 'Velt warned Sarnia'),
  incomingFile('two.txt', 'Brandt appealed'),
];

test('a file that is never read to its end is left out and named, and the others come in', async () => {
  slow.isTold = false;
  const { session } = await newDesk([]);
  await session.importing.files(files());
  expect(session.shelf.present.map(({ length }) => length).sort()).toEqual([13, 15]);
  expect(session.importing.report?.problems).toMatchObject([
    {
      file: 'stuck.txt',
      outcome: 'refused',
      message: expect.stringContaining('so long that it was stopped'),
    },
  ]);
  expect(session.importing.progress).toBeUndefined();
});

test('of one that takes long the user is told, and can leave it out', async () => {
  slow.isTold = true;
  const { session } = await newDesk([]);
  const said: string[] = [];
  // Whoever is told so leaves the file out at once.
  vi.spyOn(session.messages, 'say').mockImplementation((text, action) => {
    said.push(text);
    if (text === 'stuck.txt is slow') action?.run();
  });
  await session.importing.files(files());
  expect(said).toContain('stuck.txt is slow');
  expect(session.importing.report?.problems).toMatchObject([{ file: 'stuck.txt', outcome: 'refused' }]);
  expect(session.shelf.present.map(({ length }) => length).sort()).toEqual([13, 15]);
});
