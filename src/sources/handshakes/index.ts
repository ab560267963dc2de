import type { Handshake, HandshakeName } from '../../core/handshake.ts';
import type { SourceType } from '../../core/source.ts';
import { asana } from './asana.ts';
import { cloudevents } from './cloudevents.ts';
import { dropbox } from './dropbox.ts';
import { eventGrid } from './event-grid.ts';
import { graph } from './graph.ts';
import { meta } from './meta.ts';
import { notion } from './notion.ts';
import { probe } from './probe.ts';
import { slack } from './slack.ts';
import { woocommerce } from './woocommerce.ts';
import { zoom } from './zoom.ts';

/** Every handshake that a config or a declared type may name. A new one is a line here, and its name in `HANDSHAKE_NAMES`. */
export const handshakes: Readonly<Record<HandshakeName, Handshake>> = {
  asana,
  cloudevents,
  dropbox,
  'event-grid': eventGrid,
  graph,
  meta,
  notion,
  probe,
  slack,
  woocommerce,
  zoom,
};

/** The one that a source of the config makes: what the config says, then what its type does. */
export const handshakeOf = (
  type: Pick<SourceType, 'handshake'>,
  { handshake }: { readonly handshake?: HandshakeName },
): Handshake | undefined => (handshake === undefined ? type.handshake : handshakes[handshake]);
