import { anyLabel, labelOf, living, livingLabels, sameLabel, type Scheme } from '../../core/scheme.ts';
import { code, plain } from './markdown.ts';

const typeNames = { text: 'text', one: 'one of', many: 'any of', 'yes-no': 'yes or no' } as const;

/** The rules of a scheme as one Markdown file. What people have written stands in it as they have written it. */
export function guidelines(scheme: Scheme): string {
  const sections = [
    ...(scheme.guideline ? [scheme.guideline.trim()] : []),
    ...section('Labels', livingLabels(scheme)),
    ...section('Attributes', living(scheme.attributes), ({ type, several, options, labels, required }) => [
      `Value: ${several ? 'list of texts' : typeNames[type]}${options ? ` ${options.map(code).join(', ')}` : ''}.`,
      ...(labels ? [`Of: ${labels.map((id) => code(labelOf(scheme, id).value)).join(', ')}.`] : []),
      ...(required ? ['Required.'] : []),
    ]),
    ...section('Relations', living(scheme.relations), ({ pairs }) => [
      `Leads from → to: ${pairs.map(({ head, child }) => `${end(scheme, head)} → ${end(scheme, child)}`).join(', ')}.`,
    ]),
    ...section('Document labels', living(scheme.documentLabels)),
  ];
  return `${['# Guidelines', ...sections].join('\n\n')}\n`;
}

interface Item {
  readonly name: string;
  readonly value: string;
  readonly guideline?: string;
}

function section<T extends Item>(
  title: string,
  items: readonly T[],
  facts: (item: T) => readonly string[] = () => [],
): string[] {
  if (items.length === 0) return [];
  const entries = items.flatMap((item) => [
    `### ${plain(item.name)} (${code(item.value)})`,
    ...(facts(item).length > 0 ? [facts(item).join(' ')] : []),
    item.guideline?.trim() || '_No guideline._',
  ]);
  return [`## ${title}`, ...entries];
}

function end(scheme: Scheme, id: string): string {
  if (id === anyLabel) return 'any label';
  return id === sameLabel ? 'the same label' : code(labelOf(scheme, id).value);
}
