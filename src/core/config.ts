import type { HandshakeName } from './handshake.ts';
import type { Secret } from './secret.ts';

/** The config as the rest of Bellhop sees it: merged, checked, secrets resolved, durations in milliseconds. */
export interface Config {
  readonly server: ServerConfig;
  readonly sources: Readonly<Record<string, SourceConfig>>;
  readonly channels: Readonly<Record<string, ChannelConfig>>;
  readonly routes: readonly RouteConfig[];
  readonly platforms: PlatformsConfig;
  readonly mentions: Readonly<Record<string, MentionConfig>>;
  readonly delivery: DeliveryConfig;
  readonly chatops: ChatopsConfig;
  /** The channels that are told when something is broken. */
  readonly operators: readonly string[];
}

export interface ServerConfig {
  /** Where senders reach this server, without a trailing slash. */
  readonly publicUrl?: string;
  /** How many proxies in front are believed when they name the sender's address. */
  readonly trustProxy: number;
  /** Hooks a minute from one address; undefined means no limit. */
  readonly rateLimit?: number;
  /** Bellhop speaks HTTPS by itself; undefined means plain HTTP, for a proxy in front. */
  readonly tls?: TlsConfig;
}

/** Files in PEM, by absolute path. */
export interface TlsConfig {
  /** The certificate, then those that lead to its authority. */
  readonly cert: string;
  readonly key: string;
  /** The authorities whose clients prove themselves by certificate; undefined asks no client for one. */
  readonly clientCa?: string;
}

export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha512';

/** How a sender proves who it is. One of the forms `auth` takes in the config. */
export type AuthConfig =
  | {
      readonly hmac: {
        readonly header: string;
        readonly algorithm: HmacAlgorithm;
        readonly encoding: 'hex' | 'base64';
        readonly prefix: string;
        /** Splits several signatures in the header. */
        readonly separator?: string;
        /** Of the signed time, one of these: a header, or a field of the signature's header (`t` of `t=…,v1=…`). */
        readonly timestampHeader?: string;
        readonly timestampField?: string;
        readonly timestampUnit?: 's' | 'ms' | 'iso';
        /** Where `{id}` comes from. */
        readonly idHeader?: string;
        /** What is signed: `{body}`, `{timestamp}.{body}`, `{id}`, `{method}`, `{url}` … */
        readonly signed?: string;
        readonly toleranceMs?: number;
        /** How the secret becomes the key; as it is written where absent. */
        readonly key?: 'utf8' | 'base64' | 'whsec';
      };
    }
  | { readonly token: { readonly header: string } }
  /** The secret stands in the body, at this path. */
  | { readonly bodyToken: { readonly path: string } }
  /** The secret stands in the query of the address. */
  | { readonly queryToken: { readonly name: string } }
  | { readonly bearer: Secret }
  | { readonly basic: { readonly user: string; readonly password: Secret } }
  | { readonly urlToken: Secret }
  /** Every part of it must be in the subject of the certificate that the client showed. */
  | { readonly clientCertificate: { readonly subject: string } }
  /** A token of Microsoft Entra, of this tenant and for this audience. */
  | { readonly entra: { readonly tenantId: string; readonly audience: string } };

export interface SourceConfig {
  readonly name: string;
  readonly type: string;
  /** Any of them verifies; more than one while a secret is being changed. Empty with `verify: "none"` or an `auth` that carries its own. */
  readonly secrets: readonly Secret[];
  /** Make a secret at the first start and keep it in the data folder. */
  readonly autoSecret: boolean;
  readonly auth?: AuthConfig;
  /** `none` switches verification off, in words. */
  readonly verify?: 'none';
  /** Addresses and CIDR ranges; empty means everybody. */
  readonly allowFrom: readonly string[];
  /** What the sender asks before it sends, where its type does not say. */
  readonly handshake?: HandshakeName;
  /** Only `aws-sns`: the ARNs of the topics that are taken. */
  readonly topics?: readonly string[];
  /** Only `generic`: mustache templates over `payload`, `headers` and `query`. */
  readonly map?: GenericMap;
}

export interface GenericMap {
  readonly id?: string;
  readonly event?: string;
  readonly title?: string;
  readonly key?: string;
  readonly severity?: string;
  readonly state?: string;
  readonly url?: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface PaceConfig {
  readonly perSecond: number;
  readonly burst: number;
}

/** A named place to post in. Exactly one of `id`, `webhookUrl`, `url` is set, but for `console`, which needs none. */
export interface ChannelConfig {
  readonly name: string;
  readonly platform: PlatformName;
  /** The address on a platform that is reached by a bot. */
  readonly id?: string;
  /** Slack incoming webhook, Discord webhook, Teams Workflows. */
  readonly webhookUrl?: Secret;
  /** `webhook`: where the signed fan-out goes. */
  readonly url?: Secret;
  /** `webhook`: signs the fan-out. */
  readonly secret?: Secret;
  /** false: no pace at all; undefined: the platform's own. */
  readonly pace?: PaceConfig | false;
  readonly retryMs?: readonly number[];
  readonly timeoutMs?: number;
}

export const PLATFORM_NAMES = ['slack', 'discord', 'teams', 'webhook', 'console'] as const;
export type PlatformName = (typeof PLATFORM_NAMES)[number];

export interface SlackConfig {
  readonly botToken: Secret;
  readonly signingSecret?: Secret;
  readonly appToken?: Secret;
  readonly apiUrl?: string;
}

export interface DiscordConfig {
  readonly botToken: Secret;
  readonly applicationId?: string;
  readonly publicKey?: string;
  readonly guildId?: string;
  /** Commands come through the gateway, without a public address; undefined means: unless there is a `publicKey`. */
  readonly gateway?: boolean;
  readonly apiUrl?: string;
}

export interface TeamsConfig {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly tenantId: string;
  readonly serviceUrl?: string;
  readonly openIdMetadataUrl?: string;
  readonly tokenUrl?: string;
}

export interface PlatformsConfig {
  readonly slack?: SlackConfig;
  readonly discord?: DiscordConfig;
  readonly teams?: TeamsConfig;
}

export interface MentionConfig {
  readonly slack?: string;
  readonly discord?: string;
  readonly teams?: string;
}

export interface DeliveryConfig {
  /** The wait before each new try; after the last one the delivery is dead. */
  readonly retryMs: readonly number[];
  readonly timeoutMs: number;
  /** How long finished hooks, events and deliveries are kept. */
  readonly keepMs: number;
  /** The store's size, in bytes, above which the oldest finished ones go first. */
  readonly keepBytes: number;
}

export interface ChatopsConfig {
  /** IANA name of the zone that `until 09:00` means where the platform does not tell the person's own. */
  readonly timeZone: string;
  /** How long a mute lasts when nobody says. */
  readonly defaultMuteMs: number;
  /** No mute from chat lasts longer, but for an administrator's. */
  readonly longestMuteMs: number;
  /** What people may do beyond the built-in grant for everybody; a grant to `*` replaces that one. */
  readonly permissions: readonly Grant[];
}

export const PERMISSIONS = [
  /** Help, list, status, recent, why. */
  'ask',
  /** Mute and unmute in the channel where it is said. */
  'mute',
  /** Mute other channels, or all of them. */
  'mute-everywhere',
  /** Say that somebody looks after it. */
  'acknowledge',
  /** Post a sample in the channel where it is said. */
  'test',
  /** Route and unroute. */
  'route',
  /** Send events again, and samples to other channels. */
  'replay',
  /** All of it, and mutes without an end. */
  'admin',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export interface Grant {
  /** `*`, or a platform's own ids: `slack:U0123`, `slack:S0123` (a user group), `discord:1122`, `discord:role:3344`, `teams:<object id>`. */
  readonly who: readonly string[];
  /** Names of channels where it holds; undefined means all. */
  readonly in?: readonly string[];
  readonly may: readonly Permission[];
  /** The longest mute; undefined means the config's `longestMute`. */
  readonly upToMs?: number;
}

export const MESSAGE_ACTIONS = ['mute', 'why', 'acknowledge'] as const;
/** A button under a message. */
export type MessageAction = (typeof MESSAGE_ACTIONS)[number];

export interface RouteConfig {
  readonly name: string;
  /** Where it is written, for people: `bellhop.json:14`. */
  readonly writtenAt?: string;
  /** Undefined matches every event. */
  readonly match?: MatchConfig;
  readonly to: readonly string[];
  readonly mention: readonly string[];
  readonly stop: boolean;
  readonly fallback: boolean;
  /** The buttons under its messages, where the platform has a bot that hears them. */
  readonly actions: readonly MessageAction[];
}

export type Scalar = string | number | boolean;

export interface ConditionOperators {
  readonly is?: Scalar;
  readonly not?: Scalar | readonly Scalar[];
  readonly in?: readonly Scalar[];
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly matches?: string;
  readonly exists?: boolean;
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
  readonly atLeast?: string;
}

export type Condition = Scalar | readonly Scalar[] | ConditionOperators;

/** Keys that must all hold, and `all`, `any`, `none`, which nest to any depth. */
export interface MatchConfig {
  readonly all?: readonly MatchConfig[];
  readonly any?: readonly MatchConfig[];
  readonly none?: readonly MatchConfig[];
  readonly [key: string]: Condition | readonly MatchConfig[] | undefined;
}
