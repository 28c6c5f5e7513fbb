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
  if (body !== undefined) {
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

export const session = {
  show: () => send('GET', '/api/session'),
  begin: (person) => send('POST', '/api/session', { person }),
  end: () => send('DELETE', '/api/session'),
};

export const orderMessages = {
  getMessages: (id) => send('GET', `${order(id)}/messages`),
  createMessage: (id, message) => send('POST', `${order(id)}/messages`, message),
  markMessageRead: (id, message) => send('PATCH', `${order(id)}/messages/${encodeURIComponent(message)}/read`),
  closeThread: (id) => send('PATCH', `${order(id)}/thread/close`),
  changesSince: (id, cursor) => send('GET', `${order(id)}/changes?cursor=${cursor}`),
  search: (query) => send('GET', `/api/admin/messages/search?${new URLSearchParams(query)}`),
};

export const portal = {
  fetchJobMessages: (id) => send('GET', `${job(id)}/messages`),
  markMessagesRead: (id) => send('POST', `${job(id)}/messages/read`),
};
