import fc from 'fast-check';

/** A failure can be had again: laws are tried on the same random texts each time, or on others with `LOCUTION_SEED=7`. */
fc.configureGlobal({ seed: Number(process.env['LOCUTION_SEED'] ?? 20_261_122) });
