import { mount, unmount } from 'svelte';
import { registerSW } from 'virtual:pwa-register';
import { adoptHighlightRules } from './editor/highlights.ts';
import { startSession, type Start } from './session/start.ts';
import Root from './ui/Root.svelte';
import './ui/theme.css';
import './ui/fonts.css';
import './ui/base.css';
import { Offline } from './ui/offline.svelte.ts';

const target = document.querySelector('#app');
if (!target) throw new RangeError('the page has no #app');

adoptHighlightRules();
const offline = new Offline();
if (!offline.isFile) {
  const update = registerSW({
    onOfflineReady: () => offline.markReady(),
    onNeedRefresh: () =>
      offline.offerUpdate(() => {
        offline.accepted = true;
        void update();
      }),
    // Another tab may have taken the new version into use: this one reloads only when it is asked to.
    onNeedReload: () => (offline.accepted ? location.reload() : offline.offerUpdate(() => location.reload())),
    onRegisteredSW: (_, registration) => {
      if (registration?.active) offline.markReady();
    },
  });
}

await show(await startSession(), target);

async function show(start: Start, place: Element): Promise<void> {
  if (start.kind === 'ready') {
    mount(Root, { target: place, props: { projects: start.projects, offline } });
  } else if (start.kind === 'refused') {
    const { default: Refused } = await import('./ui/Refused.svelte');
    mount(Refused, { target: place, props: { problem: start.problem } });
  } else if (start.kind === 'locked') {
    const { default: UnlockScreen } = await import('./ui/lock/UnlockScreen.svelte');
    const screen = mount(UnlockScreen, {
      target: place,
      props: { gate: start.gate, onend: (next: Start) => void unmount(screen).then(() => show(next, place)) },
    });
  } else {
    const { default: Rescue } = await import('./ui/Rescue.svelte');
    const { rescue } = start;
    const screen = mount(Rescue, {
      target: place,
      props: { rescue, onend: (next: Start) => void unmount(screen).then(() => show(next, place)) },
    });
  }
}
