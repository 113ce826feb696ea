type GuidelineLineKind = 'heading' | 'item' | 'words' | 'blank';

/** A line of a guideline, exactly as it was typed. */
export interface GuidelineLine {
  readonly kind: GuidelineLineKind;
  readonly text: string;
}

/** The lines of a guideline with what they are, so that each can be set as such and still be read as it was typed. */
export function guidelineLines(guideline: string): readonly GuidelineLine[] {
  return guideline.split(/\r\n|\r|\n/).map((text) => ({ kind: kindOf(text), text }));
}

function kindOf(line: string): GuidelineLineKind {
  if (line.trim() === '') return 'blank';
  if (/^\s{0,3}#{1,6}\s/.test(line)) return 'heading';
  return /^\s*([-*+•]|\d{1,3}[.)])\s/.test(line) ? 'item' : 'words';
}

/** The first paragraph of a guideline, cut between words when it is longer than so many characters. */
export function guidelineStart(guideline: string, most = 240): string {
  const first = guideline.trim().split(/(?:\r\n|\r|\n)\s*(?:\r\n|\r|\n)/, 1)[0]!;
  const characters = [...first];
  if (characters.length <= most) return first;
  return `${characters
    .slice(0, most)
    .join('')
    .replace(/\s+\S*$/u, '')} …`;
}
