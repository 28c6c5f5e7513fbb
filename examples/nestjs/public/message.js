// How a message of an order's thread looks, in the thread and among search results.
import { fileOf } from './api.js';
import { element, icon, sizeOf, spoken, timeOf } from './dom.js';

const ROLES = { customer: 'Customer', admin: 'Admin', supplier: 'Supplier', reseller: 'Reseller', system: 'System' };
const CHANNELS = { in_app: 'In-app', email: 'Email', whatsapp: 'WhatsApp', sms: 'SMS' };
const ICONS = new Set(Object.keys(CHANNELS));

/** The badge of a role. */
export const roleBadge = (role) => element('span', `badge role-${role}`, ROLES[role] ?? role);

/** The mark of a channel: how a message came in. */
export function channelMark(channel, name = CHANNELS[channel] ?? channel) {
  return element('span', 'channel', icon(ICONS.has(channel) ? channel : 'in_app'), spoken('via '), name);
}

/** The text of a message with its files. */
export function contentOf(message) {
  const body = element('div', 'body', element('p', 'text', message.content));
  message.attachments.forEach((file, index) => {
    const words = [icon('file'), spoken('File: '), `${file.name}, ${sizeOf(file.size)}`];
    const link = element(file.blobRef === undefined ? 'span' : 'a', 'file', ...words);
    if (file.blobRef !== undefined) link.href = fileOf(message.orderId, message.id, index);
    body.append(link);
  });
  return body;
}

/** The mark of a note. */
export const noteMark = () => element('span', 'note-mark', icon('lock'), 'Internal note, for administrators only');

/** The mark of a message that is new to the reader. */
export function newMark(fresh) {
  const mark = element('span', 'new', 'New');
  mark.hidden = !fresh;
  return mark;
}

/** The last line of a message. It changes all the time, so that a screen reader does not tell of it. */
export function footOf(...children) {
  const foot = element('div', 'foot', ...children);
  foot.setAttribute('aria-live', 'off');
  return foot;
}

/** A message as a bubble: one's own on the right, the others' on the left, events in the middle. */
export function bubble({ message, own, fresh }) {
  const event = message.messageType === 'system_event';
  const side = event ? 'event' : own ? 'own' : 'other';
  const row = element('li', `message ${side}`);
  if (fresh) row.classList.add('fresh');
  if (message.isInternal) row.classList.add('note');
  const head = element('div', 'head');
  if (own) head.append(spoken('You, '));
  head.append(roleBadge(message.senderRole));
  head.append(newMark(fresh));
  const foot = footOf(channelMark(message.channel), timeOf(message.createdAt));
  if (own && !message.isInternal) foot.append(element('span', 'receipt', message.isRead ? '✓✓ Read' : '✓ Sent'));
  const content = element('div', 'bubble', contentOf(message));
  if (message.isInternal) content.prepend(noteMark());
  row.append(head, content, foot);
  return row;
}
