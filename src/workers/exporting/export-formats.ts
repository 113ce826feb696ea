import type { WriteChoice } from '../../formats/format.ts';
import type { OffsetUnit } from '../../formats/units.ts';
import { formats } from '../../formats/formats.ts';

/** A format as the export dialog offers it. */
export interface ExportFormat {
  readonly name: string;
  readonly extension: string;
  readonly losses: readonly string[];
  readonly choices: readonly WriteChoice[];
  /** What offsets count when nothing is chosen. */
  readonly unit: OffsetUnit;
  /** Whether it writes several files, which come as a zip. */
  readonly isFolder: boolean;
}

/** The formats that can be written, the default first. */
export function exportFormats(): readonly ExportFormat[] {
  return formats
    .filter((format) => format.write)
    .map(({ name, extensions, losses, choices = [], writtenUnit, isFolder = false }) => ({
      ...{ name, losses, choices, isFolder },
      unit: writtenUnit ?? 'codepoint',
      extension: isFolder ? 'zip' : extensions[0]!,
    }));
}
