import { tagsOf } from '../../core/scheme.ts';
import { emptySheet } from '../../core/sheet.ts';
import type { Span } from '../../core/span.ts';
import type { Arc } from '../../editor/arcs.ts';
import type { Marks } from '../../editor/marks.ts';
import type { Look } from '../../editor/overlay.ts';
import type { Session } from '../../session/session.svelte.ts';
import { arcsOf, arcToBe } from './arcs-of.ts';

/** What of the open document is painted onto its text: spans with their tags, arcs, what was found. */
export class PaintedMarks {
  readonly #session: Session;
  readonly #tags = $derived.by(() => tagsOf(this.#session.project.scheme));
  /** The relation that is on its way: its head, and the ends it may have. */
  readonly linked = $derived.by(() => this.#linked());
  readonly #arcs = $derived.by(() => this.#arcsShown());
  readonly marks = $derived.by(() => this.#marks());

  constructor(session: Session) {
    this.#session = session;
  }

  #linked(): Marks['linking'] {
    const { open, linking } = this.#session;
    if (!linking.current || !open?.focused) return undefined;
    const targetIds = new Set(linking.targets.map(({ id }) => id));
    return { head: open.focused, target: linking.target, targetIds };
  }

  #arcsShown(): readonly Arc[] {
    const { open, linking } = this.#session;
    if (linking.current && this.linked) {
      const { head, target } = this.linked;
      return arcToBe(head, target, linking.current.type.name.toLowerCase(), this.#look(head));
    }
    return arcsOf({
      ...(open?.sheet ?? emptySheet),
      focused: open?.focused,
      hovered: open?.hovered,
      nameOf: (relation) => linking.type(relation).name.toLowerCase(),
      look: (span) => this.#look(span),
    });
  }

  #marks(): Marks | undefined {
    const { open, finding, preferences } = this.#session;
    return (
      open && {
        index: open.index,
        look: (span) => this.#look(span),
        focused: open.focused,
        hovered: open.hovered,
        held: open.held,
        ...(finding.isOpen && { found: { hits: finding.hits, current: finding.current } }),
        ...(preferences.values.hiddenCharacters && { revealed: open.text }),
        arcs: this.#arcs,
        linking: this.linked,
      }
    );
  }

  #look({ label }: Span): Look {
    return { colour: this.#session.label(label).colour, tag: this.#tags.get(label) ?? '?' };
  }
}
