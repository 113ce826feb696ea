import type { KeptChange, KeptDocument, KeptLayer, KeptSetting } from '../../core/backup/records.ts';
import type { FileProblem } from '../../core/problem.ts';
import { fileProblem } from '../../core/problem.ts';
import type { Project } from '../../core/project.ts';
import { completeScheme } from '../../core/schemes/complete.ts';
import type { BackupReading } from './backup-reading.ts';
import { documentOf } from './document-line.ts';
import { pathOf, type PartName } from './part-names.ts';
import { changeOf, layerOf, projectOf, settingOf } from './record-shape.ts';
import type { SealedLine } from './sealed-line.ts';

/** What a sound line of a backup says; of two lines about one document the later one counts. */
export type BackupRecord =
  | { readonly kind: 'project'; readonly value: Project; readonly line: number }
  | {
      readonly kind: 'document';
      readonly value: KeptDocument;
      readonly spans: number;
      readonly line: number;
    }
  | { readonly kind: 'layer'; readonly value: KeptLayer; readonly line: number }
  | { readonly kind: 'change'; readonly value: KeptChange; readonly line: number }
  | { readonly kind: 'setting'; readonly value: KeptSetting; readonly line: number }
  /** A line that is as it was written, and yet makes no sense. */
  | { readonly kind: 'problem'; readonly problem: FileProblem };

/** The records of a backup, of a damaged one those of all sound lines. */
export async function* backupRecords(reading: BackupReading, name: string): AsyncGenerator<BackupRecord> {
  for await (const line of reading.lines()) {
    if (line.part === 'manifest' || line.part === 'end') continue;
    yield recordOf(line) ?? { kind: 'problem', problem: senseless(line, name) };
  }
}

function recordOf({ part, value, line }: SealedLine): BackupRecord | undefined {
  switch (part) {
    case 'scheme': {
      const project = projectOf(value['project'] ?? null);
      return (
        project && { kind: 'project', value: { ...project, scheme: completeScheme(project.scheme) }, line }
      );
    }
    case 'documents': {
      const document = documentOf(value);
      const { spans } = value;
      return (
        document && {
          kind: 'document',
          value: document,
          spans: Array.isArray(spans) ? spans.length : 0,
          line,
        }
      );
    }
    case 'imported': {
      const layer = layerOf(value);
      return layer && { kind: 'layer', value: layer, line };
    }
    case 'changes': {
      const change = changeOf(value);
      return change && { kind: 'change', value: change, line };
    }
    case 'settings': {
      const setting = settingOf(value);
      return setting && { kind: 'setting', value: setting, line };
    }
    case 'manifest':
    case 'end':
      return undefined;
    default:
      return part satisfies never;
  }
}

function senseless({ part, line }: SealedLine, name: string): FileProblem {
  return lineProblem(name, part, line, 'it does not say what such a line should');
}

/** A line that is as it was written and is left out all the same. */
export function lineProblem(name: string, part: PartName, line: number, fault: string): FileProblem {
  const message = `this line is not damaged, but was left out: ${fault}.`;
  return fileProblem('refused', `${name}/${pathOf(part)}`, message, line);
}
