// Leads in the browser: which one is current, keys that act on it, selection, and the number in the
// title. Without it everything works by links and buttons.
'use strict';

(() => {
  const cards = () => [...document.querySelectorAll('.lead')];
  const title = (card) => card.querySelector('[id$="-title"]');
  let current = null;

  /** Its buttons answer to keys; those of the others do not. */
  const choose = (card) => {
    current = card?.id ?? null;
    for (const each of cards()) {
      const chosen = each === card;
      each.classList.toggle('is-current', chosen);
      for (const button of each.querySelectorAll('[data-lead-key]')) {
        if (chosen) button.dataset.key = button.dataset.leadKey;
        else delete button.dataset.key;
      }
    }
  };

  document.addEventListener('focusin', (event) => {
    const card = event.target.closest('.lead');
    if (card && card.id !== current) choose(card);
  });
  document.addEventListener('click', (event) => {
    const move = event.target.closest('[data-move]')?.dataset.move;
    if (!move) return;
    const all = cards();
    const at = all.findIndex((card) => card.id === current);
    const next = at < 0 ? (Number(move) > 0 ? 0 : all.length - 1) : at + Number(move);
    if (all[next]) {
      choose(all[next]);
      title(all[next]).focus();
      all[next].scrollIntoView({ block: 'nearest' });
    }
  });
  // Who opens the post, or writes to its contact, has seen the lead.
  document.addEventListener('click', (event) => {
    const card = event.target.closest('.lead-acts a')?.closest('.lead.is-new');
    card?.querySelector('[id$="-seen"]').click();
  });
  document.addEventListener('toggle', (event) => {
    if (event.target.matches?.('.note-edit[open]')) event.target.querySelector('textarea').focus();
  }, true);

  // A card that is read again stays as far open as it was.
  let opened = null;
  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    const card = detail.requestConfig?.verb === 'get' && detail.target.matches?.('.lead') ? detail.target : null;
    opened = card && { id: card.id, names: [...card.querySelectorAll('details[open]')].map((each) => each.className) };
  });
  document.addEventListener('htmx:afterSwap', () => {
    const card = opened && document.getElementById(opened.id);
    card?.querySelectorAll('details').forEach((each) => {
      if (opened.names.includes(each.className)) each.open = true;
    });
    opened = null;
  });

  // What is picked stays picked when its card is read again, until something is done with it.
  let picked = [];
  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    picked = detail.requestConfig?.elt?.id === 'bulk'
      ? []
      : [...document.querySelectorAll('.select:checked, #pick-all:checked')].map((each) => each.id);
  });
  document.addEventListener('htmx:afterSwap', () => {
    for (const id of picked) {
      const box = document.getElementById(id);
      if (box) box.checked = true;
    }
    picked = [];
  });

  const count = () => {
    const shown = document.getElementById('picked');
    if (shown) shown.textContent = document.querySelectorAll('.select:checked').length;
  };
  document.addEventListener('change', (event) => {
    if (event.target.id === 'pick-all') {
      document.querySelectorAll('.select').forEach((each) => { each.checked = event.target.checked; });
    }
    count();
  });

  const refresh = () => {
    document.querySelectorAll('[data-script]').forEach((each) => { each.hidden = false; });
    const unread = Number(document.getElementById('unread')?.dataset.count ?? 0);
    const plain = document.title.replace(/^\(\d+\) /, '');
    const wanted = unread > 0 ? `(${unread}) ${plain}` : plain;
    if (document.title !== wanted) document.title = wanted;
    const card = current && document.getElementById(current);
    if (card) choose(card);
    count();
  };
  document.addEventListener('DOMContentLoaded', refresh);
  document.addEventListener('htmx:afterSettle', refresh);
})();
