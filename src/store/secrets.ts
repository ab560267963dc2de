import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isRecord } from '../core/record.ts';
import { type Secret, toSecret } from '../core/secret.ts';
import { openJsonFile } from './json-file.ts';

const SECRET_BYTES = 32;

/** The secrets that Bellhop makes by itself, kept in `secrets.json` in the data folder. */
export interface Secrets {
  /** The secret of a source with `"secret": "auto"`: made at its first use, the same from then on. Hex, which every scheme takes. */
  source(name: string): Promise<Secret>;
  /** `isNew` for the one call that made it: the only time it is printed. */
  adminToken(): Promise<{ readonly token: Secret; readonly isNew: boolean }>;
}

interface Kept {
  readonly adminToken?: string;
  readonly sources: Readonly<Record<string, string>>;
}

/** Rejects with a sentence when `secrets.json` is broken: a new secret in its place would lock the senders out. */
export async function openSecrets(folder: string, random: (bytes: number) => Buffer = randomBytes): Promise<Secrets> {
  const file = await openJsonFile<Kept>({
    file: join(folder, 'secrets.json'),
    check: checkKept,
    initial: { sources: {} },
  });
  const newSecret = () => random(SECRET_BYTES).toString('hex');

  return {
    async source(name) {
      if (ownSecret(file.read(), name) === undefined) {
        await file.update((kept) =>
          ownSecret(kept, name) === undefined ? { ...kept, sources: { ...kept.sources, [name]: newSecret() } } : kept,
        );
      }
      return toSecret(ownSecret(file.read(), name) ?? '');
    },

    async adminToken() {
      let isNew = false;
      await file.update((kept) => {
        if (kept.adminToken !== undefined) return kept;
        isNew = true;
        return { ...kept, adminToken: newSecret() };
      });
      return { token: toSecret(file.read().adminToken ?? ''), isNew };
    },
  };
}

const ownSecret = ({ sources }: Kept, name: string): string | undefined =>
  Object.hasOwn(sources, name) ? sources[name] : undefined;

function checkKept(raw: unknown): Kept {
  if (!isRecord(raw)) throw new Error('it must hold an object');
  const { adminToken, sources = {} } = raw;
  if (adminToken !== undefined && !isSecretText(adminToken)) throw new Error('`adminToken` must be a text');
  if (!isRecord(sources)) throw new Error('`sources` must be an object');
  for (const [name, secret] of Object.entries(sources)) {
    if (!isSecretText(secret)) throw new Error(`the secret of source "${name}" must be a text`);
  }
  return { ...(adminToken !== undefined && { adminToken }), sources: sources as Record<string, string> };
}

const isSecretText = (value: unknown): value is string => typeof value === 'string' && value !== '';
