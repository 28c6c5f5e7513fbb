// Searching the messages of all orders, for administrators.
import { orderMessages } from './api.js';
import { byId, element, timeOf } from './dom.js';
import { channelMark, contentOf, footOf, noteMark, roleBadge } from './message.js';

const LIMIT = 20;

function hit(message) {
  const head = element('div', 'head', element('strong', '', message.orderId), roleBadge(message.senderRole));
  const foot = footOf(channelMark(message.channel), timeOf(message.createdAt));
  const row = element('li', message.isInternal ? 'hit note' : 'hit', head);
  if (message.isInternal) row.append(noteMark());
  row.append(contentOf(message), foot);
  return row;
}

/** The view of the search. */
export function searchView({ fail }) {
  const form = byId('search');
  let page = 1;

  async function find() {
    const query = { page, limit: LIMIT };
    for (const [name, value] of new FormData(form)) if (value !== '') query[name] = value;
    const found = await orderMessages.search(query);
    byId('hits').replaceChildren(...found.messages.map(hit));
    const more = found.totalIsExact ? '' : 'more than ';
    byId('found').textContent = found.total === 1 ? '1 message' : `${more}${found.total} messages`;
    byId('previous').disabled = page === 1;
    byId('next').disabled = page * LIMIT >= found.total;
    byId('pages').hidden = found.total <= LIMIT;
  }
  const go = (to) => {
    page = to;
    find().catch(fail);
  };

  form.reset();
  byId('hits').replaceChildren();
  byId('found').textContent = '';
  byId('pages').hidden = true;
  form.onsubmit = (event) => {
    event.preventDefault();
    go(1);
  };
  byId('previous').onclick = () => go(page - 1);
  byId('next').onclick = () => go(page + 1);

  return {
    name: 'Search',
    panel: byId('search-panel'),
    count: () => null,
    unread: () => 0,
    poll: async () => {},
    show: async () => {},
    look: async () => {},
    hide() {},
  };
}
