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

/** What may wait until whoever opens the page has it before them. */
const settledMs = 2000;

adoptHighlightRules();
const offline = new Offline();
if (!offline.isFile) {
  const update = registerSW({
    onOfflineReady: () => offline.markReady(),
    onNeedRefresh: () => void offerUpdate(() => void update()),
    // Another tab may have taken the new version into use: this one reloads only when it is asked to.
    onNeedReload: () => {
      if (!offline.accepted) offline.offerUpdate(() => location.reload());
    },
    onRegisteredSW: (_, registration) => {
      if (registration?.active) offline.markReady();
    },
  });
}

const place = target;
// Not awaited here: what is fetched late may need a part that is bundled with this one, and both would wait for each other.
void begin().catch((error: unknown) => {
  // As when the server is gone; there is nothing else left to draw it with.
  place.textContent = `A part of Locution could not be loaded (${String(error)}). Your work is kept. Reload the page.`;
});

/** A new version is offered once what this one still needs is kept for tabs that go on with it. */
async function offerUpdate(takeOver: () => void): Promise<void> {
  try {
    await (await import('./ui/earlier-parts.ts')).keepParts();
  } finally {
    offline.offerUpdate(() => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      takeOver();
    });
  }
}

async function begin(): Promise<void> {
  let waiting: Promise<{ end: () => Promise<void> }> | undefined;
  const start = await startSession({}, (problem) => {
    waiting ??= import('./ui/rescue/show-waiting.ts').then(({ showWaiting }) => showWaiting(place, problem));
  });
  await (await waiting)?.end();
  await show(start);
}

async function show(start: Start): Promise<void> {
  if (start.kind === 'ready') {
    const { projects, files } = start;
    mount(Root, { target: place, props: { projects, offline, incoming: [...files] } });
    setTimeout(() => void projects.beginBackups(), settledMs);
    return;
  }
  if (start.kind === 'locked') {
    const { default: UnlockScreen } = await import('./ui/lock/UnlockScreen.svelte');
    const { gate } = start;
    const onend = (next: Start) => void unmount(screen).then(() => show(next));
    const screen = mount(UnlockScreen, { target: place, props: { gate, onend } });
    return;
  }
  const { default: Rescue } = await import('./ui/rescue/Rescue.svelte');
  const { rescue } = start;
  const onend = (next: Start) => void unmount(screen).then(() => show(next));
  const screen = mount(Rescue, { target: place, props: { rescue, onend } });
}
