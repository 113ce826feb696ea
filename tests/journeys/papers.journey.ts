import { expect, test } from '@playwright/test';
import { pdfOf } from '../formats/pdf-of.ts';
import { zipped } from '../formats/zipped.ts';
import { Reader } from './reader.ts';

const space = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const paragraph = (text: string, style = '') =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;
const letter = {
  'word/document.xml': `<w:document xmlns:w="${space}"><w:body>${paragraph('Shoals', 'Title1')}${paragraph('Velt 😀 denied it.')}</w:body></w:document>`,
  'word/styles.xml': `<w:styles xmlns:w="${space}"><w:style w:styleId="Title1"><w:name w:val="heading 1"/></w:style></w:styles>`,
};
const report = pdfOf([
  [
    ['The harbour', 60, 740, { size: 24 }],
    ['Sarnia called for calm.', 60, 680],
  ],
  [['Nobody was hurt.', 60, 740]],
]);

test('a Word document and a PDF that are dropped together are read and marked', async ({ page }) => {
  const reader = new Reader(page);
  await page.goto('/');
  await expect(reader.button('Import')).toBeVisible();
  const files = [
    { name: 'letter.docx', bytes: [...(await zipped(letter))] },
    { name: 'report.pdf', bytes: [...report] },
  ];
  await page.locator('body').evaluate((body, dropped) => {
    const dataTransfer = new DataTransfer();
    for (const { name, bytes } of dropped) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
    for (const type of ['dragenter', 'dragover', 'drop'])
      body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, files);
  const preview = reader.dialog('Import preview');
  await expect(preview.getByRole('status', { name: 'What would come' })).toHaveText(/^2 documents/);
  await preview.getByRole('button', { name: 'Import', exact: true }).click();

  await reader.sees('Shoals\nVelt 😀 denied it.');
  await expect(reader.textbox.locator('[data-kind^="heading"]')).toHaveText('Shoals');
  const { start, end } = await reader.find('denied it');
  await reader.drag(start, end);
  await reader.label('Denial').click();
  await reader.lists([{ label: 'denial', text: 'denied it' }]);

  await reader.document('report.pdf').click();
  await reader.sees('The harbour\nSarnia called for calm.\n\nNobody was hurt.');
  await reader.selectWords('called for calm');
  await page.keyboard.press(await reader.keyOf('Appeal'));
  await reader.lists([{ label: 'appeal', text: 'called for calm' }]);
  await reader.saved();
});
