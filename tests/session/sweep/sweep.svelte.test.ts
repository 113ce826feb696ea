import { afterAll, describe, expect, test, vi } from 'vitest';
import { commands as keys } from '../../../src/ui/commands/registry.ts';
import { manners } from '../../storage/faults.ts';
import { newDesk } from '../desk.ts';
import { commandsOfKeys, reports, userCommands, verbsOfTheScreen } from './commands.ts';
import { referenceOf, strike } from './sweep.ts';
import { listenToVerbs, verbsOn } from './verbs.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

vi.stubGlobal('document', { createElement: () => ({ click: () => undefined }) });
vi.stubGlobal('navigator', {});
afterAll(() => void vi.unstubAllGlobals());

const named = userCommands.map((command) => [command.name, command] as const);

describe('the sweep of faults', () => {
  test('runs every verb that there is, but for those of the screen alone', async () => {
    const desk = await newDesk(reports);
    const called = new Set<string>();
    const stop = listenToVerbs(desk, (verb) => called.add(verb));
    for (const command of userCommands) await referenceOf(command);
    stop();
    const left = verbsOn(desk).filter((verb) => !called.has(verb) && !verbsOfTheScreen.includes(verb));
    // A new one needs a command in `commands.ts`, or a line among those of the screen.
    expect(left).toEqual([]);
    expect(verbsOfTheScreen.filter((verb) => !verbsOn(desk).includes(verb))).toEqual([]);
  });

  test('has a command for every key and line of the palette that reads or writes anything', () => {
    const names = new Set(userCommands.map(({ name }) => name));
    expect(Object.keys(commandsOfKeys).sort()).toEqual(keys.map(({ id }) => id).sort());
    const unknown = Object.values(commandsOfKeys).filter((name) => name !== undefined && !names.has(name));
    expect(unknown).toEqual([]);
  });
});

/** One place and one manner for each command, others with each run of the whole sweep: see tests/faults. */
test.each(named)(
  'a fault in the middle of it leaves nothing by half and nothing untold: %s (A5, A6, A7)',
  async (name, command) => {
    const place = userCommands.indexOf(command);
    const plan = { nth: 1 + (place % 7), manner: manners[place % manners.length]! };
    const { wrong } = await strike(command, await referenceOf(command), plan);
    expect(wrong, name).toEqual([]);
  },
);
