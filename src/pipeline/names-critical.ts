import type { KeptEvent } from '../core/event.ts';
import type { MuteScope, ScopeTest } from '../core/overlay.ts';
import type { Store } from '../core/store.ts';
import type { Runtime } from './runtime.ts';
import { newestOf } from './stories.ts';

/** Whether somebody who asks for this scope means critical ones too: they say so, or the one thing it is about is critical now. */
export async function namesCritical(
  scope: MuteScope,
  context: {
    readonly store: Pick<Store, 'events'>;
    readonly runtime: Runtime;
    readonly scopeTest: (scope: MuteScope) => ScopeTest;
  },
): Promise<boolean> {
  if (saysCritical(scope, context.scopeTest)) return true;
  const newest = await newestOf(scope, context);
  return newest?.severity === 'critical' && newest.closes !== true;
}

/** Whether a condition of the scope names `critical`. */
export function saysCritical(scope: MuteScope, scopeTest: (scope: MuteScope) => ScopeTest): boolean {
  const severity = (scope.where?.severity ?? []).filter((value) => !value.startsWith('!'));
  return severity.length > 0 && scopeTest({ where: { severity } })(CRITICAL, NOWHERE);
}

/** All that is asked of it is how severe it is. */
const CRITICAL = { severity: 'critical', labels: {} } as KeptEvent;
const NOWHERE = { channel: '', route: '' };
