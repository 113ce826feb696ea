import type { Queue, LabelFilter } from '../../core/queue.ts';
import type { Scheme } from '../../core/scheme.ts';
import { statusName } from '../../session/documents/document-verbs.ts';

/** Something that narrows the queue, and how it is taken away again. */
export interface Chip {
  readonly name: string;
  readonly without: Partial<Queue>;
}

/** What narrows the queue now, each in words; what has no effect has no chip. */
export function chipsOf(queue: Queue, scheme: Scheme): readonly Chip[] {
  const { status, sort, seed, label, documentLabel, withoutSpans, minLength, maxLength, from, to } = queue;
  const named = ({ id, has }: LabelFilter, items: readonly { id: string; name: string }[]) =>
    `${has ? 'with' : 'without'} ${items.find((item) => item.id === id)?.name ?? 'a label that is gone'}`;
  const chips: readonly (Chip | undefined)[] = [
    status === 'all' || status === 'deleted'
      ? undefined
      : { name: statusName(status), without: { status: 'all' } },
    label && { name: named(label, scheme.labels), without: { label: undefined } },
    documentLabel && {
      name: named(documentLabel, scheme.documentLabels),
      without: { documentLabel: undefined },
    },
    withoutSpans ? { name: 'without spans', without: { withoutSpans: undefined } } : undefined,
    minLength === undefined && maxLength === undefined
      ? undefined
      : {
          name: `${between(minLength, maxLength)} characters`,
          without: { minLength: undefined, maxLength: undefined },
        },
    from || to
      ? { name: `dated ${between(from, to)}`, without: { from: undefined, to: undefined } }
      : undefined,
    sort === 'random' ? { name: `random order ${seed}`, without: { sort: 'order' } } : undefined,
  ];
  return chips.filter((chip) => chip !== undefined);
}

function between(least: number | string | undefined, most: number | string | undefined): string {
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  return least === undefined ? `up to ${most}` : `from ${least}`;
}
