'use strict';

// The whole page: what a person sees is made from what the API answers, and nothing is kept here
// that the server does not know.

const texts = JSON.parse(document.getElementById('texts').textContent);
const main = document.getElementById('main');
const nav = document.getElementById('nav');
const who = document.getElementById('who');
const notice = document.getElementById('notice');
const banner = document.getElementById('banner');

// --- small helpers ---------------------------------------------------------------------------

/** A channel as people write it; one without a public name as in the links to its posts. */
function at(channel) {
  return channel.startsWith('c/') ? `t.me/${channel}` : `@${channel}`;
}

function t(key, ...values) {
  const text = texts[key] ?? key;
  return values.reduce((all, value, i) => all.replaceAll(`{${i}}`, value), text);
}

/** An element; properties that begin with "on" are listeners. */
function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? t('failed'));
    this.status = status;
    this.code = body.code;
    this.body = body;
    this.errors = body.errors ?? [];
  }
}

async function api(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem(0, { detail: t('no_connection') });
  }
  const text = await answer.text();
  let json = {};
  try {
    json = text ? JSON.parse(text) : {};
  } catch {
    json = {};
  }
  if (!answer.ok) throw new Problem(answer.status, json);
  return json;
}

let noticeTimer;

function say(text) {
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => (notice.hidden = true), 6000);
}

/** Runs what a button does, once at a time, and says what goes wrong. */
function action(work) {
  return async (event) => {
    event.preventDefault();
    const button = event.submitter ?? event.currentTarget;
    const form = event.type === 'submit' ? event.currentTarget : null;
    button.disabled = true;
    form?.querySelectorAll('.field-error').forEach((each) => each.remove());
    try {
      await work(form ? new FormData(form) : undefined, form);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.status === 401) return signedOut();
      if (form && showFields(form, problem)) return;
      say(problem.message);
    } finally {
      button.disabled = false;
    }
  };
}

/** Puts each error beside its field; whether there was such a field. */
function showFields(form, problem) {
  let shown = false;
  for (const error of problem.errors) {
    const name = (error.field ?? error.name ?? '').replace(/\[.*/, '');
    const field = form.elements[name];
    if (!field?.after) continue;
    field.after(h('div', { className: 'field-error' }, error.detail ?? problem.message));
    shown = true;
  }
  return shown;
}

function field(label, input) {
  return h('label', {}, h('span', {}, label), input);
}

function check(label, name, checked) {
  return h('label', { className: 'check' },
    h('input', { type: 'checkbox', name, checked }), h('span', {}, label));
}

const when = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: 'medium', timeStyle: 'short',
});

function time(value) {
  return value ? when.format(new Date(value)) : '';
}

function show(...children) {
  main.replaceChildren(...children.flat().filter(Boolean));
}

// --- signing in ------------------------------------------------------------------------------

function signedOut() {
  events?.close();
  events = null;
  me = undefined;
  showBanner(null);
  nav.hidden = true;
  who.textContent = '';
  showPhone();
}

function signInCard(title, ...children) {
  show(h('section', { className: 'card narrow' }, h('h1', {}, title), ...children));
  main.querySelector('input')?.focus();
}

/** Also for somebody who is signed in to the site and no longer to Telegram. */
function showPhone() {
  showBanner(null);
  const phone = h('input', { name: 'phone', type: 'tel', autocomplete: 'tel', required: true, placeholder: '+7 900 000-00-00', value: me?.phone ? `+${me.phone}` : '' });
  signInCard(t('sign_in'),
    h('form', {
      onsubmit: action(async (data) => {
        const started = await api('POST', '/api/auth/start', { phone: data.get('phone') });
        if (started.requires_password) showPassword(started, started.password_hint);
        else if (started.code_type === 'none') await save(started);
        else showCode(started, data.get('phone'));
      }),
    },
    field(t('phone'), phone),
    h('p', { className: 'soft' }, t('phone_hint')),
    h('div', { className: 'row' }, h('button', { className: 'primary' }, t('get_code')),
      me ? h('button', { type: 'button', onclick: () => open(view) }, t('back')) : null)));
}

function showCode(started, phone) {
  const own = started.login_via === 'telegram_message';
  const where = own ? t('code_in_saved_messages') : t(`code_by_${started.code_type ?? 'other'}`);
  const code = h('input', { name: 'code', autocomplete: 'one-time-code', required: true, inputMode: own || /sms_word|sms_phrase/.test(started.code_type) ? 'text' : 'numeric' });
  const resend = h('button', { type: 'button', hidden: own || !started.next_type, disabled: true,
    onclick: action(async () => showCode({ ...started, ...(await api('POST', '/api/auth/resend-code', { auth_id: started.auth_id })) }, phone)) },
    t('resend'));
  if (!resend.hidden) setTimeout(() => (resend.disabled = false), (started.resend_after ?? 0) * 1000);
  signInCard(t('enter_code'),
    h('p', {}, where, started.code_hint ? ` ${started.code_hint}` : ''),
    h('form', {
      onsubmit: action(async (data) => {
        if (own) {
          await api('POST', '/api/auth/login-by-telegram', { phone, code: data.get('code') });
          return enter();
        }
        const next = await submit(started, 'code', data.get('code'));
        if (!next) return;
        if (next.requires_password) return showPassword(started, next.password_hint ?? next.hint);
        await save(started);
      }),
    },
    field(t('code'), code),
    h('div', { className: 'row' }, h('button', { className: 'primary' }, t('go_on')), resend, backButton(started))));
}

/** Sends code or password. When the code has expired Telegram sends another one: back to that step. */
async function submit(started, what, value) {
  try {
    return await api('POST', `/api/auth/submit-${what}`, { auth_id: started.auth_id, [what]: value });
  } catch (problem) {
    if (problem.code !== 'code_renewed') throw problem;
    const { code_type, code_hint, next_type, resend_after } = problem.body;
    showCode({ ...started, code_type, code_hint, next_type, resend_after });
    say(problem.message);
    return null;
  }
}

function showPassword(started, hint) {
  signInCard(t('two_step'),
    h('p', {}, t('two_step_text')),
    h('form', {
      onsubmit: action(async (data) => {
        if (await submit(started, 'password', data.get('password'))) await save(started);
      }),
    },
    field(t('password'), h('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true })),
    hint ? h('p', { className: 'soft' }, t('hint', hint)) : null,
    h('div', { className: 'row' }, h('button', { className: 'primary' }, t('go_on')), backButton(started))));
}

function backButton(started) {
  return h('button', { type: 'button', onclick: action(async () => {
    showPhone();
    if (started.auth_id) await api('POST', '/api/auth/cancel', { auth_id: started.auth_id });
  }) }, t('back'));
}

async function save(started) {
  await api('POST', '/api/auth/save', { auth_id: started.auth_id });
  await enter();
}

// --- signed in -------------------------------------------------------------------------------

const views = { leads: showLeads, tasks: showTasks, settings: showSettings };
let me;
let view = 'leads';
let events;

async function enter() {
  try {
    me = await api('GET', '/api/user/me');
  } catch (problem) {
    if (problem.status === 401) return signedOut();
    show(h('section', { className: 'card' }, h('p', {}, problem.message),
      h('button', { onclick: enter }, t('try_again'))));
    return;
  }
  who.textContent = me.username ? `@${me.username}` : me.name ?? '';
  listen();
  const tasks = me.plan === 'expired' ? [] : await api('GET', '/api/tasks').then(listOf('tasks'), () => []);
  const wanted = sessionStorage.getItem('view');
  sessionStorage.removeItem('view');
  await open(wanted ?? (tasks.length === 0 && me.plan !== 'expired' ? 'tasks' : 'leads'));
}

function listOf(name) {
  return (answer) => (Array.isArray(answer) ? answer : answer[name] ?? []);
}

async function open(name) {
  view = name;
  nav.hidden = false;
  nav.replaceChildren(...Object.keys(views).map((each) =>
    h('button', { onclick: () => open(each), 'aria-current': each === view ? 'page' : 'false' }, t(`nav_${each}`))));
  showBanner(me.telegram);
  try {
    await views[name]();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.status === 401) return signedOut();
    show(h('section', { className: 'card' }, h('p', {}, problem.message),
      h('button', { onclick: () => open(name) }, t('try_again'))));
  }
}

/** What each view has to do with; whatever else happens does not disturb who looks at it. */
const concerns = {
  leads: ['ready', 'leads', 'lead', 'delivered', 'tasks'],
  tasks: ['ready', 'tasks', 'source', 'backfill'],
  settings: ['ready', 'session_ended'],
};
const heard = new Set();

/** Live events. Each connect reloads what was missed while disconnected. */
function listen() {
  events?.close();
  events = new EventSource('/api/events');
  for (const name of ['ready', 'leads', 'lead', 'delivered', 'tasks', 'source', 'backfill', 'session_ended']) {
    events.addEventListener(name, (event) => {
      if (name === 'leads') leadsView.arrived += JSON.parse(event.data).lead_ids.length;
      heard.add(name);
      refreshTimer ??= setTimeout(refresh, 250);
    });
  }
}

let refreshTimer;

/** Refreshes what may have changed, unless the person is filling in a form. */
async function refresh() {
  refreshTimer = undefined;
  const news = [...heard];
  heard.clear();
  if (!me) return;
  try {
    if (news.includes('ready') || news.includes('session_ended')) {
      me = await api('GET', '/api/user/me');
    }
    if (main.querySelector('form')) return;
    showBanner(me.telegram);
    if (!concerns[view].some((each) => news.includes(each))) return;
    const list = document.getElementById('leads');
    if (view !== 'leads' || !list) await open(view);
    else if (leadsView.wanted + leadsView.arrived > KEPT) tellOfNewLeads();
    else await updateLeads(list);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.status === 401) signedOut();
    else say(problem.message);
  }
}

/** Shows on every view that the Telegram session is lost, and how to sign in again. */
function showBanner(telegram) {
  const visible = isDisconnected(telegram) && view !== 'settings';
  banner.replaceChildren(...(visible ? [telegramLine(telegram)] : []));
  banner.hidden = !visible;
}

function isDisconnected(telegram) {
  return telegram === 'session_ended' || telegram === 'not_signed_in';
}

// --- leads -----------------------------------------------------------------------------------

const PAGE = 20;

/** Up to this many leads are refreshed live; a longer list gets a button for new ones instead. */
const KEPT = 200;

/** How many are shown, how many came since they were read, and the number of the last reading. */
const leadsView = { status: '', wanted: PAGE, arrived: 0, reading: 0 };

async function readLeads(status, wanted) {
  const limit = wanted > PAGE ? 100 : PAGE;
  const found = new Map();
  let more = true;
  for (let page = 1; more && found.size < wanted; page++) {
    const answer = await api('GET', `/api/leads?page=${page}&limit=${limit}${status ? `&status=${status}` : ''}`);
    answer.leads.forEach((lead) => found.set(lead.id, lead));
    more = answer.has_more;
  }
  return { leads: [...found.values()].slice(0, wanted), more: more || found.size > wanted };
}

async function showLeads() {
  leadsView.wanted = PAGE;
  leadsView.arrived = 0;
  const { status } = leadsView;
  const list = h('div', { id: 'leads' });
  const read = await readLeads(status, PAGE);
  me = await api('GET', '/api/user/me');
  show(
    holdLine(me.deliveries),
    stalledLine(me.stalled),
    h('div', { className: 'row' },
      ...['', 'new'].map((each) => h('button', { 'aria-pressed': each === status, onclick: () => { leadsView.status = each; open('leads'); } }, t(each ? 'only_new' : 'all'))),
      h('button', { onclick: action(async () => { await api('POST', '/api/leads/mark-read', {}); await open('leads'); }) }, t('mark_all'))),
    h('button', { id: 'new-leads', hidden: true, onclick: () => open('leads') }),
    h('section', { className: 'card', id: 'no-leads' }, h('p', {}, t('no_leads'))),
    list,
    h('button', { id: 'more', onclick: action(async () => {
      leadsView.wanted += PAGE;
      await updateLeads(list);
    }) }, t('more')));
  fill(list, read);
}

/** Reloads the leads that are shown and those that arrived since, without moving the reader. */
async function updateLeads(list) {
  if (!list?.isConnected) return;
  leadsView.wanted += leadsView.arrived;
  leadsView.arrived = 0;
  document.getElementById('new-leads').hidden = true;
  const reading = ++leadsView.reading;
  const read = await readLeads(leadsView.status, leadsView.wanted);
  if (list.isConnected && reading === leadsView.reading) fill(list, read);
}

function tellOfNewLeads() {
  const news = document.getElementById('new-leads');
  news.textContent = t('new_leads', leadsView.arrived);
  news.hidden = leadsView.arrived === 0;
}

/** Makes the list hold these leads, and touches no card that stays as it is. */
function fill(list, { leads, more }) {
  const before = new Map([...list.children].map((card) => [card.state, card]));
  const cards = leads.map((lead) => {
    const state = JSON.stringify(lead);
    return before.get(state) ?? Object.assign(leadCard(lead), { state });
  });
  const kept = new Set(cards);
  before.forEach((card) => kept.has(card) || card.remove());
  let place = list.firstChild;
  for (const card of cards) {
    if (card === place) place = place.nextSibling;
    else list.insertBefore(card, place);
  }
  document.getElementById('no-leads').hidden = leads.length > 0;
  document.getElementById('more').hidden = !more;
}

function leadCard(lead) {
  const isNew = lead.status === 'new';
  const afterwards = () => updateLeads(document.getElementById('leads'));
  return h('article', { className: 'card lead', 'data-id': String(lead.id) },
    h('div', { className: 'row' },
      h('a', { href: lead.source_url, target: '_blank', rel: 'noopener noreferrer' }, at(lead.source_channel)),
      h('span', { className: 'soft' }, time(lead.found_at)),
      isNew ? h('span', { className: 'pill new' }, t('new')) : null,
      lead.matched_keyword ? h('span', { className: 'pill' }, lead.matched_keyword) : null,
      h('span', { className: `soft ${lead.delivered_at ? 'good' : ''}` }, lead.delivered_at ? t('delivered') : '')),
    h('div', { className: 'text long' }, ...marked(lead.text, lead.matched_at ?? [])),
    ...(lead.notes ?? []).map((note) => h('p', { className: 'soft note' }, note)),
    lead.also_seen?.length
      ? h('p', { className: 'soft' }, t('also_seen'), ' ', ...lead.also_seen.flatMap((each) => [h('a', { href: each.source_url, target: '_blank', rel: 'noopener noreferrer' }, at(each.source_channel)), ' ']))
      : null,
    h('div', { className: 'row end' },
      isNew ? h('button', { onclick: action(async () => { await api('PUT', `/api/leads/${lead.id}/viewed`); await afterwards(); }) }, t('seen')) : null,
      h('button', { className: 'danger', onclick: action(async () => { await api('DELETE', `/api/leads/${lead.id}`); await afterwards(); }) }, t('delete'))));
}

/** A text with marks at [start, end) places. */
function marked(text, places) {
  const parts = [];
  let at = 0;
  for (const [start, end] of places) {
    if (start < at || end > text.length) continue;
    parts.push(text.slice(at, start), h('mark', {}, text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}

// --- tasks -----------------------------------------------------------------------------------

async function showTasks() {
  const [tasks, backfills] = await Promise.all([
    api('GET', '/api/tasks').then(listOf('tasks')),
    api('GET', '/api/backfills').then(listOf('backfills'), () => []),
  ]);
  show(
    h('div', { className: 'row' }, h('button', { className: 'primary', id: 'new-task', onclick: () => showTaskForm() }, t('new_task'))),
    ...(tasks.length ? tasks.map((task) => taskCard(task, backfills.filter((each) => each.task_id === task.id)))
      : [h('section', { className: 'card' }, h('p', {}, t('no_tasks')))]));
}

function taskCard(task, backfills) {
  const running = task.status === 'running';
  return h('article', { className: 'card task' },
    h('div', { className: 'row' }, h('h2', {}, task.name),
      h('span', { className: `pill ${running ? 'running' : ''}` }, t(running ? 'running' : 'paused'))),
    h('p', { className: 'soft' }, task.include_keywords.length ? task.include_keywords.join(' · ') : t('every_post'),
      task.exclude_keywords.length ? ` — ${t('without')} ${task.exclude_keywords.join(' · ')}` : ''),
    task.pause_detail ? h('p', { className: 'bad' }, task.pause_detail) : '',
    h('ul', { className: 'sources' }, ...(task.source_states ?? []).map(sourceLine)),
    ...(task.delivery_problems ?? []).map(undeliveredLine),
    ...backfills.filter((each) => ['running', 'waiting', 'failed'].includes(each.status)).map(backfillLine),
    h('div', { className: 'row end' },
      h('button', { onclick: action(async () => { await api('PUT', `/api/tasks/${task.id}`, { status: running ? 'paused' : 'running' }); await open('tasks'); }) }, t(running ? 'pause' : 'resume')),
      h('button', { onclick: action(async () => { await api('POST', `/api/tasks/${task.id}/backfill`, { wanted: 20 }); await open('tasks'); }) }, t('backfill')),
      h('button', { onclick: () => showTaskForm(task) }, t('edit')),
      h('button', { className: 'danger', onclick: action(async () => {
        if (!confirm(t('delete_task', task.name))) return;
        await api('DELETE', `/api/tasks/${task.id}`);
        await open('tasks');
      }) }, t('delete'))));
}

function sourceLine(source) {
  const good = source.status === 'ok';
  return h('li', {},
    source.url ? h('a', { href: source.url, target: '_blank', rel: 'noopener noreferrer' }, at(source.source)) : h('strong', {}, source.written ?? source.source),
    ' ', source.title ?? '', ' ',
    source.members ? h('span', { className: 'soft' }, t('members', source.members)) : '', ' ',
    good && source.joined !== undefined ? h('span', { className: 'soft' }, t(source.joined ? 'joined' : 'not_joined')) : '',
    good ? '' : h('span', { className: source.status === 'not_checked' ? 'soft' : 'bad' }, source.detail ?? source.error ?? t(`source_${source.status}`)),
    source.skipped ? h('span', { className: 'soft' }, ' ', source.skipped.detail) : '',
    source.notice ? h('span', { className: 'soft' }, ' ', source.notice) : '');
}

function undeliveredLine(problem) {
  return h('p', { className: 'bad undelivered' }, problem.destination === 'self' ? t('undelivered_self') : at(problem.destination), ': ', problem.detail);
}

function backfillLine(backfill) {
  return h('div', { className: 'backfill' },
    h('p', { className: 'soft' }, `${at(backfill.source)}: `, t('backfill_progress', backfill.found, backfill.wanted, backfill.read)),
    backfill.detail ? h('p', { className: 'bad' }, backfill.detail) : null,
    h('progress', { max: backfill.wanted, value: backfill.found }),
    h('button', { onclick: action(async () => { await api('POST', `/api/backfills/${backfill.id}/cancel`, {}); await open('tasks'); }) }, t('cancel')));
}

function lines(text) {
  return String(text ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
}

function draft(data) {
  return {
    name: data.get('name'),
    sources: lines(data.get('sources')),
    include_keywords: lines(data.get('include_keywords')),
    exclude_keywords: lines(data.get('exclude_keywords')),
    alerts_personal: data.has('alerts_personal'),
    alerts_channel: data.get('alerts_channel').trim() || null,
    merge_reposts: data.has('merge_reposts'),
  };
}

function showTaskForm(task) {
  const preview = h('div', { id: 'preview' });
  const form = h('form', {
    id: 'task-form',
    onsubmit: action(async (data) => {
      const body = draft(data);
      if (task) await api('PUT', `/api/tasks/${task.id}`, body);
      else await api('POST', '/api/tasks', { ...body, status: 'running' });
      await open('tasks');
    }),
  },
  field(t('task_name'), h('input', { name: 'name', required: true, maxLength: 100, value: task?.name ?? '' })),
  field(t('sources'), h('textarea', { name: 'sources', placeholder: '@javajobs\nhttps://t.me/golangjobs', value: (task?.sources ?? []).map((each) => (each.startsWith('c/') ? each : `@${each}`)).join('\n') })),
  field(t('include'), h('textarea', { name: 'include_keywords', value: (task?.include_keywords ?? []).join('\n') })),
  h('p', { className: 'soft' }, t('keywords_hint')),
  field(t('exclude'), h('textarea', { name: 'exclude_keywords', value: (task?.exclude_keywords ?? []).join('\n') })),
  check(t('alerts_to_me'), 'alerts_personal', task?.alerts_personal ?? true),
  check(t('merge_reposts'), 'merge_reposts', task?.merge_reposts ?? true),
  field(t('alerts_channel'), h('input', { name: 'alerts_channel', placeholder: '@name', value: task?.alerts_channel ?? '' })),
  h('div', { className: 'row' },
    h('button', { className: 'primary' }, t('save')),
    h('button', { type: 'button', onclick: action(async () => {
      const body = draft(new FormData(form));
      const caught = await api('POST', '/api/tasks/preview', {
        sources: body.sources, include_keywords: body.include_keywords, exclude_keywords: body.exclude_keywords
      });
      preview.replaceChildren(...previewOf(caught));
    }) }, t('preview')),
    h('button', { type: 'button', onclick: () => open('tasks') }, t('back'))));
  show(h('section', { className: 'card' }, h('h1', {}, t(task ? 'edit' : 'new_task')), form), preview);
  form.elements.name.focus();
}

function previewOf(caught) {
  const posts = caught.posts.slice(0, 20);
  return [
    h('p', {}, t('preview_result', caught.matched, caught.read)),
    ...posts.map((post) => h('article', { className: 'card' },
      h('p', { className: 'soft' }, `${at(post.source_channel)} `, post.matched_keyword ?? ''),
      h('div', { className: 'text long' }, ...marked(post.text, post.matched_at ?? [])))),
  ];
}

// --- settings --------------------------------------------------------------------------------

async function showSettings() {
  const [fresh, settings, stats, browsers] = await Promise.all([
    api('GET', '/api/user/me'), api('GET', '/api/user/settings'), api('GET', '/api/stats').catch(() => null),
    api('GET', '/api/user/sessions').catch(() => null),
  ]);
  me = fresh;
  show(
    h('section', { className: 'card' }, h('h1', {}, me.name || me.username || t('nav_settings')),
      h('p', {}, t('plan', t(`plan_${me.plan}`)), me.plan_until ? ` ${t('until', time(me.plan_until))}` : ''),
      telegramLine(me.telegram),
      holdLine(me.deliveries),
      stalledLine(me.stalled),
      stats ? h('p', { className: 'soft' }, t('stats', stats.leads_total ?? 0, stats.leads_new ?? 0)) : null,
      check(t('alerts_to_me'), 'alerts_personal', settings.alerts_personal),
      field(t('language'), language(settings.language))),
    h('section', { className: 'card' },
      h('div', { className: 'row' },
        h('button', { onclick: action(async () => { await api('POST', '/api/user/refresh', {}); await open('settings'); }) }, t('refresh_profile')),
        h('button', { id: 'logout', onclick: action(async () => { await api('POST', '/api/logout', {}); signedOut(); }) }, t('logout')),
        h('button', { className: 'danger', onclick: action(async () => {
          if (!confirm(t('disconnect_sure'))) return;
          await api('POST', '/api/user/disconnect-telegram', {});
          await open('settings');
        }) }, t('disconnect')))),
    browsers ? browserList(browsers.sessions) : null);
  main.querySelector('[name=alerts_personal]').addEventListener('change', (event) =>
    api('PUT', '/api/user/settings', { alerts_personal: event.target.checked }).then(() => say(t('saved')), (problem) => say(problem.message)));
}

/** Where the person is signed in; each browser but this one can be signed out. */
function browserList(sessions) {
  const end = (each) => action(async () => {
    await api('DELETE', `/api/user/sessions/${each.id}`);
    await open('settings');
  });
  return h('section', { className: 'card', id: 'browsers' }, h('h2', {}, t('browsers')),
    h('p', { className: 'soft' }, t('browsers_hint')),
    h('ul', { className: 'sources' }, ...sessions.map((each) => h('li', { className: 'row' },
      h('span', {}, each.browser || t('browser_unknown'),
        h('span', { className: 'soft' }, each.place ? ` ${each.place}` : '', ` · ${t('browser_since', time(each.since))} · ${t('browser_seen', time(each.last_seen))}`)),
      each.current ? h('span', { className: 'pill' }, t('browser_this')) : h('button', { onclick: end(each) }, t('browser_end'))))),
    sessions.length > 1 ? h('button', { className: 'danger', onclick: action(async () => {
      await api('POST', '/api/user/sessions/end-others', {});
      await open('settings');
    }) }, t('browsers_end_others')) : null);
}

/** The texts come with the page: another language is another page. */
function language(now) {
  const select = h('select', { name: 'language' },
    ...[['ru', 'Русский'], ['en', 'English']].map(([value, name]) => h('option', { value, lang: value, selected: value === now }, name)));
  select.addEventListener('change', () =>
    api('PUT', '/api/user/settings', { language: select.value }).then(() => {
      sessionStorage.setItem('view', 'settings');
      location.reload();
    }, (problem) => say(problem.message)));
  return select;
}

function telegramLine(telegram) {
  if (!telegram) return null;
  const bad = isDisconnected(telegram);
  return h('p', { className: bad ? 'bad' : 'soft' }, t(`telegram_${telegram}`), ' ',
    bad ? h('button', { className: 'primary', onclick: showPhone }, t('sign_in_again')) : null);
}

/** Why leads do not arrive now. */
function holdLine(deliveries) {
  return deliveries?.detail && deliveries.waiting > 0 ? h('p', { className: 'bad', id: 'hold' }, deliveries.detail) : null;
}

/** Which channels should deliver and do not. */
function stalledLine(stalled) {
  return stalled ? h('p', { className: 'bad', id: 'stalled' }, stalled.detail) : null;
}

enter();
