import { expect, test, type Locator, type Page } from '@playwright/test';
import { Reader } from './reader.ts';

const report = 'Velt denied that the bridge was mined. Sarnia called for calm.';

let reader: Reader;
test.beforeEach(async ({ page }) => {
  reader = new Reader(page);
  await page.goto('/');
});

const options = (page: Page) => page.getByRole('listbox', { name: 'Labels' }).getByRole('option');
const option = (page: Page, name: string) =>
  options(page).and(page.getByRole('option', { name, exact: true }));
const names = (page: Page) => options(page).evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel));

async function keys(page: Page, ...pressed: readonly string[]): Promise<void> {
  for (const key of pressed) await page.keyboard.press(key);
}

async function retype(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a');
  await field.pressSequentially(text);
  await field.press('Enter');
}

test('by mouse: a project, its labels, a merge, a deletion, and back', async ({ page }) => {
  await reader.button('Project: My reports').click();
  await page.getByRole('menuitem', { name: 'New project…' }).click();
  const dialog = reader.dialog('New project');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Bridges');
  await dialog.getByRole('radio', { name: 'Argument components' }).check();
  await dialog.getByRole('button', { name: 'Make project' }).click();
  await expect(reader.button('Project: Bridges')).toBeVisible();

  await reader.open(report);
  await reader.dragOver('denied that the bridge was mined');
  await reader.label('Claim').click();
  await reader.dragOver('called for calm');
  await reader.label('Premise').click();
  const both = [
    { label: 'Claim', text: 'denied that the bridge was mined' },
    { label: 'Premise', text: 'called for calm' },
  ];
  await reader.lists(both);

  await reader.goTo('Labels');
  await expect(page.getByRole('heading', { name: 'Labels' })).toBeVisible();
  await option(page, 'Premise').dragTo(option(page, 'Major claim'));
  await expect.poll(() => names(page)).toEqual(['Premise', 'Major claim', 'Claim']);
  await option(page, 'Claim').click();
  await page.getByRole('radio', { name: 'Teal, solid' }).check({ force: true });
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Statement');
  await page.getByRole('heading', { name: 'Labels' }).click();
  await expect(option(page, 'Statement')).toBeVisible();

  await reader.button('Merge into another…').click();
  await reader.dialog('Merge label').getByRole('combobox').selectOption('Premise');
  await expect(reader.dialog('Merge label')).toContainText('1 span in 1 document will count as “Premise”');
  await reader.dialog('Merge label').getByRole('button', { name: 'Merge', exact: true }).click();
  await reader.goTo('Annotate');
  await reader.lists([
    { label: 'Premise', text: 'denied that the bridge was mined' },
    { label: 'Premise', text: 'called for calm' },
  ]);

  await reader.goTo('Labels');
  await option(page, 'Premise').click();
  await reader.button('Delete label…').click();
  await expect(reader.dialog('Delete label')).toContainText('2 spans in 1 document will be hidden');
  await reader.dialog('Delete label').getByRole('button', { name: 'Delete label' }).click();
  await expect(reader.messages).toHaveText('Deleted “Premise”.');
  await reader.goTo('Annotate');
  await expect(reader.spans).toHaveCount(0);

  await reader.goTo('Labels');
  await page.getByText('Deleted (2)').click();
  await reader.button('Restore Premise').click();
  await reader.button('Restore Statement').click();
  await reader.saved();
  await page.reload();
  await reader.goTo('Annotate');
  await expect(reader.button('Project: Bridges')).toBeVisible();
  await reader.lists([{ label: 'Statement', text: both[0]!.text }, both[1]!]);

  await reader.button('Project: Bridges').click();
  await page.getByRole('menuitemcheckbox', { name: 'My reports' }).click();
  await expect(reader.button('Project: My reports')).toBeVisible();
  await expect(reader.documents).toHaveCount(0);
});

test('by keyboard: labels with keys, their order, undo, attributes and relations', async ({ page }) => {
  await reader.open(report);
  await reader.selectWords('called for calm');
  await page.keyboard.press('3');
  await reader.saved();

  await reader.tabTo(page.getByRole('link', { name: 'Labels' }));
  await page.keyboard.press('Enter');
  const added = page.getByRole('textbox', { name: 'New label' });
  await reader.tabTo(added);
  await page.keyboard.type('Open threat');
  await page.keyboard.press('Enter');
  await expect(option(page, 'Open threat')).toHaveAttribute('aria-selected', 'true');
  const key = page.getByRole('textbox', { name: 'Key' });
  await reader.tabTo(key);
  await page.keyboard.press('3');
  await expect(page.getByText('The key 3 belongs to “Appeal” already.')).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByText('N belongs to “Next span”.')).toBeVisible();
  await page.keyboard.press('w');
  await expect(key).toHaveValue('w');
  await retype(page.getByRole('textbox', { name: 'Name', exact: true }), 'Threat');

  await page.getByRole('listbox', { name: 'Labels' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => names(page)).toEqual(['Claim', 'Denial', 'Threat', 'Appeal', 'Accusation']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => names(page)).toEqual(['Claim', 'Denial', 'Appeal', 'Threat', 'Accusation']);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(option(page, 'Open threat')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(option(page, 'Threat')).toBeVisible();

  await page.getByRole('tab', { name: 'Labels', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await reader.tabTo(page.getByRole('textbox', { name: 'New attribute' }));
  await page.keyboard.type('Tone');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: 'Tone' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Attributes' }).focus();
  await page.keyboard.press('ArrowRight');
  await reader.tabTo(page.getByRole('textbox', { name: 'New relation' }));
  await page.keyboard.type('Answers');
  await page.keyboard.press('Enter');
  await expect(page.getByText('It leads from any label to any label.')).toBeVisible();

  await reader.goTo('Annotate');
  await reader.selectWords('denied');
  await page.keyboard.press('w');
  await reader.lists([
    { label: 'Threat', text: 'denied' },
    { label: 'Appeal', text: 'called for calm' },
  ]);
});

test('by keyboard: a project, a merge, a deletion, and back', async ({ page }) => {
  await reader.tabTo(reader.button('Project: My reports'));
  await keys(page, 'Enter');
  await expect(page.getByRole('menu')).toBeFocused();
  await keys(page, 'n', 'Enter');
  await expect(reader.dialog('New project')).toBeVisible();
  await page.keyboard.type('Bridges');
  await keys(page, 'Tab', 'ArrowDown');
  await expect(page.getByRole('radio', { name: 'Argument components' })).toBeChecked();
  await keys(page, 'Enter');
  await expect(reader.button('Project: Bridges')).toBeVisible();

  await reader.open(report);
  await reader.selectWords('denied that the bridge was mined');
  await keys(page, await reader.keyOf('Claim'));
  await reader.selectWords('called for calm');
  await keys(page, await reader.keyOf('Premise'));
  const both = [
    { label: 'Claim', text: 'denied that the bridge was mined' },
    { label: 'Premise', text: 'called for calm' },
  ];
  await reader.lists(both);

  await reader.tabTo(page.getByRole('link', { name: 'Labels' }));
  await keys(page, 'Enter');
  const list = page.getByRole('listbox', { name: 'Labels' });
  await reader.tabTo(list);
  await keys(page, 'Home', 'ArrowDown');
  await expect(option(page, 'Claim')).toHaveAttribute('aria-selected', 'true');
  await reader.tabTo(reader.button('Merge into another…'));
  await keys(page, 'Enter');
  const merge = reader.dialog('Merge label');
  await expect(merge.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('Premise');
  await reader.tabTo(merge.getByRole('button', { name: 'Merge', exact: true }));
  await keys(page, 'Enter');
  await expect(option(page, 'Claim')).toHaveCount(0);
  await reader.tabTo(list);
  await keys(page, 'End');
  await expect(option(page, 'Premise')).toHaveAttribute('aria-selected', 'true');
  await reader.tabTo(reader.button('Delete label…'));
  await keys(page, 'Enter');
  await expect(reader.dialog('Delete label')).toContainText('2 spans in 1 document will be hidden');
  await reader.tabTo(reader.dialog('Delete label').getByRole('button', { name: 'Delete label' }));
  await keys(page, 'Enter');
  await expect(reader.messages).toHaveText('Deleted “Premise”.');

  // The last two steps on the scheme are taken back as steps in the text are.
  await reader.tabTo(list);
  await keys(page, 'Control+z');
  await expect(option(page, 'Premise')).toBeVisible();
  await keys(page, 'Control+z');
  await expect(option(page, 'Claim')).toBeVisible();
  await reader.tabTo(page.getByRole('link', { name: 'Annotate' }));
  await keys(page, 'Enter');
  await reader.lists(both);
});

test('a scheme goes out as JSON by mouse, and comes in elsewhere by keyboard', async ({ page }, info) => {
  await reader.goTo('Labels');
  const download = page.waitForEvent('download');
  await reader.button('Export scheme').click();
  const path = info.outputPath('acts.scheme.json');
  await (await download).saveAs(path);

  await reader.button('Project: My reports').click();
  await page.getByRole('menuitem', { name: 'New project…' }).click();
  await reader.dialog('New project').getByRole('textbox', { name: 'Name' }).fill('Bare');
  await reader
    .dialog('New project')
    .getByRole('radio', { name: /^Empty/ })
    .check();
  await reader.dialog('New project').getByRole('button', { name: 'Make project' }).click();
  await expect(reader.button('Project: Bare')).toBeVisible();
  await reader.goTo('Labels');
  await expect(options(page)).toHaveCount(0);
  const chooser = page.waitForEvent('filechooser');
  await reader.tabTo(reader.button('Import scheme…'));
  await keys(page, 'Enter');
  await (await chooser).setFiles(path);
  await expect.poll(() => names(page)).toEqual(['Claim', 'Denial', 'Appeal', 'Accusation']);
  await reader.goTo('Annotate');
  await reader.open(report);
  await reader.selectWords('denied');
  await keys(page, '2');
  await reader.lists([{ label: 'denial', text: 'denied' }]);
});

test('an annotation.conf of brat comes in by mouse, in one step', async ({ page }) => {
  await reader.goTo('Labels');
  const chooser = page.waitForEvent('filechooser');
  await reader.button('Import scheme…').click();
  const conf = '[entities]\nThreat\nPromise\n[relations]\nAnswers\tArg1:Promise, Arg2:Threat\n';
  await (
    await chooser
  ).setFiles({ name: 'annotation.conf', mimeType: 'text/plain', buffer: Buffer.from(conf) });
  await expect
    .poll(() => names(page))
    .toEqual(['Claim', 'Denial', 'Appeal', 'Accusation', 'Threat', 'Promise']);
  await page.getByRole('tab', { name: 'Relations' }).click();
  await expect(page.getByRole('option', { name: 'Answers' })).toBeVisible();
  await page.getByRole('tab', { name: 'Labels', exact: true }).click();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect.poll(() => names(page)).toEqual(['Claim', 'Denial', 'Appeal', 'Accusation']);
});

test('the only project stays; another is put away and comes back', async ({ page }) => {
  const menu = (name: string, item: string) =>
    reader
      .button(`Project: ${name}`)
      .click()
      .then(() => page.getByRole('menuitem', { name: item }).click());
  await menu('My reports', 'Delete project…');
  await expect(reader.dialog('Delete project')).toContainText('is the only project, so it stays');
  await page.keyboard.press('Escape');
  await menu('My reports', 'New project…');
  await reader.dialog('New project').getByRole('textbox', { name: 'Name' }).fill('My reports');
  await page.keyboard.press('Enter');
  await expect(reader.messages).toHaveText('Made the project “My reports”.');
  await menu('My reports', 'Rename project…');
  await reader.dialog('Rename project').getByRole('textbox', { name: 'Name' }).fill('Second');
  await page.keyboard.press('Enter');
  await menu('Second', 'Delete project…');
  await reader.dialog('Delete project').getByRole('button', { name: 'Delete project' }).click();
  await expect(reader.messages).toHaveText('Deleted the project “Second”.');
  await expect(reader.button('Project: My reports')).toBeVisible();
  await menu('My reports', 'Deleted projects…');
  await reader.button('Restore Second').click();
  await page.keyboard.press('Escape');
  await reader.button('Project: My reports').click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Second' })).toBeVisible();
});
