// The routes of the server, as functions.

/** What a route answers when it does not do what was asked. */
export class RouteError extends Error {
  constructor(status, body) {
    super(body?.message ?? `The server answered ${status}.`);
    this.status = status;
    this.code = body?.code;
  }
}

async function send(method, path, body) {
  const options = { method };
  if (body instanceof Blob) {
    options.headers = { 'content-type': 'application/octet-stream' };
    options.body = body;
  } else if (body !== undefined) {
    options.headers = { 'content-type': 'application/json' };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  if (answer.status === 204) return undefined;
  const json = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new RouteError(answer.status, json);
  return json;
}

const order = (id) => `/api/orders/${encodeURIComponent(id)}`;
const job = (id) => `/api/v1/portal/jobs/${encodeURIComponent(id)}`;

/** Where a file of a message is. */
export const fileOf = (id, message, index) => `${order(id)}/messages/${encodeURIComponent(message)}/files/${index}`;

export const session = {
  show: () => send('GET', '/api/session'),
  begin: (person) => send('POST', '/api/session', { person }),
  end: () => send('DELETE', '/api/session'),
};

export const orderMessages = {
  getMessages: (id) => send('GET', `${order(id)}/messages`),
  createMessage: (id, message) => send('POST', `${order(id)}/messages`, message),
  sendFile: (id, file) => {
    const query = new URLSearchParams({ name: file.name, mime: file.type || 'application/octet-stream' });
    return send('POST', `${order(id)}/files?${query}`, file);
  },
  markMessageRead: (id, message) => send('PATCH', `${order(id)}/messages/${encodeURIComponent(message)}/read`),
  closeThread: (id) => send('PATCH', `${order(id)}/thread/close`),
  changesSince: (id, cursor) => send('GET', `${order(id)}/changes?cursor=${cursor}`),
  search: (query) => send('GET', `/api/admin/messages/search?${new URLSearchParams(query)}`),
};

export const portal = {
  fetchJobMessages: (id) => send('GET', `${job(id)}/messages`),
  markMessagesRead: (id) => send('POST', `${job(id)}/messages/read`),
};
