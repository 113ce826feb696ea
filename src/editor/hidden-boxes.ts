import type { HiddenCharacter } from '../core/hidden/hidden-characters.ts';
import { shortName, tagSaid } from '../core/hidden/hidden-names.ts';
import type { Lines } from './lines.ts';
import type { Box } from './overlay.ts';

/** More in one window is no text, and drawing all of them would hold everything up. */
const shownAtMost = 400;
/** Of one place; the rest is counted. */
const namedAtMost = 3;

/** A box at each place of the window where there are hidden characters, with the names of those that stand there. */
export function hiddenBoxes(hidden: Iterable<HiddenCharacter>, lines: Lines, origin: DOMRect): Box[] {
  const boxes: Box[] = [];
  for (const run of runsOf(hidden)) {
    if (boxes.length >= shownAtMost) break;
    const first = run[0]!;
    const rect = lines.placeOf(first);
    if (!rect) continue;
    boxes.push({
      key: `hidden ${first.start}`,
      className: `hidden-character ${first.kind}`,
      left: rect.left - origin.left,
      top: rect.bottom - origin.top,
      text: namesOf(run),
    });
  }
  return boxes;
}

/** Those that stand side by side, and are all of one kind. */
function* runsOf(hidden: Iterable<HiddenCharacter>): Generator<HiddenCharacter[]> {
  let run: HiddenCharacter[] = [];
  for (const character of hidden) {
    const last = run.at(-1);
    if (last && (last.end !== character.start || last.kind !== character.kind)) {
      yield run;
      run = [];
    }
    run.push(character);
  }
  if (run.length > 0) yield run;
}

/** “ZWSP RLO”, “ZWSP ×12”; of tags what they say; of letters of another alphabet its name. */
function namesOf(run: readonly HiddenCharacter[]): string {
  if (run[0]!.kind === 'look-alike') return run[0]!.codePoint < 0x400 ? 'Greek' : 'Cyrillic';
  const said = run.map(({ codePoint }) => tagSaid(codePoint) ?? '').join('');
  if (said !== '') return `tags: ${said.slice(0, 40)}`;
  const names = run.map(({ codePoint }) => shortName(codePoint));
  if (names.length > 1 && new Set(names).size === 1) return `${names[0]} ×${names.length}`;
  const more = names.length - namedAtMost;
  return names.slice(0, namedAtMost).join(' ') + (more > 0 ? ` +${more}` : '');
}
