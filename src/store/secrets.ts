import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { isRecord } from '../core/record.ts';
import { type Secret, toSecret } from '../core/secret.ts';
import { openJsonFile } from './json-file.ts';

const SECRET_BYTES = 32;

/** The secrets that Bellhop makes by itself, and those that senders bring, kept in `secrets.json` in the data folder. */
export interface Secrets {
  /** The secret of a source with `"secret": "auto"`: made at its first use, the same from then on. Hex, which every scheme takes. */
  source(name: string): Promise<Secret>;
  /** The secret that the sender of this source brought in its handshake; undefined until then. */
  brought(name: string): Secret | undefined;
  /** Keeps a secret that the sender of this source brought, unless one came before. Whether it is the one that is kept now. */
  keepBrought(name: string, secret: Secret): Promise<boolean>;
  /** `isNew` for the one call that made it: the only time it is printed. */
  adminToken(): Promise<{ readonly token: Secret; readonly isNew: boolean }>;
}

interface Kept {
  readonly adminToken?: string;
  readonly sources: Readonly<Record<string, string>>;
  /** By source; apart from those that Bellhop made, so that none of them counts as brought. */
  readonly brought: Readonly<Record<string, string>>;
}

/** Rejects with a sentence when `secrets.json` is broken: a new secret in its place would lock the senders out. */
export async function openSecrets(folder: string, random: (bytes: number) => Buffer = randomBytes): Promise<Secrets> {
  const file = await openJsonFile<Kept>({
    file: join(folder, 'secrets.json'),
    check: checkKept,
    initial: { sources: {}, brought: {} },
  });
  const newSecret = () => random(SECRET_BYTES).toString('hex');

  return {
    async source(name) {
      if (own(file.read().sources, name) === undefined) {
        await file.update((kept) =>
          own(kept.sources, name) === undefined ? { ...kept, sources: { ...kept.sources, [name]: newSecret() } } : kept,
        );
      }
      return toSecret(own(file.read().sources, name) ?? '');
    },

    brought(name) {
      const secret = own(file.read().brought, name);
      return secret === undefined ? undefined : toSecret(secret);
    },

    async keepBrought(name, secret) {
      if (own(file.read().brought, name) === undefined) {
        await file.update((kept) =>
          own(kept.brought, name) === undefined
            ? { ...kept, brought: { ...kept.brought, [name]: secret.reveal() } }
            : kept,
        );
      }
      return isSame(own(file.read().brought, name) ?? '', secret.reveal());
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

const own = (secrets: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(secrets, name) ? secrets[name] : undefined;

/** Anybody may bring one: how long the answer takes must not say how much of it is right. */
const isSame = (kept: string, brought: string): boolean => timingSafeEqual(sha256(kept), sha256(brought));

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

function checkKept(raw: unknown): Kept {
  if (!isRecord(raw)) throw new Error('it must hold an object');
  const { adminToken, sources, brought } = raw;
  if (adminToken !== undefined && !isSecretText(adminToken)) throw new Error('`adminToken` must be a text');
  return {
    ...(adminToken !== undefined && { adminToken }),
    sources: checkSecrets(sources, 'sources'),
    brought: checkSecrets(brought, 'brought'),
  };
}

function checkSecrets(raw: unknown = {}, key: string): Readonly<Record<string, string>> {
  if (!isRecord(raw)) throw new Error(`\`${key}\` must be an object`);
  for (const [name, secret] of Object.entries(raw)) {
    if (!isSecretText(secret)) throw new Error(`the secret of source "${name}" must be a text`);
  }
  return raw as Record<string, string>;
}

const isSecretText = (value: unknown): value is string => typeof value === 'string' && value !== '';
