import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { generateReport, jsonLine, overlapShare, workloads, type MarkedRange } from './generator.ts';

/** Some words of one line, with the characters before and after them. */
const wholeWords = /^[^\p{L}\p{N}][\p{L}\p{N}].*[\p{L}\p{N}][^\p{L}\p{N}]$/u;

const measured = workloads.map((workload) => ({ ...workload, report: generateReport(workload, 1) }));

describe.each(measured)('a report of $name', ({ bytes, spans, report }) => {
  test('has the size and exactly the spans that were asked for', () => {
    const size = Buffer.byteLength(report.text);
    expect(size).toBeGreaterThanOrEqual(bytes);
    expect(size).toBeLessThan(bytes + 1000);
    expect(report.spans).toHaveLength(spans);
  });

  test('has about 15 % of spans that overlap another', () => {
    const share = overlapping(report.spans) / spans;
    // One pair more or less is all that rounding may do.
    expect(Math.abs(share - overlapShare)).toBeLessThanOrEqual(1 / spans + 1e-9);
  });

  test('has offsets in code points that give back each span’s words', () => {
    const document = JSON.parse(jsonLine(report));
    const characters = [...document.text];
    const slices = document.spans.map(({ start, end }: MarkedRange) => characters.slice(start, end).join(''));
    expect(slices).toEqual(document.spans.map((span: { text: string }) => span.text));
  });

  test('marks whole words within one line, in the order of files', () => {
    const padded = ` ${report.text} `;
    const edged = report.spans.map(({ start, end }) => padded.slice(start, end + 2));
    expect(edged.filter((words) => !wholeWords.test(words))).toEqual([]);
    const sorted = report.spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
    expect(report.spans).toEqual(sorted);
  });

  test('uses all four labels, and two spans never say the same', () => {
    expect(new Set(report.spans.map(({ label }) => label))).toEqual(
      new Set(['claim', 'denial', 'appeal', 'accusation']),
    );
    expect(new Set(report.spans.map((span) => JSON.stringify(span))).size).toBe(spans);
  });
});

test('a longer report has characters that take two UTF-16 units, so that the units differ', () => {
  const { text } = generateReport(workloads[1]!, 1);
  expect([...text].length).toBeLessThan(text.length);
});

test('paragraphs stand between blank lines, and none is empty', () => {
  const { text } = generateReport(workloads[1]!, 1);
  expect(text).not.toMatch(/\n{3}|^\n|\n$|[^\n]\n[^\n]/);
});

test('the same seed gives the same bytes, now and in later versions', () => {
  const line = jsonLine(generateReport(workloads[0]!, 1));
  expect(jsonLine(generateReport(workloads[0]!, 1))).toBe(line);
  expect(createHash('sha256').update(line).digest('hex')).toMatchInlineSnapshot(
    `"900633f2cf96102f87a62e0f72a38b132d3ca0d50d35b28d6caba2f949aebaf2"`,
  );
});

test('another seed gives another report, from the first line to the last', () => {
  const [one, two] = [1, 2].map((seed) => generateReport(workloads[0]!, seed).text.split('\n'));
  expect(one![0]).not.toBe(two![0]);
  expect(one!.at(-1)).not.toBe(two!.at(-1));
});

test('too many spans for the text are refused', () => {
  expect(() => generateReport({ bytes: 3000, spans: 500 }, 1)).toThrow(RangeError);
});

/** How many spans overlap another; they come in order. */
function overlapping(spans: readonly MarkedRange[]): number {
  const found = new Set<MarkedRange>();
  for (const [index, span] of spans.entries())
    for (let next = index + 1; next < spans.length && spans[next]!.start < span.end; next++)
      found.add(span).add(spans[next]!);
  return found.size;
}
