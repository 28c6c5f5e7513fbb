// The thread of an order.
import { orderMessages } from './api.js';
import { byId, showRows } from './dom.js';
import { bubble } from './message.js';

/** Close enough to the end to be read along, in pixels. */
const NEAR = 80;

/** The view of an order's thread for the person who has signed in. */
export function orderView({ id, person, changed, fail }) {
  const log = byId('order-log');
  const list = byId('order-rows');
  const text = byId('text');
  const internal = byId('internal');
  const file = byId('file');
  const fileRemove = byId('file-remove');
  const send = byId('send');
  const admin = person.role === 'admin';
  let messages = [];
  let thread = null;
  let cursor = 0;
  let loads = 0;
  let shown = false;
  let atEnd = true;
  /** Messages that were unread when they were first looked at: they keep their mark for a while. */
  const fresh = new Set();

  const isOwn = (message) => message.senderId === person.id;
  const isUnread = (message) =>
    !isOwn(message) &&
    !message.readBy.some((read) => (admin ? read.userId === person.id : read.role === person.role));
  const isNear = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  const isLooking = () => shown && document.visibilityState === 'visible';
  const toEnd = () => {
    log.scrollTop = log.scrollHeight;
    byId('jump').hidden = true;
  };

  function draw() {
    const follow = isNear();
    const before = list.childElementCount;
    const rows = messages.map((message) => ({ message, own: isOwn(message), fresh: fresh.has(message.id) }));
    showRows(list, rows, (row) => row.message.id, bubble);
    byId('order-empty').hidden = messages.length > 0;
    if (follow) toEnd();
    else if (list.childElementCount > before) byId('jump').hidden = false;
    drawThread();
  }

  function drawThread() {
    const closed = thread?.status === 'closed';
    const status = byId('order-status');
    const words = closed ? 'Closed' : 'Open';
    if (status.textContent !== words) status.textContent = words;
    status.classList.toggle('closed', closed);
    byId('close-thread').hidden = !admin || closed || thread === null;
    const mayWrite = !closed || person.role === 'customer';
    text.disabled = send.disabled = internal.disabled = file.disabled = fileRemove.disabled = !mayWrite;
    text.placeholder = closed
      ? mayWrite ? 'This thread is closed. Your message opens it again.' : 'This thread is closed.'
      : internal.checked ? 'Write a note that only administrators see' : 'Write a message';
  }

  async function load() {
    const round = ++loads;
    const loaded = await orderMessages.getMessages(id);
    if (round !== loads) return; // A later answer is there already.
    ({ thread, messages } = loaded);
    for (const message of messages) if (isUnread(message)) fresh.add(message.id);
    draw();
    changed();
    if (isLooking()) await markRead();
  }

  async function markRead() {
    const unread = messages.filter(isUnread);
    const read = await Promise.all(unread.map((message) => orderMessages.markMessageRead(id, message.id)));
    const byKey = new Map(read.map((message) => [message.id, message]));
    messages = messages.map((message) => byKey.get(message.id) ?? message);
    if (read.length > 0) {
      draw();
      changed();
    }
  }

  /** Loads the thread when something in it has changed. */
  async function poll() {
    const delta = await orderMessages.changesSince(id, cursor);
    const news = delta.messages.length > 0 || delta.cursor !== cursor;
    cursor = delta.cursor;
    if (news) await load();
    if (delta.more) await poll();
  }

  /** Names the file that goes with the next message. */
  function drawFile() {
    const chosen = file.files[0];
    byId('file-name').textContent = chosen?.name ?? 'Attach a file';
    fileRemove.hidden = chosen === undefined;
  }

  function clear() {
    text.value = file.value = '';
    drawFile();
  }

  async function post() {
    const content = text.value.trim();
    const chosen = file.files[0];
    if ((content === '' && chosen === undefined) || send.disabled) return;
    send.disabled = true;
    try {
      const message = { content, channel: 'in_app' };
      if (chosen !== undefined) message.attachments = [await orderMessages.sendFile(id, chosen)];
      if (admin && internal.checked) message.isInternal = true;
      await orderMessages.createMessage(id, message);
      clear();
      fresh.clear();
      toEnd();
      await poll();
      toEnd();
    } catch (error) {
      fail(error);
    } finally {
      send.disabled = false;
      drawThread();
    }
    text.focus();
  }

  byId('order-title').textContent = `Order ${id}`;
  byId('internal-choice').hidden = !admin;
  internal.checked = false;
  clear();
  byId('composer').onsubmit = (event) => {
    event.preventDefault();
    void post();
  };
  byId('composer').classList.remove('note');
  internal.onchange = () => {
    byId('composer').classList.toggle('note', internal.checked);
    drawThread();
  };
  file.onchange = drawFile;
  fileRemove.onclick = () => {
    file.value = '';
    drawFile();
    file.focus();
  };
  text.onkeydown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void post();
  };
  byId('close-thread').onclick = () => orderMessages.closeThread(id).then(poll).catch(fail);
  byId('jump').onclick = () => {
    toEnd();
    log.focus();
  };
  log.onscroll = () => {
    atEnd = isNear();
    if (atEnd) byId('jump').hidden = true;
  };
  // A keyboard that opens on a telephone must not cover what is being answered.
  window.onresize = () => {
    if (atEnd) toEnd();
  };

  return {
    name: `Order ${id}`,
    panel: byId('order-panel'),
    count: () => messages.length,
    unread: () => messages.filter(isUnread).length,
    poll,
    async show() {
      shown = true;
      toEnd();
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
