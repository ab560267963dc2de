import type { Handshake } from '../../core/handshake.ts';
import { plain } from './reply.ts';

/** Trello, Mailchimp and Mandrill look whether somebody is there. A query may be a hook that comes by GET. */
export const probe: Handshake = {
  name: 'probe',
  means: 'Trello, Mailchimp and others call the address by `HEAD` or a bare `GET`, and are answered 200.',
  signed: false,
  methods: ['GET', 'HEAD'],
  answer({ method, query, body }) {
    const bare = method === 'GET' && body.length === 0 && Object.keys(query).length === 0;
    return bare || method === 'HEAD' ? plain('') : undefined;
  },
};
