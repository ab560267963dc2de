import type { Config } from '../core/config.ts';
import type { Problem } from '../core/problem.ts';
import { usesSecret } from './auth-schema.ts';

/** What is allowed, and probably not meant: the config is used all the same. `signsAddress`: types whose senders do. */
export function warningsOf(config: Config, signsAddress: readonly string[] = []): readonly Problem[] {
  const warnings: Problem[] = [];
  const warn = (path: readonly (string | number)[], message: string) => warnings.push({ path, message });

  for (const { name, type, verify, allowFrom, secrets, autoSecret, auth, handshake } of Object.values(config.sources)) {
    const path = ['sources', name];
    // A handshake may be answered with it, whatever proves the hooks.
    const hasSecret = (secrets.length > 0 || autoSecret) && handshake === undefined;
    if (verify === 'none') {
      const who = allowFrom.length === 0 ? 'anybody who knows the address' : 'every address in `allowFrom`';
      warn([...path, 'verify'], `switches verification off: hooks from ${who} are believed`);
    } else if (hasSecret && auth !== undefined && 'clientCertificate' in auth)
      warn([...path, 'secret'], 'is not used: by `auth.clientCertificate` the sender proves itself without one');
    else if (hasSecret && auth !== undefined && 'entra' in auth)
      warn([...path, 'secret'], 'is not used: by `auth.entra` the sender proves itself without one');
    else if (hasSecret && auth !== undefined && !usesSecret(auth))
      warn([...path, 'secret'], `is not used: \`auth.${Object.keys(auth)[0]}\` holds a secret of its own`);
    else if (hasSecret && auth === undefined && type === 'aws-sns')
      warn([...path, 'secret'], 'is not used: Amazon SNS proves itself by its certificate');
    const signed = auth !== undefined && 'hmac' in auth ? auth.hmac.signed : undefined;
    const lost = 'and server.publicUrl does not say which that is: every hook will be refused';
    const isUnknown = config.server.publicUrl === undefined;
    if (isUnknown && signed?.includes('{url}'))
      warn([...path, 'auth', 'hmac', 'signed'], `holds {url}, the public address, ${lost}`);
    if (isUnknown && auth === undefined && verify === undefined && signsAddress.includes(type))
      warn([...path, 'type'], `has senders that sign the address they post to, ${lost}`);
    if (secrets.some((secret) => secret.reveal() !== secret.reveal().trim()))
      warn([...path, 'secret'], 'starts or ends with white space, which is part of it; was that copied by mistake?');
  }
  for (const [at, { who, may }] of config.chatops.permissions.entries()) {
    const path = ['chatops', 'permissions', at, 'may'];
    if (who.includes('*') && may.includes('admin'))
      warn(path, 'lets everybody in every chat do everything, mutes without an end included');
  }
  if (Object.keys(config.sources).length === 0) warn(['sources'], 'is empty: no hook is accepted');
  if (config.routes.length === 0) warn(['routes'], 'is empty: events are kept, and delivered nowhere');
  return warnings;
}
