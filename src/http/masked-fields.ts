import { MASK } from '../core/secret.ts';

const SECRET_NAME = /authorization|cookie|token|secret|signature|password|api-?key|credential|hmac/i;

/** Headers or query fields as they may be shown: those whose name says that they prove something are masked. */
export function maskedFields(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, SECRET_NAME.test(name) ? MASK : value]),
  );
}
