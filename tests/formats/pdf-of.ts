/** Words at a place in points from the lower left; the letters are 12 points high and, in this face, 7.2 wide. */
export type Words = readonly [
  text: string,
  left: number,
  baseline: number,
  traits?: { size?: number; turned?: boolean },
];

/** A PDF of these pages, written by hand. */
export function pdfOf(pages: readonly (readonly Words[])[], info = '', pageExtra = ''): Uint8Array {
  const contents = pages.map((words) => words.map(shown).join('\n'));
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${5 + 2 * index} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
    `<< ${info} >>`,
    ...contents.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> /Contents ${6 + 2 * index} 0 R ${pageExtra} >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R >>`;
  return Buffer.from(
    `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  );
}

function shown([text, left, baseline, { size = 12, turned = false } = {}]: Words): string {
  const matrix = turned ? '0 1 -1 0' : '1 0 0 1';
  return `BT /F ${size} Tf ${matrix} ${left} ${baseline} Tm (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`;
}
