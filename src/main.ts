import { mount } from 'svelte';
import { registerSW } from 'virtual:pwa-register';
import { adoptHighlightRules } from './editor/highlights.ts';
import { startSession } from './session/start.ts';
import Root from './ui/Root.svelte';
import './ui/theme.css';
import './ui/fonts.css';
import './ui/base.css';
import { Offline } from './ui/offline.svelte.ts';
import Refused from './ui/Refused.svelte';

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

const start = await startSession();
if (start.kind === 'refused') mount(Refused, { target, props: { problem: start.problem } });
else mount(Root, { target, props: { projects: start.projects, offline } });
