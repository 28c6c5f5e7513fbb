// Signing in, the tabs, and the clockwork.
import { session } from './api.js';
import { byId, element, refreshTimes, spoken } from './dom.js';
import { jobView } from './job.js';
import { roleBadge } from './message.js';
import { orderView } from './order.js';
import { searchView } from './search.js';

const POLL = 5_000;
const TIMES = 30_000;
const NOTICE = 8_000;

let views = [];
let current = null;
let polling = 0;
let noticeEnd = 0;

/** Says what went wrong; a session that is over leads to signing in again. */
function fail(error) {
  if (error.status === 401) return void start().catch(fail);
  tell(error.status === undefined ? 'The server cannot be reached. Trying again.' : error.message);
}

function tell(words) {
  const notice = byId('notice');
  notice.textContent = words;
  notice.hidden = false;
  clearTimeout(noticeEnd);
  noticeEnd = setTimeout(() => (notice.hidden = true), NOTICE);
}

function drawTabs() {
  const tabs = byId('tabs');
  views.forEach((view, place) => {
    const tab = tabs.children[place];
    const [count, unread] = [view.count(), view.unread()];
    const badge = count === null ? [] : [element('span', unread ? 'count unread' : 'count', String(count))];
    if (count !== null) badge.push(spoken(unread ? ` messages, ${unread} unread` : ' messages'));
    const state = `${count} ${unread}`;
    if (tab.dataset.state !== state) {
      tab.replaceChildren(view.name, ' ', ...badge);
      tab.dataset.state = state;
    }
  });
  const unread = views.reduce((sum, view) => sum + view.unread(), 0);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${current?.name ?? 'Messages'}`;
}

async function select(view, focus = false) {
  if (current !== view) current?.hide();
  current = view;
  views.forEach((each, place) => {
    const tab = byId('tabs').children[place];
    const selected = each === view;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    each.panel.hidden = !selected;
    if (selected && focus) tab.focus();
  });
  drawTabs();
  await view.show().catch(fail);
}

function makeTabs() {
  const tabs = views.map((view) => {
    const tab = element('button', 'tab');
    tab.type = 'button';
    tab.id = `${view.panel.id}-tab`;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', view.panel.id);
    view.panel.setAttribute('aria-labelledby', tab.id);
    tab.onclick = () => select(view);
    return tab;
  });
  byId('tabs').replaceChildren(...tabs);
}

byId('tabs').addEventListener('keydown', (event) => {
  const place = views.indexOf(current);
  const places = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: views.length - 1 };
  const to = places[event.key];
  if (to === undefined) return;
  event.preventDefault();
  void select(views[(to + views.length) % views.length], true);
});

async function poll() {
  for (const view of views) await view.poll();
}

/** Asks for news, one round after the other. */
function keepPolling(round) {
  setTimeout(async () => {
    if (round !== polling) return;
    await poll().catch(fail);
    if (round === polling) keepPolling(round);
  }, POLL);
}

async function enter(person, { order, job }) {
  byId('who').replaceChildren(person.name, ' ', roleBadge(person.role));
  byId('account').hidden = false;
  byId('sign-in').hidden = true;
  byId('desk').hidden = false;
  current = null;
  views = [];
  for (const id of ['order-panel', 'job-panel', 'search-panel']) byId(id).hidden = true;
  byId('order-rows').replaceChildren();
  byId('job-rows').replaceChildren();
  const options = { person, fail, changed: () => drawTabs() };
  views.push(orderView({ ...options, id: order }));
  if (person.role === 'customer') views.push(jobView({ ...options, id: job }));
  if (person.role === 'admin') views.push(searchView(options));
  makeTabs();
  try {
    await poll();
  } catch (error) {
    if (error.status !== 404) fail(error);
    else {
      tell(`${person.name} has nothing to do with order ${order}.`);
      return leave();
    }
  }
  await select(views[0]);
  keepPolling(++polling);
}

async function leave() {
  await session.end();
  await start();
  byId('people').querySelector('button').focus();
}

async function start() {
  polling++;
  views = [];
  current = null;
  document.title = 'Messages';
  const known = await session.show();
  if (known.person !== null) return enter(known.person, known);
  byId('account').hidden = true;
  byId('desk').hidden = true;
  byId('sign-in').hidden = false;
  const people = known.people.map((person) => {
    const button = element('button', 'person', element('span', 'name', person.name), roleBadge(person.role));
    button.type = 'button';
    button.onclick = () => session.begin(person.id).then(start).catch(fail);
    return element('li', '', button);
  });
  byId('people').replaceChildren(...people);
}

byId('sign-out').onclick = () => leave().catch(fail);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') current?.look().catch(fail);
});
setInterval(refreshTimes, TIMES);
start().catch(fail);
