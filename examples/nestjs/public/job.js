// The timeline of a job, for its customer.
import { portal } from './api.js';
import { byId, element, icon, showRows, timeOf } from './dom.js';
import { channelMark, footOf, newMark } from './message.js';

const TYPES = { STATUS_UPDATE: 'Status', ETA_UPDATE: 'Schedule', GENERIC: 'Message' };
const SOURCES = { SYSTEM: 'Automatic', HUMAN: 'From our team', AI_SUGGESTED: 'AI-assisted' };
const CHANNELS = { PORTAL: ['in_app', 'Portal'], EMAIL: ['email'], SMS: ['sms'] };

function entry({ message, fresh }) {
  const row = element('li', `entry type-${message.type.toLowerCase()}`);
  if (fresh) row.classList.add('fresh');
  const source = element('span', `source source-${message.source.toLowerCase()}`, SOURCES[message.source] ?? message.source);
  if (message.source === 'AI_SUGGESTED') source.prepend(icon('spark'));
  const head = element('div', 'head', element('span', 'badge type', TYPES[message.type] ?? message.type), source);
  head.append(newMark(fresh));
  const channel = CHANNELS[message.channel] ?? [message.channel.toLowerCase()];
  const foot = footOf(channelMark(...channel), timeOf(message.createdAt));
  row.append(head, element('h2', 'title', message.title ?? ''), element('p', 'text', message.body), foot);
  return row;
}

/** The view of a job's timeline. */
export function jobView({ id, changed }) {
  const log = byId('job-log');
  let messages = [];
  let shown = false;
  const fresh = new Set();
  const unread = () => messages.filter((message) => message.readAt === null);
  const isLooking = () => shown && document.visibilityState === 'visible';

  function draw() {
    const rows = messages.map((message) => ({ message, fresh: fresh.has(message.id) }));
    showRows(byId('job-rows'), rows, (row) => row.message.id, entry);
    byId('job-empty').hidden = messages.length > 0;
  }

  async function poll() {
    messages = await portal.fetchJobMessages(id);
    for (const message of unread()) fresh.add(message.id);
    draw();
    changed();
    if (isLooking()) await markRead();
  }

  async function markRead() {
    if (unread().length === 0) return;
    await portal.markMessagesRead(id);
    messages = await portal.fetchJobMessages(id);
    draw();
    changed();
  }

  byId('job-title').textContent = `Job ${id}`;
  return {
    name: `Job ${id}`,
    panel: byId('job-panel'),
    count: () => messages.length,
    unread: () => unread().length,
    poll,
    async show() {
      shown = true;
      log.scrollTop = log.scrollHeight;
      await this.look();
    },
    async look() {
      if (isLooking()) await markRead();
    },
    hide() {
      shown = false;
      fresh.clear();
      draw();
    },
  };
}
