import type { Rescue } from '../../session/rescue.svelte.ts';

interface Words {
  readonly heading: string;
  /** What happened, in paragraphs. */
  readonly words: readonly string[];
  /** The button that brings back what the second copy has, where it can. */
  readonly bringBack: string;
  /** The button that goes on with the storage as it is. */
  readonly goOn: string;
  /** What going on means. */
  readonly note: string;
}

type Facts = Pick<Rescue<unknown>, 'trouble' | 'remembered' | 'copy' | 'canBringBack'>;

const untouched = 'Nothing is deleted, whatever you choose.';
const askedAgain = `Going on leaves the second copy as it is; you are asked again at the next start. ${untouched}`;
const bringBack = 'Bring back from the second copy';

/** What is said of the trouble, calmly, and what the buttons are called. */
export function rescueWords(facts: Facts): Words {
  const common = { bringBack, goOn: 'Go on without it', note: askedAgain };
  switch (facts.trouble) {
    case 'emptied':
      return {
        ...common,
        heading: 'Your work is missing from this browser’s storage',
        words: [
          'The storage is empty, as after a fault of the disk or when browsing data was cleared. Locution keeps a second copy in another place, and that one is there.',
        ],
      };
    case 'parted':
      return {
        heading: 'The storage and its second copy have parted',
        words: [
          'Each holds work that the other has not, as when an older state of the disk was put back. Brought together, both hold all of it; nothing is taken from either.',
        ],
        bringBack: 'Bring both together',
        goOn: 'Go on with the storage',
        note: askedAgain,
      };
    case 'altered':
      return facts.canBringBack
        ? {
            ...common,
            heading: 'Something in your work was altered',
            words: [
              'Another program or page has changed what Locution had saved. The second copy still has it as you did it. What stands in the storage now is set aside, and goes into the file that you can save here.',
            ],
            goOn: 'Go on as it is now',
          }
        : {
            ...common,
            heading: 'Something in your work was altered',
            words: [
              'Another program or page has changed what Locution had saved, or taken something out, and the second copy cannot tell how it was. A backup can.',
            ],
            goOn: 'Go on as it is now',
            note: `Going on takes the work as it stands now for the right one. ${untouched}`,
          };
    case 'lost':
      return {
        ...common,
        heading: 'Your work is missing from this browser',
        words: [
          `${lastKnown(facts.remembered)} Now the storage is empty and so is its second copy, as when browsing data was cleared or the disk was damaged.`,
          'A backup or an export brings the work back. If neither is at hand, do not clear anything more, and look whether another browser or profile on this computer has it.',
        ],
        goOn: 'Start anew',
        note: 'Starting anew opens an empty Locution, in which a backup can still be restored later.',
      };
    case 'foreign':
      return {
        ...common,
        heading: 'Something else stands in the place of your work',
        words: [
          'The storage that Locution uses holds tables that are not its own, perhaps those of another page that was opened from a file. Nothing in it was changed.',
          facts.copy && facts.copy.documents > 0
            ? 'Your second copy is there. Save it to a file; in another browser or profile Locution goes on from it.'
            : 'In another browser or profile, Locution can go on from a backup.',
        ],
      };
    case 'newer':
      return {
        ...common,
        heading: 'Your work was written by a newer Locution',
        words: [
          'This version is too old to open it without harm, so it did not touch it. Reload the page to get the newer version; if you opened Locution from a file, open the newer file.',
        ],
      };
    case 'unavailable':
      return {
        ...common,
        heading: 'This browser lets Locution keep nothing',
        words: [
          'It forbids the page to store work, as some private windows and some settings for cookies and site data do. Nothing that you mark here would be there tomorrow.',
          'Open Locution in an ordinary window, or allow this page to store data, then try again.',
        ],
      };
    case 'unopened':
      return {
        ...common,
        heading: 'Locution cannot open your work',
        words: [
          'It was tried several times, and the browser would not let it. Nothing was changed.',
          'This often passes. Close other tabs of Locution, free some disk space, or restart the browser, then try again. Do not clear the browser’s data: your work is in it.',
        ],
      };
    default:
      return facts.trouble satisfies never;
  }
}

function lastKnown(count: number): string {
  return count > 0
    ? `This browser last held ${count.toLocaleString('en')} ${count === 1 ? 'document' : 'documents'} of yours here.`
    : 'The browser found the stored work damaged and put an empty storage in its place.';
}
