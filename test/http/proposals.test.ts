import { expect, it } from 'vitest';
import { startTestApp } from './app.ts';

const source = { type: 'generic', verify: 'none' };
const CONFIG = {
  sources: { shop: source, mapped: { ...source, map: { title: 'Order {{payload.no}}' } } },
  channels: { screen: { platform: 'console', pace: false } },
  routes: [{ name: 'all', to: 'screen' }],
};

it('GET /api/events/:id/template makes a template of an event, with how it looks and what the source could say', async () => {
  const bellhop = await startTestApp(CONFIG);
  try {
    const idOf = async (name: string, body: object): Promise<string> => {
      await bellhop.send(`/hooks/${name}`, { body });
      return (await bellhop.api(`/api/events?source=${name}&limit=1`)).body.events[0].id;
    };
    const shop = await idOf('shop', { event: 'order.paid', message: 'Order 7 is paid', total: '12.50 EUR' });
    expect((await bellhop.api(`/api/events/${shop}`)).body.template).toBe('generic/default.mustache');
    const { body } = await bellhop.api(`/api/events/${shop}/template`);
    expect(body).toMatchObject({
      file: 'generic/order.paid.mustache',
      template: expect.stringContaining('title: "{{payload.message}}"'),
      preview: '🔵 Order 7 is paid\n  Total: 12.50 EUR\n  shop · order.paid',
      map: { event: '{{payload.event}}', title: '{{payload.message}}' },
      declaration: { file: 'sources/shop.json' },
    });
    expect(JSON.parse(body.declaration.text)).toMatchObject({ event: '{{payload.event}}' });

    const mapped = await bellhop.api(`/api/events/${await idOf('mapped', { no: 7 })}/template`);
    expect(mapped.body.map).toBeUndefined();
    expect(mapped.body.notes[0]).toBe(
      'The map of "mapped" names no event: let its "event" say "mapped", or this template finds none.',
    );
    const none = await bellhop.api('/api/events/evt_none/template');
    expect([none.status, none.body.error.message]).toEqual([404, 'There is no event evt_none.']);
    expect((await bellhop.send(`/api/events/${shop}/template`)).status).toBe(401);
  } finally {
    await bellhop.stop();
  }
});
