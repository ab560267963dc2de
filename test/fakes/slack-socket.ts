import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** What came back for an envelope. */
export interface SlackAck {
  readonly envelopeId: string;
  readonly payload: unknown;
}

/** The other end of Socket Mode on loopback: says hello, pings, and sends what it is told to. */
export interface SlackSocketFake {
  /** For `startSlackFake`'s `socketUrl`. */
  readonly url: string;
  /** How many connections there were; the open ones of them. */
  connections(): { readonly made: number; readonly open: number };
  readonly acks: readonly SlackAck[];
  /** Pings that came from the client. */
  pings(): number;
  /** Sends an envelope to the newest connection; returns its id. */
  push(type: string, payload: unknown, over?: Readonly<Record<string, unknown>>): string;
  /** Sends these very bytes. */
  pushRaw(frame: string): void;
  /** Pings the newest connection; resolves with its pong. */
  ping(): Promise<void>;
  /** Announces the end of the connection, as Slack does every few hours. */
  disconnect(): void;
  /** Cuts the connection without a word. */
  terminate(): void;
  /** `false`: takes connections and says nothing. */
  greets: boolean;
  close(): Promise<void>;
}

export async function startSlackSocketFake(): Promise<SlackSocketFake> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((done) => server.once('listening', done));
  const acks: SlackAck[] = [];
  let made = 0;
  let pings = 0;
  let envelopes = 0;
  let newest: WebSocket | undefined;

  const send = (text: string): void => {
    if (newest === undefined) throw new Error('nobody is connected to the fake');
    newest.send(text);
  };

  const fake: SlackSocketFake = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link/?ticket=fake-ticket`,
    connections: () => ({ made, open: server.clients.size }),
    acks,
    pings: () => pings,
    push(type, payload, over = {}) {
      envelopes += 1;
      const id = `envelope-${envelopes}`;
      send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: true, ...over }));
      return id;
    },
    pushRaw: send,
    ping: () =>
      new Promise((done) => {
        newest?.once('pong', () => done());
        newest?.ping('Ping from Slack');
      }),
    disconnect: () => send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })),
    terminate: () => newest?.terminate(),
    greets: true,
    close: () =>
      new Promise((done) => {
        for (const client of server.clients) client.terminate();
        server.close(() => done());
      }),
  };

  server.on('connection', (socket) => {
    made += 1;
    newest = socket;
    socket.on('ping', () => {
      pings += 1;
    });
    socket.on('error', () => {});
    socket.on('message', (data) => {
      const { envelope_id: envelopeId, payload } = JSON.parse(String(data)) as Record<string, unknown>;
      acks.push({ envelopeId: String(envelopeId), payload });
    });
    if (fake.greets) socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
  });
  return fake;
}
