// The peer as its users would use it: the text in an element, its annotations set at once.
import { createTextAnnotator, W3CTextFormat } from '@recogito/text-annotator';
import '@recogito/text-annotator/text-annotator.css';

/** @type {ReturnType<typeof createTextAnnotator> | undefined} */
let annotator;

/**
 * @param {HTMLElement} box
 * @param {string} text
 * @param {readonly { start: number, end: number, label: string }[]} spans
 */
window.openPeer = (box, text, spans) => {
  annotator?.destroy();
  const element = document.createElement('div');
  element.id = 'text';
  element.textContent = text;
  box.replaceChildren(element);
  annotator = createTextAnnotator(element, { adapter: W3CTextFormat('bench', element) });
  const annotations = spans.map(({ start, end, label }, index) => ({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    id: `span-${index}`,
    body: [{ type: 'TextualBody', purpose: 'tagging', value: label }],
    target: {
      source: 'bench',
      selector: [
        { type: 'TextQuoteSelector', exact: text.slice(start, end) },
        { type: 'TextPositionSelector', start, end },
      ],
    },
  }));
  annotator.setAnnotations(annotations);
};

window.countPeer = () => annotator?.getAnnotations().length ?? 0;
