import type { HiddenCharacter } from '../core/hidden/hidden-characters.ts';
import { shortName, tagSaid } from '../core/hidden/hidden-names.ts';
import type { Box } from './box.ts';
import type { Lines } from './lines.ts';

/** More in one window is no text, and drawing all of them would hold everything up. */
const shownAtMost = 400;
/** Of one place; the rest is counted. */
const namedAtMost = 3;

/** A stroke at each place of the window where there are hidden characters, and the names of those that stand there. */
export function hiddenBoxes(hidden: Iterable<HiddenCharacter>, lines: Lines, origin: DOMRect): Box[] {
  const places: { readonly run: readonly HiddenCharacter[]; readonly rect: DOMRect }[] = [];
  for (const run of runsOf(hidden)) {
    if (places.length >= shownAtMost) break;
    const rect = lines.placeOf(run[0]!);
    if (rect) places.push({ run, rect });
  }
  places.sort((a, b) => a.rect.bottom - b.rect.bottom || a.rect.left - b.rect.left);
  const takenTo = new Map<number, number>();
  return places.flatMap(({ run, rect }) => {
    const { start, kind } = run[0]!;
    const [left, top] = [rect.left - origin.left, Math.round(rect.bottom - origin.top)];
    const text = namesOf(run);
    // Names that would lie over one another stand side by side.
    const free = Math.max(left, takenTo.get(top) ?? -Infinity);
    takenTo.set(top, free + widthOf(text));
    const height = Math.min(rect.height, tallest);
    return [
      { key: `stroke ${start}`, className: `hidden-stroke ${kind}`, left, top: top - height, height },
      { key: `hidden ${start}`, className: `hidden-character ${kind}`, left: free, top, text },
    ];
  });
}

/** Of a stroke, in pixels: signs of other faces may be far taller than the line. */
const tallest = 24;

function widthOf(name: string): number {
  return 9 + 5.2 * name.length;
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
