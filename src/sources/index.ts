import type { SourceType } from '../core/source.ts';
import { alertmanager } from './alertmanager/source.ts';
import { argocd } from './argocd/source.ts';
import { createAwsSns } from './aws-sns/source.ts';
import { azureDevops } from './azure-devops/source.ts';
import { azureMonitor } from './azure-monitor/source.ts';
import { betterstack } from './betterstack/source.ts';
import { bitbucket } from './bitbucket/source.ts';
import { buildkite } from './buildkite/source.ts';
import { calendly } from './calendly/source.ts';
import { circleci } from './circleci/source.ts';
import { cloudevents } from './cloudevents/source.ts';
import { datadog } from './datadog/source.ts';
import type { Declaration } from './declared/declaration.ts';
import { declareSource } from './declared/declare-source.ts';
import { dockerhub } from './dockerhub/source.ts';
import { flux } from './flux/source.ts';
import { gcpMonitoring } from './gcp-monitoring/source.ts';
import { createGeneric } from './generic/source.ts';
import { gitea } from './gitea/source.ts';
import { github } from './github/source.ts';
import { gitlab } from './gitlab/source.ts';
import { grafana } from './grafana/source.ts';
import { healthchecks } from './healthchecks/source.ts';
import { heroku } from './heroku/source.ts';
import { hubspot } from './hubspot/source.ts';
import { intercom } from './intercom/source.ts';
import { jenkins } from './jenkins/source.ts';
import { jira } from './jira/source.ts';
import { linear } from './linear/source.ts';
import { netlify } from './netlify/source.ts';
import { newrelic } from './newrelic/source.ts';
import { opsgenie } from './opsgenie/source.ts';
import { pagerduty } from './pagerduty/source.ts';
import { paypal } from './paypal/source.ts';
import { pingdom } from './pingdom/source.ts';
import { sendgrid } from './sendgrid/source.ts';
import { sentry } from './sentry/source.ts';
import { shopify } from './shopify/source.ts';
import { slackCompatible } from './slack-compatible/source.ts';
import { standardWebhooks } from './standard-webhooks/source.ts';
import { statuspage } from './statuspage/source.ts';
import { stripe } from './stripe/source.ts';
import { terraformCloud } from './terraform-cloud/source.ts';
import { twilio } from './twilio/source.ts';
import { createTypeform } from './typeform/source.ts';
import { uptimeKuma } from './uptime-kuma/source.ts';
import { uptimerobot } from './uptimerobot/source.ts';
import { vercel } from './vercel/source.ts';
import type { FetchTools } from './verifiers/fetch-bytes.ts';
import { woocommerce } from './woocommerce/source.ts';
import { zendesk } from './zendesk/source.ts';

/** What sources need and may not import. */
export interface SourceTools extends FetchTools {
  /** Renders one mustache template as plain text, nothing escaped. */
  readonly renderText: (template: string, view: object) => string;
}

/** Every type of source, by its word in the config, with those that a user declared. A new one is a line here. */
export function createSourceTypes(
  { renderText, ...tools }: SourceTools,
  own: readonly Declaration[] = [],
): ReadonlyMap<string, SourceType> {
  const declared = [...DECLARED, ...own].map((declaration) => declareSource(declaration, renderText));
  return byName([
    alertmanager,
    createAwsSns(tools),
    azureDevops,
    azureMonitor,
    bitbucket,
    cloudevents,
    datadog,
    gitea,
    github,
    gitlab,
    grafana,
    sentry,
    slackCompatible,
    standardWebhooks,
    stripe,
    createTypeform(renderText),
    uptimeKuma,
    ...declared,
    createGeneric(renderText),
  ]);
}

/** Types that need no code. A new one is a line here. */
const DECLARED: readonly Declaration[] = [
  argocd,
  betterstack,
  buildkite,
  calendly,
  circleci,
  dockerhub,
  flux,
  gcpMonitoring,
  healthchecks,
  heroku,
  hubspot,
  intercom,
  jenkins,
  jira,
  linear,
  netlify,
  newrelic,
  opsgenie,
  pagerduty,
  paypal,
  pingdom,
  sendgrid,
  shopify,
  statuspage,
  terraformCloud,
  twilio,
  uptimerobot,
  vercel,
  woocommerce,
  zendesk,
];

export const SOURCE_TYPE_NAMES: readonly string[] = [
  ...createSourceTypes({ renderText: (template) => template }).keys(),
];

function byName(types: readonly SourceType[]): ReadonlyMap<string, SourceType> {
  const named = new Map<string, SourceType>();
  for (const type of types) {
    if (named.has(type.type)) throw new Error(`Two types of source are called ${type.type}.`);
    named.set(type.type, type);
  }
  return named;
}
