/** The API, next to wherever the console is mounted. */
const ROOT = new URL('../', import.meta.url);
/** Platforms are asked whether they are connected: not on every refresh. */
const READY_EVERY_MS = 10_000;
const KEPT_AS = 'bellhop-admin-token';

/** An answer that is no success, as a sentence; `status` is 0 when nobody answered. */
export class ApiFailure extends Error {
  constructor(message, status) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
  }
}

export const storedToken = () => sessionStorage.getItem(KEPT_AS) ?? undefined;
export const keepToken = (token) => sessionStorage.setItem(KEPT_AS, token);
export const forgetToken = () => sessionStorage.removeItem(KEPT_AS);

/** Takes the token out of `#token=…`, so that it stays neither in the address bar nor in the history. */
export function takeTokenFromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return token.trim() === '' ? undefined : token.trim();
}

/** GET with the filters that are set. Rejects with `ApiFailure`. */
export function get(path, filters = {}) {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(given).toString();
  return ask(`api/${path}${query === '' ? '' : `?${query}`}`, { method: 'GET' });
}

export const post = (path, body = {}) =>
  ask(`api/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

export const remove = (path) => ask(`api/${path}`, { method: 'DELETE' });

let lastReady;

/** Each part's state, asked for at most every ten seconds. A part that is not ready is an answer too: 503 is no failure here. */
export async function readiness() {
  if (lastReady !== undefined && performance.now() - lastReady.at < READY_EVERY_MS) return lastReady.answer;
  const response = await reach('readyz', {});
  const answer = await response.json().catch(() => {
    throw new ApiFailure(`The server answered ${response.status}.`, response.status);
  });
  lastReady = { at: performance.now(), answer };
  return answer;
}

async function ask(path, { headers = {}, ...init }) {
  const token = storedToken() ?? '';
  // A header takes no such characters: fetch would fail as if the server were away.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new ApiFailure('The token has characters that no token has.', 401);
  const response = await reach(path, { ...init, headers: { ...headers, authorization: `Bearer ${token}` } });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const message = answer.error?.message ?? `The server answered ${response.status}.`;
  throw new ApiFailure(message, response.status);
}

async function reach(path, init) {
  try {
    return await fetch(new URL(path, ROOT), { cache: 'no-store', credentials: 'omit', ...init });
  } catch {
    throw new ApiFailure('Bellhop does not answer.', 0);
  }
}
