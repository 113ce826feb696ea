import svelte from 'eslint-plugin-svelte';
import { parser } from 'typescript-eslint';

/** The templates of components. All other code is read by oxlint. */
export default [
  ...svelte.configs.recommended,
  {
    files: ['src/**/*.svelte'],
    languageOptions: { parserOptions: { parser } },
    rules: {
      'svelte/button-has-type': 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/require-each-key': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]:not(:has(SvelteMustacheTag))',
          message: 'The page’s policy forbids style="…" in markup: use a class or `style:name={value}`.',
        },
      ],
    },
  },
];
