import { HookError } from '../core/errors.ts';
import type { Hook } from '../core/hook.ts';
import type { SourceType } from '../core/source.ts';
import type { ActiveSource } from './runtime.ts';

/** By which hooks of this type come. */
export const methodsOf = ({ takesGet }: Pick<SourceType, 'takesGet'>): readonly string[] =>
  takesGet === true ? ['POST', 'PUT', 'PATCH', 'GET'] : ['POST', 'PUT', 'PATCH'];

/** Throws `HookError` for a method by which no hook of this source comes. */
export function checkMethod({ name, type, handshake }: ActiveSource, { method }: Pick<Hook, 'method'>): void {
  const taken = methodsOf(type);
  if (taken.includes(method)) return;
  const isShaken = handshake?.methods.includes(method) === true;
  const found = isShaken ? `${method}, and no handshake of ${handshake.name}` : method;
  throw new HookError('method_not_allowed', `"${name}" takes ${taken.join(', ')}; this was ${found}.`);
}
