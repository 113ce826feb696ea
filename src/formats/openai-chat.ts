import { living, type Scheme } from '../core/scheme.ts';
import type { OutgoingDocument } from '../core/transfer.ts';
import { readChat } from './checking/rows.ts';
import type { Format, WriteOptions, Written } from './format.ts';
import { oneLine } from './json-lines.ts';
import { withFields } from './reading/json-value.ts';
import { loss, lossesOf } from './writing/losses.ts';
import { spansInFile, type SpanInFile } from './writing/marks.ts';

/**
 * Conversations for the fine-tuning of chat models: the task, a text, and the spans as JSON that a model should answer. Spans
 * are told by their words, as models cannot count.
 */
export const openAiChat: Format = {
  name: 'OpenAI chat',
  extensions: ['jsonl'],
  mediaType: 'application/jsonl',
  textMode: 'quotes',
  readBack: readChat,
  write,
  losses: [
    'Where a span stands is not in the file, only its words, its label and its attributes.',
    'Ids, titles and the history are not in the file.',
    'Of the scheme only the machine names of the labels and what their guidelines say is in the file.',
  ],
};

async function* write(
  documents: AsyncIterable<OutgoingDocument>,
  { scheme }: WriteOptions,
): AsyncGenerator<Written> {
  const system = taskOf(scheme);
  for await (const document of documents) {
    const spans = spansInFile(document, scheme, 'utf16');
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: document.text },
      { role: 'assistant', content: JSON.stringify({ spans: spans.map(answer) }) },
    ];
    yield `${oneLine(JSON.stringify({ messages }))}\n`;
    yield* lossesOf(document, { attributes: true });
    const unclear = spans.filter(({ text }) => standsTwice(text, document.text)).length;
    if (unclear > 0) yield loss(unclear, 'places of spans whose words stand in their text more than once');
  }
}

/** A span as the model should name it: label and words first, then its attributes by their own names. */
function answer({ label, text, attributes }: SpanInFile): object {
  return withFields({ label, quote: text }, Object.entries(attributes));
}

function standsTwice(words: string, text: string): boolean {
  return text.indexOf(words) !== text.lastIndexOf(words);
}

/** The task in words, with the labels and their guidelines. */
function taskOf(scheme: Scheme): string {
  const labels = living(scheme.labels).map(
    ({ value, guideline }) => `- ${value}${guideline ? `: ${guideline}` : ''}`,
  );
  return [
    'Find every span of the text that one of these labels fits, in the order of the text. Spans may overlap.',
    ...labels,
    'Answer with JSON only: {"spans":[{"label":…,"quote":…}]}, every quote exactly as it stands in the text, with the attributes of the span beside it.',
  ].join('\n');
}
