import type { Verdict } from '../../core/source.ts';

/** A verdict, and whether there was a proof at all: of several alternatives, the one the sender chose is talked about. */
export type Finding = Verdict & { readonly absent?: true };

export const OK: Verdict = { ok: true };

export const bad = (reason: string): Verdict => ({ ok: false, code: 'bad_signature', reason });

export const absent = (what: string): Finding => ({ ...bad(`${what} is missing.`), absent: true });

export const busy = (reason: string): Verdict => ({ ok: false, code: 'busy', reason });
