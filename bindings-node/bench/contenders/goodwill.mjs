import { Goodwill } from '../../dist/esm/index.js';

const keys = [{ id: 'bench', secret: new Uint8Array(32).fill(7) }];

export async function open(path) {
  const goodwill = await Goodwill.open({ path, keys });
  const admin = goodwill.desk({ role: 'admin', party: 'root' });
  const client = (who) => (who.role === 'admin' ? goodwill.desk(who) : goodwill.portal(who));
  return {
    async addOrder({ id, customer, suppliers }) {
      await admin.putSubject({ kind: 'order', key: id, customer, suppliers });
    },
    post: (who, order, text) => client(who).post({ order }, { text }),
    note: (who, order, text) => goodwill.desk(who).post({ order }, { text, internal: true }),
    async list(who, order) {
      const query = { limit: 500, order: 'newest_first' };
      return (await client(who).messages({ order }, query)).messages;
    },
    close: async () => goodwill.close(),
  };
}
