import type { WriteChoice } from '../../formats/format.ts';
import { formats } from '../../formats/formats.ts';

/** A format as the export dialog offers it. */
export interface ExportFormat {
  readonly name: string;
  readonly extension: string;
  readonly losses: readonly string[];
  readonly choices: readonly WriteChoice[];
  /** Whether it writes several files, which come as a zip. */
  readonly isFolder: boolean;
}

/** The formats that can be written, the default first. */
export function exportFormats(): readonly ExportFormat[] {
  return formats
    .filter((format) => format.write)
    .map(({ name, extensions, losses, choices = [], isFolder = false }) => ({
      ...{ name, losses, choices, isFolder },
      extension: isFolder ? 'zip' : extensions[0]!,
    }));
}
