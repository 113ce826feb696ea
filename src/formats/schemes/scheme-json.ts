import * as v from 'valibot';
import type { FileProblem } from '../../core/problem.ts';
import type { Scheme } from '../../core/scheme.ts';
import type { SchemePlan } from '../../core/schemes/plan.ts';
import { lineFinder, parseJson } from '../reading/json-syntax.ts';
import type { JsonObject } from '../reading/json-value.ts';
import { fieldOf, fitter, missing } from '../native/native-shape.ts';
import { placeInTree, type Checked } from '../reading/place.ts';
import { syntaxProblem } from '../reading/whole-json.ts';
import { checkUnknown } from './scheme-fields.ts';
import { readPlan, writtenScheme } from './scheme-value.ts';

/** What could be read of a file that holds a scheme, and what is wrong with it. */
export interface SchemeReading {
  readonly plan?: SchemePlan;
  readonly problems: readonly FileProblem[];
}

const version = 1;

const fileFit = fitter(
  v.object(
    {
      format: v.literal('locution-scheme', 'its "format" is not "locution-scheme"'),
      version: v.pipe(
        v.number('its "version" is not a number'),
        v.integer('its "version" is not a whole number'),
        v.minValue(1, 'its "version" is below 1'),
        v.maxValue(version, 'a newer Locution has written it; update this one and import again'),
      ),
    },
    missing,
  ),
);

/** Reads Locution's own scheme file: `{"format":"locution-scheme","version":1,"scheme":{…}}`. */
export function readSchemeJson(file: string, text: string): SchemeReading {
  const parsed = parseJson(text);
  if ('value' in parsed) return gathered(checkFile(parsed.value, placeInTree(file, lineFinder(text))));
  return { problems: [syntaxProblem(file, parsed.fault, 'no scheme')] };
}

function* checkFile(...[root, place]: Parameters<typeof readPlan>): Checked<SchemePlan | undefined> {
  const fit = fileFit(root);
  if ('fault' in fit) {
    yield place.problem('refused', `no scheme could be read from this file: ${fit.fault}.`);
    return undefined;
  }
  const object = root as JsonObject;
  yield* checkUnknown(object, ['format', 'version', 'scheme'], 'this file', place);
  return yield* readPlan(fieldOf(object, 'scheme') ?? null, place.at('scheme'));
}

function gathered(checked: Checked<SchemePlan | undefined>): SchemeReading {
  const problems: FileProblem[] = [];
  let step = checked.next();
  for (; !step.done; step = checked.next()) problems.push(step.value);
  return { problems, ...(step.value && { plan: step.value }) };
}

/** The scheme as a file, indented for people. The same scheme gives the same text, whatever its ids. */
export function writeSchemeJson(scheme: Scheme): string {
  return `${JSON.stringify({ format: 'locution-scheme', version, scheme: writtenScheme(scheme) }, null, 2)}\n`;
}
