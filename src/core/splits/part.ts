/** What training data are parted into, in the order of files. */
export const parts = ['train', 'validation', 'test'] as const;
export type Part = (typeof parts)[number];

/** How much goes into each part; the numbers need not add up to one. */
export type PartShares = Readonly<Record<Part, number>>;
