/** A sheet let go of further down than this goes away. */
const farEnough = 72;

/** Makes a grip by which its sheet follows the finger down, and away. */
export function swipeDown(sheet: () => HTMLElement | undefined, onaway: () => void) {
  return (grip: HTMLElement) => {
    let from: number | undefined;
    const moved = ({ clientY }: PointerEvent) => Math.max(0, clientY - (from ?? clientY));
    const place = (distance: number) =>
      sheet()?.style.setProperty('translate', distance > 0 ? `0 ${distance}px` : '');
    const handlers = {
      pointerdown(event: PointerEvent) {
        from = event.clientY;
        grip.setPointerCapture(event.pointerId);
      },
      pointermove(event: PointerEvent) {
        if (from !== undefined) place(moved(event));
      },
      pointerup(event: PointerEvent) {
        const isAway = moved(event) > farEnough;
        from = undefined;
        place(0);
        if (isAway) onaway();
      },
      pointercancel() {
        from = undefined;
        place(0);
      },
    };
    for (const [name, handle] of Object.entries(handlers))
      grip.addEventListener(name, handle as EventListener);
    return () => {
      for (const [name, handle] of Object.entries(handlers))
        grip.removeEventListener(name, handle as EventListener);
    };
  };
}
