import { shown } from '../../core/hidden/shown.ts';
import type { Colour } from '../../core/scheme.ts';
import type { AppState } from '../app-state.svelte.ts';
import { formatChord } from '../commands/chord.ts';
import type { Command } from '../commands/command.ts';
import { activeKeys, activeLabelKey } from '../commands/keymap.ts';
import { commands } from '../commands/registry.ts';
import { fitOf, folded, wordsOf } from './matching.ts';

/** What can be chosen from the palette. */
export interface Choice {
  /** Stable, so that what was chosen lately comes first. */
  readonly id: string;
  /** What it does, before the name that documents and labels bring along: “Go to”, “Mark”. */
  readonly verb: string;
  readonly name: string;
  /** Where it belongs, at the edge of its row. */
  readonly kind: string;
  readonly key?: string;
  readonly colour?: Colour;
  /** The name and the verb without case and accents; a search that begins the name fits best. */
  readonly folded: string;
  readonly run: () => void;
}

/** How many choices are drawn; the others are found by typing on. */
export const drawnChoices = 80;
const recentKept = 20;

/** All that can be done now: commands, labels, documents. */
export function allChoices(app: AppState): readonly Choice[] {
  return [...commandChoices(app), ...labelChoices(app), ...documentChoices(app)];
}

export function documentChoices(app: AppState): readonly Choice[] {
  return app.session.shelf.present.map(({ id, title }) =>
    choice({
      id: `document:${id}`,
      verb: 'Go to',
      name: shown(title),
      kind: id === app.session.open?.id ? 'open' : '',
      run: () => app.openDocument(id),
    }),
  );
}

/** The choices that have all words of the search, best first; among equals what was chosen lately, then as they are. */
export function found(
  choices: readonly Choice[],
  search: string,
  recent: readonly string[],
): readonly Choice[] {
  const words = wordsOf(search);
  const places = new Map(recent.map((id, index) => [id, index]));
  return choices
    .flatMap((candidate) => {
      const fit = words.length === 0 ? 0 : fitOf(words, candidate.folded);
      return fit === undefined ? [] : [{ candidate, fit, place: places.get(candidate.id) ?? recent.length }];
    })
    .sort((a, b) => b.fit - a.fit || a.place - b.place)
    .map(({ candidate }) => candidate);
}

/** Remembers what was chosen, and does it. */
export function choose(app: AppState, { id, run }: Choice): void {
  const { preferences } = app.session;
  const others = preferences.values.recent.filter((other) => other !== id);
  preferences.set({ recent: [id, ...others].slice(0, recentKept) });
  run();
}

function commandChoices(app: AppState): readonly Choice[] {
  return commands
    .filter((command) => command.id !== 'commands' && isPossible(app, command))
    .map((command) =>
      choice({
        id: `command:${command.id}`,
        verb: '',
        name: command.name,
        kind: command.group,
        ...keyed(activeKeys(app, command)[0]),
        run: () => command.run(app),
      }),
    );
}

function labelChoices(app: AppState): readonly Choice[] {
  if (!hasText(app)) return [];
  return app.session.labels.map((label) =>
    choice({
      id: `label:${label.id}`,
      verb: 'Mark',
      name: label.name,
      kind: 'Label',
      colour: label.colour,
      ...keyed(activeLabelKey(app, label)),
      run: () => app.session.marking.apply(label),
    }),
  );
}

function choice(traits: Omit<Choice, 'folded'>): Choice {
  return { ...traits, folded: folded(`${traits.name} ${traits.verb}`) };
}

function keyed(chord: string | undefined) {
  return chord === undefined ? {} : { key: formatChord(chord) };
}

function isPossible(app: AppState, { scope, when }: Command): boolean {
  return (scope === 'everywhere' || hasText(app)) && (when?.(app) ?? true);
}

function hasText({ session, navigation }: AppState): boolean {
  return navigation.route.screen === 'annotate' && session.open !== undefined;
}
