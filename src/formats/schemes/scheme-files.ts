import type { SourceFile } from '../format.ts';
import { wholeText } from '../reading/source-text.ts';
import { readBratConf } from './brat-conf.ts';
import { readSchemeJson, type SchemeReading } from './scheme-json.ts';

/** Reads a scheme file of either kind: brat's `annotation.conf` by its name or its sections, else Locution's own. */
export async function readSchemeFile(file: SourceFile): Promise<SchemeReading> {
  const whole = await wholeText(file);
  if ('problem' in whole) return { problems: [whole.problem] };
  return isBratConf(file.name, whole.text)
    ? readBratConf(file.name, whole.text)
    : readSchemeJson(file.name, whole.text);
}

function isBratConf(name: string, text: string): boolean {
  return /\.conf$/i.test(name) || /^\s*\[(entities|spans|relations|events|attributes)\]\s*$/im.test(text);
}
