import type { Value } from '../declared/value.ts';

/** HubSpot's names and numbers of what it keeps. https://developers.hubspot.com/docs/guides/crm/understanding-the-crm#object-type-ids */
const KINDS = {
  contact: { title: 'Contact', number: '0-1' },
  company: { title: 'Company', number: '0-2' },
  deal: { title: 'Deal', number: '0-3' },
  ticket: { title: 'Ticket', number: '0-5' },
  line_item: { title: 'Line item', number: '0-8' },
  product: { title: 'Product', number: '0-7' },
} as const;
type Kind = keyof typeof KINDS;
const kinds = Object.keys(KINDS) as readonly Kind[];

const ACTIONS = ['creation', 'deletion', 'merge', 'restore', 'propertyChange', 'associationChange'] as const;

/** Older subscriptions say `deal.creation`, newer ones `object.creation` with the number of the kind. */
export const byKind = (value: (kind: Kind) => string, otherwise: string): Value => ({
  from: ['{{item.objectTypeId}}', '{{item.subscriptionType}}'],
  map: Object.fromEntries(
    kinds.flatMap((kind) => [
      [KINDS[kind].number, value(kind)],
      ...ACTIONS.map((action) => [`${kind}.${action}`, value(kind)] as const),
    ]),
  ),
  otherwise,
});

/** For an action on a record of any kind, in the way of older and of newer subscriptions. */
export const byAction = (action: (typeof ACTIONS)[number], event: Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(['object', ...kinds].map((kind) => [`${kind}.${action}`, event]));

/** `Deal created`. */
export const said = (words: string): Value => byKind((kind) => `${KINDS[kind].title} ${words}`, `Record ${words}`);
