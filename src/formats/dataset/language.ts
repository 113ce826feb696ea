import type { JsonObject } from '../reading/json-value.ts';

/** The languages of the texts as the Hub wants them: `codes` of two or three letters, and `tags` that say more. */
export interface Languages {
  readonly codes: readonly string[];
  readonly tags: readonly string[];
}

/** What the Hub takes for a language besides the codes of ISO 639. */
const special = ['multilingual', 'code'];

/** Reads tags such as `en, pt-BR`; what has other words in it names none, as the Hub refuses a card with such. */
export function languagesOf(given: string | undefined): Languages {
  const words = (given ?? '').split(/[\s,;]+/u).filter(Boolean);
  if (!words.every(isTag)) return { codes: [], tags: [] };
  return {
    codes: [...new Set(words.map(codeOf))],
    tags: [...new Set(words.filter((word) => word.includes('-')))],
  };
}

/** The same for Croissant, which takes any tag, or the words that were given. */
export function inLanguage(given: string | undefined): JsonObject {
  if (given === undefined) return {};
  const { codes, tags } = languagesOf(given);
  const all = [...codes.filter((code) => !tags.some((tag) => codeOf(tag) === code)), ...tags];
  if (all.length === 0) return { inLanguage: given };
  return { inLanguage: all.length === 1 ? all[0]! : all };
}

function codeOf(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase();
}

function isTag(word: string): boolean {
  return /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/iu.test(word) || special.includes(word.toLowerCase());
}
