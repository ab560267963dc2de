import type { Handshake } from '../../core/handshake.ts';
import { echo } from './reply.ts';

/** https://learn.microsoft.com/graph/change-notifications-delivery-webhooks#notificationurl-validation */
export const graph: Handshake = {
  name: 'graph',
  means: 'Microsoft Graph posts to the address with `?validationToken=…` and gets it back.',
  signed: false,
  methods: [],
  answer({ query: { validationToken } }) {
    return validationToken === undefined ? undefined : echo(validationToken, 'The validationToken in the query');
  },
};
