import { vi } from 'vitest';
import fc from 'fast-check';

/** A failure can be had again: laws are tried on the same random texts each time, or on others with `LOCUTION_SEED=7`. */
fc.configureGlobal({ seed: Number(process.env['LOCUTION_SEED'] ?? 20_261_122) });

/** A second, which is Vitest's own patience, is little on a machine that others use as well. */
const patienceMs = 20_000;
const patient = Symbol.for('locution-patient');
// Files that share their modules come by here more than once.
if (!(patient in vi)) {
  const waitFor = vi.waitFor.bind(vi);
  vi.waitFor = (callback, options) =>
    waitFor(callback, {
      timeout: patienceMs,
      ...(typeof options === 'number' ? { timeout: options } : options),
    });
  Object.assign(vi, { [patient]: true });
}
