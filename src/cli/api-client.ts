import type { ServerConfig } from '../core/config.ts';
import { CommandError } from '../core/errors.ts';
import { openSecrets } from '../store/secrets.ts';
import type { Settings } from './settings.ts';

/** What every command that asks a running server takes. */
export interface ServerOptions {
  readonly url?: string;
  readonly json?: boolean;
}

/** A running server's API. Every failure is a `CommandError` with what to do. */
export interface ApiClient {
  get<Answer>(path: string, query?: Readonly<Record<string, string | undefined>>): Promise<Answer>;
  post<Answer>(path: string, body?: unknown): Promise<Answer>;
  delete<Answer>(path: string): Promise<Answer>;
}

/** `url` is the server's address; the admin token comes from `BELLHOP_ADMIN_TOKEN` or the data folder. */
export async function openApi(settings: Settings, url = defaultUrl(settings)): Promise<ApiClient> {
  checkAddress(url);
  const token = settings.adminToken ?? (await (await openSecrets(settings.data)).adminToken()).token;

  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await reach(`${url.replace(/\/+$/, '')}${path}`, {
      method,
      headers: { authorization: `Bearer ${token.reveal()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json().catch(() => ({}))) as {
      readonly error?: { readonly code?: string; readonly message?: string };
    };
    if (response.ok) return answer as Answer;
    const usage = answer.error?.code === 'bad_request';
    throw new CommandError(answer.error?.message ?? `${url} answered ${response.status}.`, usage ? 2 : 1);
  }

  return {
    get: (path, query = {}) => {
      const given = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as [string, string]],
      );
      return call('GET', given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`);
    },
    post: (path, body) => call('POST', path, body),
    delete: (path) => call('DELETE', path),
  };
}

/** This machine’s server; by HTTPS where the config, when it is at hand, has a certificate. */
export const defaultUrl = ({ port }: Settings, { tls }: Pick<ServerConfig, 'tls'> = {}): string =>
  `${tls === undefined ? 'http' : 'https'}://localhost:${port}`;

/** Like `fetch`, with a sentence where nobody answers. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  checkAddress(url);
  return fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(15_000) }).catch((error: Error) => {
    const { code = '' } = (error.cause ?? {}) as NodeJS.ErrnoException;
    throw new CommandError(unreached(new URL(url), code));
  });
}

function unreached({ origin, protocol }: URL, code: string): string {
  if (/CERT|SIGNATURE/.test(code))
    return `The certificate at ${origin} is not believed (${code}); name the host it was made for, and with NODE_EXTRA_CA_CERTS=ca.pem the authority that made it.`;
  if (protocol === 'http:' && (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET'))
    return `Whatever listens at ${origin} hangs up; with server.tls in the config its address begins with https://.`;
  return `Nothing answers at ${origin}; start Bellhop with "npm start", or name its address.`;
}

function checkAddress(url: string): void {
  if (!URL.canParse(url))
    throw new CommandError(`"${url}" is no address; one like http://localhost:3000 was expected.`, 2);
}
