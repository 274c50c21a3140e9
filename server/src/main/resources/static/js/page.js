// What every page does in the browser: time zone, focus, a question before typed work is lost, keys,
// and live parts. Everything else comes from the server; htmx swaps it in.
'use strict';

(() => {
  const one = (selector) => document.querySelector(selector);
  const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));

  // --- time zone: the server writes dates and ages

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.split('; ').includes(`zone=${zone}`)) {
    document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax`;
  }

  // --- focus: to what is to be read first, else to the heading of the new page

  const focusOn = (element) => {
    if (element) {
      if (!element.hasAttribute('tabindex') && !element.matches('a, button, input, textarea, select')) {
        element.tabIndex = -1;
      }
      element.focus();
    }
  };
  document.addEventListener('DOMContentLoaded', () => focusOn(one('[data-focus]')));
  document.addEventListener('htmx:afterSettle', (event) => {
    const part = event.detail.elt;
    const wanted = part.matches?.('[data-focus]') ? part : part.querySelector?.('[data-focus]');
    if (event.detail.boosted) {
      focusOn(one('[data-focus]') ?? one('main h1'));
    } else if (wanted) {
      focusOn(wanted);
    }
  });

  // --- typed work is not lost without a question: <form data-unsaved>

  const UNSAVED = 'form[data-unsaved][data-dirty]';
  document.addEventListener('input', (event) => {
    const form = event.target.closest('form[data-unsaved]');
    if (form) form.dataset.dirty = '';
  });
  document.addEventListener('submit', (event) => delete event.target.dataset.dirty);
  addEventListener('beforeunload', (event) => {
    if (one(UNSAVED)) event.preventDefault();
  });
  document.addEventListener('htmx:confirm', (event) => {
    const link = event.detail.elt;
    const leaves = link.tagName === 'A' && !link.hasAttribute('hx-get');
    if (leaves && one(UNSAVED) && !confirm(document.body.dataset.unsavedQuestion)) {
      event.preventDefault();
    }
  });

  // A page that is being left goes where the person wants, whatever it hears on the way: who signs
  // out hears at once that they are signed out.
  let leaving = false;
  addEventListener('beforeunload', () => {
    leaving = true;
    setTimeout(() => { leaving = false; }, 5000);
  });

  // An expired sign-in must not take the form along: it stays, and another tab signs in.
  const leadsToSignIn = (event) =>
    event.detail.xhr.getResponseHeader('HX-Redirect')?.startsWith('/sign-in');
  document.addEventListener('htmx:beforeOnLoad', (event) => {
    if (leaving && leadsToSignIn(event)) event.preventDefault();
    const form = event.detail.elt.closest('form[data-unsaved]');
    if (form && leadsToSignIn(event)) {
      event.preventDefault();
      form.dataset.dirty = '';
      one('#signed-out').hidden = false;
      if (event.detail.requestConfig.triggeringEvent?.type !== 'input') focusOn(one('#signed-out'));
    }
  });

  // --- a request that did not arrive

  const byItself = (event) =>
    ['live', 'load'].includes(event.detail.requestConfig?.triggeringEvent?.type);
  const unreachable = (event) => {
    const form = event.detail.elt.closest?.('form[data-unsaved]');
    if (form) form.dataset.dirty = '';
    // Parts are read again anyway when the stream is back.
    if (!byItself(event)) {
      one('#unreachable').hidden = false;
    }
  };
  document.addEventListener('htmx:responseError', (event) => {
    const form = event.detail.elt.closest?.('form[data-unsaved]');
    if (form) form.dataset.dirty = '';
  });
  document.addEventListener('htmx:sendError', unreachable);
  document.addEventListener('htmx:timeout', unreachable);
  document.addEventListener('htmx:afterOnLoad', (event) => {
    // What is read again by itself says nothing of what the person asked for.
    if (!byItself(event)) one('#unreachable').hidden = true;
    if (!leadsToSignIn(event)) one('#signed-out').hidden = true;
  });

  // --- times that run out: data-left says in how many seconds; then the element hears "due"

  const ends = new WeakMap();
  const countDown = () => {
    for (const part of document.querySelectorAll('[data-left]')) {
      if (!ends.has(part)) ends.set(part, Date.now() + part.dataset.left * 1000);
      const left = Math.max(0, Math.ceil((ends.get(part) - Date.now()) / 1000));
      const clock = part.querySelector('[data-clock]');
      const pad = (number) => String(number).padStart(2, '0');
      if (clock) {
        clock.textContent = left < 3600
          ? `${Math.floor(left / 60)}:${pad(left % 60)}`
          : `${Math.floor(left / 3600)}:${pad(Math.floor(left / 60) % 60)}:${pad(left % 60)}`;
      }
      if (left === 0) {
        delete part.dataset.left;
        htmx.trigger(part, 'due');
      }
    }
  };
  document.addEventListener('DOMContentLoaded', () => {
    countDown();
    setInterval(countDown, 1000);
  });

  // --- forms that are not boosted: one click sends once, and a reload does not send again

  document.addEventListener('submit', (event) => {
    const form = event.target.closest('form[data-once]');
    if (!form) return;
    if (form.dataset.sent !== undefined) {
      event.preventDefault();
      return;
    }
    const again = () => delete form.dataset.sent;
    form.dataset.sent = '';
    setTimeout(again, 15_000);
    addEventListener('pageshow', again, { once: true });
  });
  document.addEventListener('DOMContentLoaded', () => {
    const address = one('main[data-address]')?.dataset.address;
    if (address && location.pathname !== address) history.replaceState(null, '', address);
  });

  // --- keys: an element with data-key is clicked by that key; ? lists them

  const seen = (element) => element.checkVisibility();
  const named = (element) => element.getAttribute('aria-label') ?? element.textContent.trim();
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest('input, textarea, select, dialog, [contenteditable]')) return;
    if (event.key === '?') {
      event.preventDefault();
      showKeys();
      return;
    }
    const element = [...document.querySelectorAll('[data-key]')]
      .find((each) => each.dataset.key === event.key && seen(each));
    if (element) {
      event.preventDefault();
      if (element.matches('input, textarea, select')) element.focus();
      else element.click();
    }
  });
  const showKeys = () => {
    const list = one('#keys ul');
    list.replaceChildren(...[...document.querySelectorAll('[data-key]')].filter(seen).map((element) => {
      const key = document.createElement('kbd');
      key.textContent = element.dataset.key;
      const line = document.createElement('li');
      line.append(key, ' ', named(element));
      return line;
    }));
    one('#keys').showModal();
  };
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-show-keys]')) showKeys();
    const close = event.target.closest('[data-close]');
    close?.closest('dialog')?.close();
    close?.closest('.notice')?.remove();
  });

  // --- live parts: an element says in data-live what it shows, and has hx-trigger="live"

  const refresh = (part) => {
    if (part.querySelector(UNSAVED)) return;
    const focused = document.activeElement;
    if (part.contains(focused) && focused.matches('input:not([type=checkbox]), textarea, select')) {
      // Not under the hands of who types.
      focused.addEventListener('blur', () => setTimeout(() => refresh(part)), { once: true });
    } else if (part.matches('.htmx-request')) {
      // Its answer may be of before the change, and what asks again then is no longer there.
      setTimeout(() => changed(part.dataset.live.split(' ')), 100);
    } else if (part.isConnected) {
      part.querySelectorAll('[data-live].htmx-request').forEach((inner) => htmx.trigger(inner, 'htmx:abort'));
      htmx.trigger(part, 'live');
    }
  };
  // A part that is as it was stays: a swap takes focus, marked text and the click under way along.
  // Nothing is swapped under the hands of who has begun to type since it was asked for.
  const shown = new Map();
  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    const part = detail.target;
    const answer = detail.serverResponse?.replace(/name="_csrf" value="[^"]*"/g, '');
    const live = detail.requestConfig.triggeringEvent?.type === 'live';
    if (live && (part.querySelector(UNSAVED) || shown.get(part.id) === answer)) {
      detail.shouldSwap = false;
    } else if (part.dataset.live && !part.querySelector('[data-live]')) {
      shown.set(part.id, answer);
    } else {
      shown.clear();
    }
  });
  document.addEventListener('htmx:oobBeforeSwap', ({ detail }) => shown.delete(detail.target.id));
  const waiting = new Set();
  const changed = (names) => {
    if (waiting.size === 0) setTimeout(refreshAll, 100);
    names.forEach((name) => waiting.add(name));
  };
  const refreshAll = () => {
    const names = new Set(waiting);
    waiting.clear();
    const old = [...document.querySelectorAll('[data-live]')].filter((part) =>
      names.has('*') || part.dataset.live.split(' ').some((name) => names.has(name)));
    // A part within another one comes with it.
    old.filter((part) => !old.some((other) => other !== part && other.contains(part))).forEach(refresh);
  };

  // A short gap, as when the server ends a stream after half an hour, is not worth a word.
  let notLive = 0;
  const isLive = (live) => {
    if (live) {
      clearTimeout(notLive);
      notLive = 0;
      one('#live').hidden = true;
    } else if (!notLive) {
      notLive = setTimeout(() => { one('#live').hidden = false; }, 2000);
    }
  };
  const signedOut = () => {
    if (one(UNSAVED)) {
      one('#signed-out').hidden = false;
    } else if (!leaving) {
      location.assign('/sign-in?next=' + encodeURIComponent(location.pathname + location.search));
    }
  };
  const hear = (news) => {
    if (news.live !== undefined) isLive(news.live);
    if (news.changed) changed(news.changed);
    if (news.signedOut) signedOut();
  };

  // One stream for each browser: HTTP/1.1 has six connections. One tab holds it and tells the others.
  let live = false;
  let leads = false;
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('live') : null;
  const tell = (news) => {
    if (news.live !== undefined) live = news.live;
    tabs?.postMessage(news);
    hear(news);
  };

  // Not EventSource: it gives up for ever on a 502, and does not tell a 401 from it.
  const SILENCE = 45_000;
  const read = async (ready) => {
    const end = new AbortController();
    let silence = setTimeout(() => end.abort(), SILENCE);
    try {
      const answer = await fetch('/live', {
        headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal: end.signal,
      });
      if (answer.status === 401 || answer.status === 403) return 'signed out';
      if (!answer.ok) return 'refused';
      const lines = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (;;) {
        const { value, done } = await lines.read();
        if (done) return 'ended';
        clearTimeout(silence);
        silence = setTimeout(() => end.abort(), SILENCE);
        const events = (text + value).split(/\r?\n\r?\n/);
        text = events.pop();
        for (const event of events) {
          const name = /^event: ?(.*)$/m.exec(event)?.[1];
          const data = /^data: ?(.*)$/m.exec(event)?.[1];
          if (name === 'ready') ready();
          if (name === 'changed') tell({ changed: JSON.parse(data).names });
        }
      }
    } catch {
      return 'lost';
    } finally {
      clearTimeout(silence);
    }
  };
  // What this page may have missed between its making and the stream's beginning.
  const FRESH = ['leads', 'counts'];
  const hold = async () => {
    leads = true;
    let wait = 1000;
    let first = tabs === null || performance.now() < 5000;
    for (;;) {
      const end = await read(() => {
        wait = 1000;
        tell({ live: true, changed: first ? FRESH : ['*'] });
        first = false;
      });
      if (end === 'signed out') {
        tell({ signedOut: true });
        return;
      }
      tell({ live: false });
      await pause(wait * (0.5 + Math.random() / 2));
      wait = Math.min(wait * 2, 30_000);
    }
  };
  document.addEventListener('DOMContentLoaded', () => {
    if (!document.body.hasAttribute('data-signed-in')) return;
    if (!tabs || !navigator.locks) {
      hold();
      return;
    }
    tabs.onmessage = ({ data }) => {
      if (!data.ask) hear(data);
      else if (leads) tabs.postMessage({ live, changed: FRESH });
    };
    tabs.postMessage({ ask: true });
    navigator.locks.request('live', hold);
  });
})();
