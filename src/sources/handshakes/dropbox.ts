import type { Handshake } from '../../core/handshake.ts';
import { echo } from './reply.ts';

/** https://www.dropbox.com/developers/reference/webhooks */
export const dropbox: Handshake = {
  name: 'dropbox',
  means: 'Dropbox calls the address with `?challenge=…` and gets it back.',
  signed: false,
  methods: ['GET'],
  answer({ method, query: { challenge } }) {
    return method === 'GET' && challenge !== undefined ? echo(challenge, 'The challenge in the query') : undefined;
  },
};
