import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** One payload as the bot sent it. */
export interface GatewayPayload {
  readonly op: number;
  readonly d: unknown;
}

/** What the next bot that signs in meets: READY, a close, or nothing at all. */
export type SignIn = 'ready' | 'silence' | { readonly close: number };

/** Discord's gateway on loopback: hello, identify, resume, dispatch, close. */
export interface DiscordGatewayFake {
  readonly url: string;
  /** All that was sent to it, heartbeats too. */
  readonly received: readonly GatewayPayload[];
  /** What was wrong with what it got. */
  readonly problems: readonly string[];
  /** Bots that are signed in now. */
  connected(): number;
  identifies(): number;
  resumes(): number;
  /** Sockets that were opened, signed in or not. */
  opened(): number;
  /** For the next sign-ins, in order, instead of READY. */
  script(...signIns: readonly SignIn[]): void;
  dispatch(type: string, data: unknown): void;
  /** Any other opcode: 7 to reconnect, 9 for an invalid session. */
  send(op: number, d?: unknown): void;
  /** Closes every socket with this code; 0 drops the connection. */
  cut(code: number): void;
  close(): Promise<void>;
}

const OPS = { dispatch: 0, heartbeat: 1, identify: 2, resume: 6, hello: 10, heartbeatAck: 11 } as const;

export interface GatewayFakeOptions {
  readonly token: string;
  readonly applicationId: string;
  readonly botId: string;
  readonly port?: number;
}

export async function startDiscordGatewayFake(options: GatewayFakeOptions): Promise<DiscordGatewayFake> {
  const { token, applicationId, botId, port = 0 } = options;
  const received: GatewayPayload[] = [];
  const problems: string[] = [];
  const signIns: SignIn[] = [];
  const ready = new Set<WebSocket>();
  let opened = 0;
  let sequence = 0;
  let sessions = 0;

  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise<void>((done) => server.once('listening', done));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const tell = (socket: WebSocket, payload: object) => socket.send(JSON.stringify(payload));
  const dispatchTo = (socket: WebSocket, t: string, d: unknown) => {
    sequence += 1;
    tell(socket, { op: OPS.dispatch, t, s: sequence, d });
  };

  server.on('connection', (socket) => {
    opened += 1;
    socket.on('error', () => {});
    socket.on('close', () => ready.delete(socket));
    socket.on('message', (bytes) => {
      const payload = JSON.parse(String(bytes)) as GatewayPayload;
      received.push(payload);
      if (payload.op === OPS.heartbeat) tell(socket, { op: OPS.heartbeatAck });
      if (payload.op === OPS.identify) identify(socket, payload.d as Record<string, unknown>);
      if (payload.op === OPS.resume) {
        dispatchTo(socket, 'RESUMED', {});
        ready.add(socket);
      }
    });
    tell(socket, { op: OPS.hello, d: { heartbeat_interval: 41_250 } });
  });

  function identify(socket: WebSocket, d: Record<string, unknown>): void {
    if (d.intents !== 0) problems.push(`identified with the intents ${String(d.intents)}`);
    const signIn = signIns.shift() ?? (d.token === token ? 'ready' : { close: 4004 });
    if (signIn === 'silence') return;
    if (signIn !== 'ready') {
      socket.close(signIn.close);
      return;
    }
    sessions += 1;
    dispatchTo(socket, 'READY', {
      v: 10,
      user: { id: botId, username: 'bellhop', discriminator: '0000', bot: true },
      guilds: [],
      session_id: `session-${sessions}`,
      resume_gateway_url: url,
      shard: [0, 1],
      application: { id: applicationId, flags: 0 },
    });
    ready.add(socket);
  }

  return {
    url,
    received,
    problems,
    connected: () => ready.size,
    identifies: () => received.filter(({ op }) => op === OPS.identify).length,
    resumes: () => received.filter(({ op }) => op === OPS.resume).length,
    opened: () => opened,
    script: (...next) => void signIns.push(...next),
    dispatch(type, data) {
      if (ready.size === 0) throw new Error('no bot is signed in to the fake gateway');
      for (const socket of ready) dispatchTo(socket, type, data);
    },
    send(op, d) {
      for (const socket of ready) tell(socket, { op, d });
    },
    cut(code) {
      for (const socket of server.clients) {
        if (code === 0) socket.terminate();
        else socket.close(code);
      }
    },
    close: () =>
      new Promise((done) => {
        for (const socket of server.clients) socket.terminate();
        server.close(() => done());
      }),
  };
}
