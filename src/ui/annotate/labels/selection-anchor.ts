import type { AnnotationEditor } from '../../../editor/annotation-editor.ts';
import type { Range } from '../../../core/offset.ts';

/** Something to stand beside: all the selected words in one box, wherever they are when it is asked for. */
export function selectionAnchor(
  editor: AnnotationEditor,
  selection: Range | undefined,
): { getBoundingClientRect(): DOMRect } {
  return {
    getBoundingClientRect() {
      const boxes = selection ? editor.boxesOf(selection) : [];
      const left = Math.min(...boxes.map((box) => box.left));
      const top = Math.min(...boxes.map((box) => box.top));
      const right = Math.max(...boxes.map((box) => box.right));
      const bottom = Math.max(...boxes.map((box) => box.bottom));
      return boxes.length > 0 ? new DOMRect(left, top, right - left, bottom - top) : new DOMRect();
    },
  };
}
