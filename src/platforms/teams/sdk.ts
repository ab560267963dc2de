import type { AppOptions, IPlugin, App as TeamsApp } from '@microsoft/teams.apps';
import type { TeamsConfig } from '../../core/config.ts';
import type { Log } from '../../core/log.ts';

/** The Teams SDK, loaded. Version 2.0.16 exactly: it is the last for Node 20, and 2.1.0 trusts tokens of foreign tenants. */
export interface Sdk {
  readonly apps: typeof import('@microsoft/teams.apps');
  readonly api: typeof import('@microsoft/teams.api');
}

export async function loadSdk(): Promise<Sdk> {
  const [apps, api] = await Promise.all([import('@microsoft/teams.apps'), import('@microsoft/teams.api')]);
  return { apps, api };
}

/** A backstop: the lane's own limit ends a call earlier. The SDK has no limit of its own. */
const REQUEST_TIMEOUT_MS = 60_000;

const DEFAULT_SERVICE_URL = 'https://smba.trafficmanager.net/teams';

/** The connector's address from the config, without a trailing slash: the SDK would double it. */
export const serviceUrlOf = (config: TeamsConfig): string =>
  (config.serviceUrl ?? DEFAULT_SERVICE_URL).replace(/\/+$/, '');

/** Origins beyond Microsoft's that the config itself points to. */
export const configuredOrigins = (config: TeamsConfig): readonly string[] =>
  config.serviceUrl !== undefined && URL.canParse(config.serviceUrl) ? [new URL(config.serviceUrl).origin] : [];

/**
 * The SDK's app with every credential and switch given: it would read what is missing from the environment, where one
 * variable even turns authentication off.
 */
export function createApp(
  { apps, api }: Sdk,
  config: TeamsConfig,
  more: { readonly log: Log } & Pick<AppOptions<IPlugin>, 'token' | 'httpServerAdapter' | 'messagingEndpoint'>,
): TeamsApp {
  const { log, ...options } = more;
  const { openIdMetadataUrl } = config;
  return new apps.App({
    ...options,
    clientId: config.clientId,
    // With a secret the SDK signs in by itself and never asks `token`; undefined would be looked up in the environment.
    clientSecret: options.token === undefined ? config.clientSecret.reveal() : '',
    tenantId: config.tenantId,
    managedIdentityClientId: config.clientId,
    serviceUrl: serviceUrlOf(config),
    cloud: openIdMetadataUrl === undefined ? api.PUBLIC : api.withOverrides(api.PUBLIC, { openIdMetadataUrl }),
    client: { timeout: REQUEST_TIMEOUT_MS, logger: quietLogger(log) },
    dangerouslyAllowUnauthenticatedRequests: false,
    logger: quietLogger(log),
  });
}

type SdkLogger = NonNullable<AppOptions<IPlugin>['logger']>;

/** The SDK logs whole activities, and errors that hold tokens: only the first words of its warnings are kept. */
function quietLogger(log: Log): SdkLogger {
  const tell = (first: unknown) => {
    if (typeof first !== 'string') return;
    log.debug('teams sdk', { says: first.replace(/eyJ[\w.-]+/g, '‹token›').slice(0, 200) });
  };
  const silent = () => {};
  const logger: SdkLogger = {
    debug: silent,
    info: silent,
    trace: silent,
    log: silent,
    warn: tell,
    error: tell,
    child: () => logger,
  };
  return logger;
}
