import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

const script = join(import.meta.dirname, '../verify-export.py');

/** What Locution's JSON Lines carry of a document, as far as the journeys look at it. */
export interface ExportedDocument {
  readonly title: string;
  readonly text: string;
  readonly text_sha256: string;
  readonly offset_unit: string;
  readonly status: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly spans: readonly ExportedSpan[];
  readonly relations: readonly ExportedRelation[];
}

export interface ExportedSpan {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly label: string;
  readonly annotator: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly note?: string;
}

export interface ExportedRelation {
  readonly id: string;
  readonly head: string;
  readonly child: string;
  readonly label: string;
}

export function readExport(file: string): ExportedDocument[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as ExportedDocument);
}

/**
 * Proves an export of one document: every offset true, the text that of the file, the spans those of the gold list. In
 * Python, as the user of the data would, and here as well, so that the proof is there where Python is not.
 */
export function prove(file: string, { equals, spans }: { equals: string; spans: string }): ExportedDocument {
  proveHere(file, equals, spans);
  try {
    const said = execFileSync('python3', [script, file, '--equals', equals, '--spans', spans]);
    console.log(`  python3: ${said.toString().trim()}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    console.warn('\n!!! THERE IS NO python3 HERE. The export was checked in TypeScript only.\n');
  }
  return readExport(file)[0]!;
}

function proveHere(file: string, equals: string, gold: string): void {
  const documents = readExport(file);
  expect(documents).toHaveLength(1);
  const { text, text_sha256, offset_unit, spans } = documents[0]!;
  const characters = [...text];
  expect(offset_unit).toBe('codepoint');
  expect(text_sha256).toBe(createHash('sha256').update(text).digest('hex'));
  expect(text).toBe(
    readFileSync(equals, 'utf8')
      .replace(/^\uFEFF/u, '')
      .replace(/\r\n?/gu, '\n'),
  );
  for (const { start, end, text: quote } of spans) expect(characters.slice(start, end).join('')).toBe(quote);
  expect(spans.map(mark).sort()).toEqual(readExport(gold)[0]!.spans.map(mark).sort());
}

function mark({ start, end, label }: ExportedSpan): string {
  return `${start}-${end} ${label}`;
}
