import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';

const swallow = (_: unknown, event: Event) => {
  event.preventDefault();
  return true;
};
const ignore = () => true;

/**
 * Keeps the text as it is while the caret stays: the view is editable so that keyboard and screen reader can move and
 * select, and every way to change it ends here. Input methods are ignored rather than prevented, as they cannot be.
 */
export const Guard = Extension.create({
  name: 'guard',
  addProseMirrorPlugins: () => [
    new Plugin({
      filterTransaction: (transaction) => !transaction.docChanged,
      props: {
        handlePaste: ignore,
        handleDrop: ignore,
        handleTextInput: ignore,
        handleDOMEvents: {
          beforeinput: swallow,
          dragstart: swallow,
          paste: ignore,
          drop: ignore,
          compositionstart: ignore,
          compositionupdate: ignore,
          compositionend: ignore,
        },
      },
    }),
  ],
});

/** What the locked text is to the page: a text box that one reads and moves about in, and that nothing meddles with. */
export const lockedAttributes = {
  class: 'text',
  role: 'textbox',
  tabindex: '0',
  'aria-label': 'Document text',
  'aria-multiline': 'true',
  'aria-readonly': 'true',
  translate: 'no',
  spellcheck: 'false',
  inputmode: 'none',
  autocorrect: 'off',
  autocapitalize: 'off',
  'data-gramm': 'false',
};
