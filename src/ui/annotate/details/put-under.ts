/** How much room a list wants below its field before it is put above it, in pixels. */
const wantedPx = 200;

/** Puts a list over everything else, below the field that it belongs to or, where there is no room, above it. */
export function putUnder(field: () => HTMLElement | undefined): (list: HTMLElement) => void {
  return (list) => {
    const rect = (field()?.parentElement ?? list).getBoundingClientRect();
    list.popover = 'manual';
    // The top layer is where neither the panel's edges nor its scrolling cut it off.
    if ('showPopover' in list) list.showPopover();
    const isRoomBelow = innerHeight - rect.bottom > wantedPx;
    Object.assign(list.style, {
      left: `${rect.left}px`,
      width: `${rect.width}px`,
      right: 'auto',
      top: isRoomBelow ? `${rect.bottom + 2}px` : 'auto',
      bottom: isRoomBelow ? 'auto' : `${innerHeight - rect.top + 2}px`,
    });
  };
}
