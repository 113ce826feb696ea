import { expect, test, vi } from 'vitest';
import { pdf } from '../../src/formats/pdf.ts';
import { pdfWithCode } from './pdf-of.ts';
import { readAll, sourceFile } from './reading.ts';

test('code in a PDF runs nowhere: scripts, forms, launches, and the matrix of a font (CVE-2024-4367, B9)', async () => {
  const compiled: unknown[] = [];
  const { Function: real } = globalThis;
  const Watched = new Proxy(real, {
    apply: (target, self, told) => (compiled.push(told), Reflect.apply(target, self, told)),
    construct: (target, told) => (compiled.push(told), Reflect.construct(target, told) as object),
  });
  vi.stubGlobal('Function', Watched);
  vi.stubGlobal('fetch', (address: unknown) => {
    throw new RangeError(`asked for ${String(address)}`);
  });
  const content = pdfWithCode('He denied it.', 'globalThis.pwned = 1', 'http://127.0.0.1:9');
  const { documents, problems } = await readAll(pdf, sourceFile('code.pdf', content));
  vi.unstubAllGlobals();
  expect(documents.map(({ text }) => text.trim())).toEqual(['He denied it.']);
  expect(problems.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  expect('pwned' in globalThis).toBe(false);
  expect(compiled.filter((told) => String(told).includes('pwned'))).toEqual([]);
});
