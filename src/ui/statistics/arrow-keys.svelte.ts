/** Where an arrow leads among so many buttons; `undefined` when the key is none of them, or leads nowhere. */
export function nextIndex(key: string, index: number, count: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowRight: index + 1,
    ArrowDown: index + 1,
    ArrowLeft: index - 1,
    ArrowUp: index - 1,
    Home: 0,
    End: count - 1,
  };
  const next = steps[key];
  return next !== undefined && next >= 0 && next < count ? next : undefined;
}

/** Makes many buttons one stop of Tab: arrows, Home and End lead from one to the next. */
export class ArrowKeys {
  #active = $state.raw(0);

  /** For the button at that place among so many. */
  tabIndex(index: number, count: number): 0 | -1 {
    return index === Math.min(this.#active, count - 1) ? 0 : -1;
  }

  readonly onkeydown = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const index = buttons.findIndex((button) => button === event.target);
    if (index < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nextIndex(event.key, index, buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    buttons[next]?.focus();
  };

  readonly onfocusin = (event: FocusEvent & { readonly currentTarget: HTMLElement }): void => {
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    this.#active = Math.max(
      0,
      buttons.findIndex((button) => button === event.target),
    );
  };
}
