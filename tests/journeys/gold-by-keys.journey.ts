import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { ownReport, seedReport, type GoldReport } from './gold.ts';
import { readExport, type ExportedDocument, type ExportedSpan } from './proof.ts';
import { Typist } from './typist.ts';

const reports = [seedReport(), ownReport('report')].filter((report) => report !== undefined);

for (const report of reports)
  test(`${report.name}: all spans, attributes, notes and relations of the gold by keyboard alone (W1)`, async ({
    page,
  }, info) => {
    test.setTimeout(180_000);
    await page.goto('/');
    const typist = new Typist(page);
    const { reader } = typist;
    await reader.importFiles(report.file);
    await reader.sees(report.text);
    await annotate(typist, report);
    await reader.saved();

    const path = info.outputPath('export.jsonl');
    await (await reader.export()).saveAs(path);
    const gold = readGold(report);
    expect(compared(readExport(path)[0]!)).toEqual(compared(gold));
    const words = Object.entries(typist.presses).map(([purpose, count]) => `${count} ${purpose}`);
    console.log(`  ${report.name}: ${typist.total} presses (${words.join(', ')})`);
  });

async function annotate(typist: Typist, report: GoldReport): Promise<void> {
  const { spans, relations } = readGold(report);
  const byId = new Map(spans.map((span) => [span.id, span]));
  for (const [index, span] of spans.entries()) {
    const place = report.spans[index]!;
    await typist.mark({ ...span, start: place.start, end: place.end }, spans.slice(0, index));
    for (const relation of relations.filter(({ head }) => head === span.id))
      await typist.relate(relation, byId.get(relation.child)!);
  }
}

function readGold({ goldFile }: GoldReport): ExportedDocument {
  return JSON.parse(readFileSync(goldFile, 'utf8')) as ExportedDocument;
}

/** What is compared: everything but ids, who annotated, and the order of keys. */
function compared({ text, spans, relations, meta }: ExportedDocument) {
  const place = new Map(spans.map((span) => [span.id, mark(span)]));
  return {
    text,
    meta,
    spans: spans.map(({ id: _, annotator: __, ...span }) => span),
    relations: relations
      .map(({ head, child, label }) => `${place.get(head)} ${label} ${place.get(child)}`)
      .sort(),
  };
}

function mark({ start, end, label }: ExportedSpan): string {
  return `${start}-${end} ${label}`;
}
