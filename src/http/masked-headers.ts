import { MASK } from '../core/secret.ts';

const SECRET_NAME = /authorization|cookie|token|secret|signature|password|api-?key|credential|hmac/i;

/** Headers as they may be shown: those that prove something are masked. */
export const maskedHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, SECRET_NAME.test(name) ? MASK : value]));
