import {
  anyLabel,
  labelOf,
  living,
  livingLabels,
  sameLabel,
  type Attribute,
  type Scheme,
} from '../../core/scheme.ts';
import { bareName } from './fact-lines.ts';
import { fragmentLabel } from './marks.ts';
import type { Usage } from './usage.ts';

/** The `annotation.conf` of a scheme, with what the marks use beyond it. Names that its grammar cannot hold are left out. */
export function bratConf(scheme: Scheme, usage: Usage): string {
  const labels = livingLabels(scheme).map(({ value }) => bareName(value));
  const isEventOnly = (type: string) => usage.events.has(type) && !usage.entities.has(type);
  const entities = [...new Set([...labels, ...usage.entities])].filter((type) => !isEventOnly(type));
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['entities', entities.filter(isName)],
    ['relations', relationLines(scheme, usage)],
    ['events', eventLines(usage)],
    ['attributes', attributeLines(scheme, usage)],
  ];
  return sections
    .map(([name, lines]) => `[${name}]\n${lines.map((line) => `${line}\n`).join('')}`)
    .join('\n');
}

function relationLines(scheme: Scheme, usage: Usage): string[] {
  const types = living(scheme.relations).filter(({ value }) => value !== fragmentLabel);
  const roles = new Set([...usage.events.values()].flatMap((all) => [...all]));
  const known = types
    .filter(({ value }) => usage.relations.has(bareName(value)) || !roles.has(bareName(value)))
    .flatMap(({ value, pairs }) =>
      pairs.map(({ head, child }) => {
        const ends = [head, child === sameLabel ? head : child].map((end) =>
          end === anyLabel ? '<ANY>' : bareName(labelOf(scheme, end).value),
        );
        return [bareName(value), ...ends] as const;
      }),
    );
  const used = [...usage.relations].filter((type) => !known.some(([value]) => value === type));
  return [...known, ...used.map((type) => [type, '<ANY>', '<ANY>'] as const)]
    .filter((names) => names.every((name) => isName(name) || name === '<ANY>'))
    .map(([type, head, child]) => `${type} Arg1:${head}, Arg2:${child}`);
}

function eventLines({ events }: Usage): string[] {
  return [...events]
    .filter(([type]) => isName(type))
    .map(([type, roles]) => {
      const known = [...roles].filter(isName).map((role) => `${role}*:<ANY>`);
      return known.length > 0 ? `${type} ${known.join(', ')}` : type;
    });
}

function attributeLines(scheme: Scheme, usage: Usage): string[] {
  const known = living(scheme.attributes);
  const others = [...usage.attributes.keys()].filter(
    (name) => !known.some(({ value }) => bareName(value) === name),
  );
  return [
    ...known.flatMap((attribute) => attributeLine(attribute, scheme, usage) ?? []),
    ...others.map((name) => lineFor(name, '<ANY>', [...usage.attributes.get(name)!])),
  ].filter((line) => isName(line.split(' ', 1)[0]!));
}

function attributeLine(
  { value, type, options, labels }: Attribute,
  scheme: Scheme,
  usage: Usage,
): string | undefined {
  const name = bareName(value);
  const values = new Set([...(options ?? []), ...(usage.attributes.get(name) ?? [])]);
  if (type !== 'yes-no' && values.size === 0) return undefined;
  const types = labels
    ?.map((id) => bareName(labelOf(scheme, id).value))
    .filter(isName)
    .join('|');
  return lineFor(name, types || '<ANY>', type === 'yes-no' ? [] : [...values]);
}

function lineFor(name: string, types: string, values: readonly string[]): string {
  const choices = values.filter((value) => value.trim() !== '' && !/[|,\n\r\t<>]/.test(value));
  return `${name} Arg:${types}${choices.length > 0 ? `, Value:${choices.join('|')}` : ''}`;
}

function isName(name: string): boolean {
  return /^[^\s|,:<>?*+{}[\]#!-][^\s|,:<>?*+{}[\]]*$/.test(name);
}
