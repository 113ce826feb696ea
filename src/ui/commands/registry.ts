import type { Command } from './command.ts';
import { describingCommands } from './describing.ts';
import { documentCommands } from './documents.ts';
import { endCommands } from './ends.ts';
import { findingCommands } from './finding.ts';
import { everywhereCommands } from './everywhere.ts';
import { guidelineCommands } from './guidelines.ts';
import { flowCommands } from './flow.ts';
import { linkingCommands } from './linking.ts';
import { markingCommands } from './marking.ts';
import { movingCommands } from './moving.ts';
import { overlapCommands } from './overlap.ts';
import { panelCommands } from './panels.ts';
import { projectCommands } from './projects.ts';

/** Every verb. Where several share a key, the first that does anything now has it. */
export const commands: readonly Command[] = [
  ...linkingCommands,
  ...markingCommands,
  ...describingCommands,
  ...endCommands,
  ...movingCommands,
  ...overlapCommands,
  ...documentCommands,
  ...guidelineCommands,
  ...panelCommands,
  ...findingCommands,
  ...flowCommands,
  ...everywhereCommands,
  ...projectCommands,
];
