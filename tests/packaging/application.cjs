// A NestJS application in plain JavaScript: a controller whose routes are one line each.
'use strict';
const assert = require('node:assert/strict');

const keys = [{ id: 'k', secret: '07'.repeat(32) }];

module.exports = async function application(parts) {
  const { Controller, Get, Goodwill, GoodwillExceptionFilter, GoodwillModule } = parts;
  const { Inject, Module, NestFactory, Param, Post, Body } = parts;

  class Messages {
    constructor(goodwill) {
      this.ada = goodwill.portal({ role: 'customer', party: 'ada' });
    }
    list(order) {
      return this.ada.messages({ order });
    }
    post(order, body) {
      return this.ada.post({ order }, body);
    }
  }
  const method = (name) => Object.getOwnPropertyDescriptor(Messages.prototype, name);
  Controller('orders/:order/messages')(Messages);
  Inject(Goodwill)(Messages, undefined, 0);
  Get()(Messages.prototype, 'list', method('list'));
  Param('order')(Messages.prototype, 'list', 0);
  Post()(Messages.prototype, 'post', method('post'));
  Param('order')(Messages.prototype, 'post', 0);
  Body()(Messages.prototype, 'post', 1);

  class Application {}
  const late = GoodwillModule.forRootAsync({ inject: [], useFactory: async () => ({ keys }) });
  Module({ imports: [late], controllers: [Messages] })(Application);

  const app = await NestFactory.create(Application, { logger: ['error'], forceCloseConnections: true });
  app.useGlobalFilters(new GoodwillExceptionFilter());
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  const goodwill = app.get(Goodwill);
  const order = { kind: 'order', key: 'ORD-1', customer: 'ada' };
  await goodwill.desk({ role: 'admin', party: 'root' }).putSubject(order);

  const url = (key) => `http://127.0.0.1:${app.getHttpServer().address().port}/orders/${key}/messages`;
  const json = { 'content-type': 'application/json', connection: 'close' };
  const post = (key, body) =>
    fetch(url(key), { method: 'POST', headers: json, body: JSON.stringify(body) });
  assert.equal((await post('ORD-1', { text: 'When?' })).status, 201);
  const listed = await (await fetch(url('ORD-1'), { headers: json })).json();
  assert.equal(listed.messages[0].text, 'When?');
  const refused = await post('ORD-1', { text: '' });
  assert.equal(refused.status, 400);
  assert.equal((await refused.json()).code, 'input.empty');
  assert.equal((await post('none', { text: 'hi' })).status, 404);
  assert.equal((await post('ORD-1', { text: 'hi', claimedRole: 'admin' })).status, 403);
  await app.close();
  await assert.rejects(goodwill.tick(), (error) => error.code === 'engine.closed');
};
