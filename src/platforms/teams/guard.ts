import { valueAt } from '../../core/path.ts';
import { isRecord } from '../../core/record.ts';

/** Where the Bot Connector of Teams answers. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages */
const CONNECTOR_HOSTS: ReadonlySet<string> = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
]);

/** Who signs what the Bot Connector sends. */
const CONNECTOR_ISSUER = 'https://api.botframework.com';

/** Whether the bot's token may be sent there: https at Microsoft, or an origin that the config itself names. */
export function serviceUrlAllowed(serviceUrl: unknown, extraOrigins: readonly string[] = []): serviceUrl is string {
  if (typeof serviceUrl !== 'string' || !URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  if (url.username !== '' || url.password !== '') return false;
  if (extraOrigins.includes(url.origin)) return true;
  return url.protocol === 'https:' && url.port === '' && isConnectorHost(url.hostname);
}

export interface GuardOptions {
  readonly tenants: readonly string[];
  readonly extraOrigins?: readonly string[];
}

/**
 * Why an activity is refused before the SDK looks at its signature; undefined lets it pass on to that check. Tokens of
 * another issuer (any Entra tenant can sign one for our audience), other tenants' activities and foreign service
 * addresses end here: some versions of the SDK would accept them and send the bot's token there.
 */
export function guardRefusal(
  authorization: string | undefined,
  activity: unknown,
  { tenants, extraOrigins = [] }: GuardOptions,
): string | undefined {
  const issuer = issuerOf(authorization);
  if (issuer === undefined) return 'there is no bearer token';
  if (issuer !== CONNECTOR_ISSUER) return `the token’s issuer is ${printable(issuer)}`;
  if (!isRecord(activity)) return 'the body is no activity';
  const serviceUrl = valueAt(activity, ['serviceUrl']);
  if (!serviceUrlAllowed(serviceUrl, extraOrigins)) return 'its serviceUrl is not one of Microsoft’s';
  const tenant = valueAt(activity, ['channelData', 'tenant', 'id']) ?? valueAt(activity, ['conversation', 'tenantId']);
  if (typeof tenant !== 'string' || !tenants.includes(tenant)) return 'it comes from another tenant';
  return undefined;
}

const isConnectorHost = (host: string): boolean => CONNECTOR_HOSTS.has(host) || host.endsWith('.botframework.com');

/** The issuer a token claims; nothing is verified here. */
function issuerOf(authorization = ''): string | undefined {
  if (authorization.length > 16_000) return undefined;
  const [, claims] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(authorization) ?? [];
  if (claims === undefined) return undefined;
  try {
    const issuer = valueAt(JSON.parse(Buffer.from(claims, 'base64url').toString()), ['iss']);
    return typeof issuer === 'string' ? issuer : 'missing';
  } catch {
    return undefined;
  }
}

const printable = (text: string): string => text.replace(/[^\x21-\x7e]/g, '?').slice(0, 100);
