import type { Command } from './command.ts';
import { documentCommands } from './documents.ts';
import { endCommands } from './ends.ts';
import { findingCommands } from './finding.ts';
import { everywhereCommands } from './everywhere.ts';
import { markingCommands } from './marking.ts';
import { movingCommands } from './moving.ts';
import { panelCommands } from './panels.ts';
import { projectCommands } from './projects.ts';

/** Every verb. Where several share a key, the first that does anything now has it. */
export const commands: readonly Command[] = [
  ...markingCommands,
  ...endCommands,
  ...movingCommands,
  ...documentCommands,
  ...panelCommands,
  ...findingCommands,
  ...everywhereCommands,
  ...projectCommands,
];
