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
const names = async (page: Page) =>
  Promise.all((await options(page).all()).map((one) => one.getAttribute('aria-label')));

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
