import type { Handshake } from '../../core/handshake.ts';
import { plain } from './reply.ts';

/** Posted when a webhook is saved, without a signature; it cannot be saved unless the answer is 200. */
export const woocommerce: Handshake = {
  name: 'woocommerce',
  means: 'WooCommerce posts an unsigned form, `webhook_id=7`, when a webhook is saved, and is answered 200.',
  signed: false,
  methods: [],
  answer({ headers, body }) {
    if (body.length > 40 || Object.keys(headers).some((name) => name.startsWith('x-wc-'))) return undefined;
    return /^webhook_id=\d{1,20}$/.test(body.toString('latin1').trim()) ? plain('') : undefined;
  },
};
