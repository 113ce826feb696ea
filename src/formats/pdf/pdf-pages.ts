import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { fragmentsOf } from './fragments.ts';
import { paragraphsOf, type Paragraphs } from './paragraphs.ts';
import { inReadingOrder } from './reading-order.ts';

/** A page's paragraphs, and notes that readers of the file have put on it. */
export interface PdfPage extends Paragraphs {
  readonly notes: number;
}

/**
 * Opens a PDF without a worker of its own, without fetching anything, and without running what is in it.
 *
 * @throws what the library throws for a file that is damaged or locked.
 */
export async function openPdf(data: Uint8Array<ArrayBuffer>): Promise<PDFDocumentProxy> {
  const { getDocument } = await library();
  return getDocument({
    data,
    isEvalSupported: false,
    useWorkerFetch: false,
    useWasm: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    verbosity: 0,
  }).promise;
}

/** @throws what the library throws for a page that is damaged. */
export async function pageOf(pdf: PDFDocumentProxy, number: number): Promise<PdfPage> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  const matrix = page.getViewport({ scale: 1 }).transform as number[];
  const { upright, askew } = fragmentsOf(
    items.filter((item) => 'str' in item),
    matrix,
  );
  const annotations: readonly { contentsObj?: { str?: string } }[] = await page.getAnnotations();
  const notes = annotations.filter(({ contentsObj }) => contentsObj?.str?.trim()).length;
  page.cleanup();
  const { lines, hyphens } = paragraphsOf(inReadingOrder(upright));
  return { lines: [...lines, ...askew], hyphens, notes };
}

/** The library, with its parsing half on this thread: we are in a worker already. */
async function library() {
  await (parser ??= loadParser());
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

let parser: Promise<unknown> | undefined;

async function loadParser(): Promise<void> {
  // In a worker it would take our own messages for its own; it does not where there is a window.
  const isWindowless = !('window' in globalThis);
  if (isWindowless) Object.defineProperty(globalThis, 'window', { value: globalThis, configurable: true });
  try {
    await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  } finally {
    if (isWindowless) Reflect.deleteProperty(globalThis, 'window');
  }
}
