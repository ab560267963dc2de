import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

/** Deployments name their project, and the other events only sometimes bring one. */
const NAME =
  '{{payload.payload.deployment.name}}{{^payload.payload.deployment.name}}{{payload.payload.project.name}}{{^payload.payload.project.name}}{{payload.payload.name}}{{/payload.payload.project.name}}{{/payload.payload.deployment.name}}';
const OF =
  '{{#payload.payload.deployment.name}} of {{payload.payload.deployment.name}}{{/payload.payload.deployment.name}}';
const TO = '{{#payload.payload.target}} to {{payload.payload.target}}{{/payload.payload.target}}';
const BRANCH: Value = [
  '{{payload.payload.deployment.meta.githubCommitRef}}',
  '{{payload.payload.deployment.meta.gitlabCommitRef}}',
  '{{payload.payload.deployment.meta.bitbucketCommitRef}}',
];
const ON =
  '{{#payload.payload.deployment.meta}}{{#githubCommitRef}} ({{githubCommitRef}}){{/githubCommitRef}}{{#gitlabCommitRef}} ({{gitlabCommitRef}}){{/gitlabCommitRef}}{{#bitbucketCommitRef}} ({{bitbucketCommitRef}}){{/bitbucketCommitRef}}{{/payload.payload.deployment.meta}}';
/** A target of null is a preview. */
const KIND =
  '{{^payload.payload.target}}Preview deployment{{/payload.payload.target}}{{#payload.payload.target}}Deployment{{/payload.payload.target}}';
/** Vercel writes it without `https://`. */
const SITE =
  '{{#payload.payload.deployment.url}}https://{{payload.payload.deployment.url}}{{/payload.payload.deployment.url}}';
const AUTHOR: Value = [
  '{{payload.payload.deployment.meta.githubCommitAuthorName}}',
  '{{payload.payload.deployment.meta.gitlabCommitAuthorName}}',
  '{{payload.payload.deployment.meta.bitbucketCommitAuthorName}}',
];

const deployment = (happened: string): Value => `${KIND}${OF}${TO} ${happened}${ON}`;

export const vercel: Declaration = {
  type: 'vercel',
  title: 'Vercel',
  docs: 'https://vercel.com/docs/webhooks',
  setUp:
    'In the team’s settings under “Webhooks” (Pro and Enterprise), choose the deployment events, enter the address as the endpoint, and create the webhook. Vercel shows its secret once: that is the source’s secret.',
  verifier: {
    scheme: 'hmac',
    headers: ['x-vercel-signature'],
    algorithm: 'sha1',
    encoding: 'hex',
    prefix: '',
    signed: '{body}',
    key: 'utf8',
  },
  events: {
    'deployment.created': 'A deployment began.',
    'deployment.ready': 'A deployment is built; its checks may still run.',
    'deployment.succeeded': 'A deployment is done.',
    'deployment.promoted': 'A deployment now serves production.',
    'deployment.error': 'A deployment failed.',
    'deployment.canceled': 'A deployment was cancelled.',
    'project.created': 'A project was made.',
    'project.removed': 'A project was removed.',
  },
  requires: '{{payload.type}}',
  event: '{{payload.type}}',
  id: '{{payload.id}}',
  key: [
    '{{#payload.payload.deployment.id}}deployment:{{payload.payload.deployment.id}}{{/payload.payload.deployment.id}}',
    '{{#payload.payload.project.id}}project:{{payload.payload.project.id}}{{/payload.payload.project.id}}',
  ],
  state: {
    from: '{{payload.type}}',
    map: {
      'deployment.created': 'building',
      'deployment.ready': 'ready',
      'deployment.succeeded': 'succeeded',
      'deployment.promoted': 'promoted',
      'deployment.error': 'error',
      'deployment.canceled': 'canceled',
      'project.created': 'created',
      'project.removed': 'removed',
    },
  },
  closes: ['deployment.succeeded', 'deployment.promoted', 'deployment.error', 'deployment.canceled', 'project.removed'],
  severity: {
    from: '{{payload.type}}',
    map: {
      // A preview that fails is news for its author, and not for whoever is on call.
      'deployment.error': { from: '{{payload.payload.target}}', map: { production: 'error' }, otherwise: 'warning' },
      'project.removed': 'warning',
    },
    otherwise: 'info',
  },
  titles: {
    'deployment.created': deployment('began'),
    'deployment.ready': deployment('is built'),
    'deployment.succeeded': deployment('succeeded'),
    'deployment.promoted': `Deployment${OF} now serves production${ON}`,
    'deployment.error': deployment('failed'),
    'deployment.canceled': deployment('was cancelled'),
    'project.created': `Project created: ${NAME}`,
    'project.removed': `Project removed: ${NAME}`,
  },
  url: ['{{payload.payload.links.deployment}}', '{{payload.payload.links.project}}'],
  labels: {
    project: NAME,
    env: ['{{payload.payload.target}}', '{{#payload.payload.deployment.id}}preview{{/payload.payload.deployment.id}}'],
    branch: BRANCH,
    author: AUTHOR,
  },
  facts: {
    emoji: {
      from: '{{payload.type}}',
      map: {
        'deployment.created': '🔄',
        'deployment.ready': '🔵',
        'deployment.succeeded': '✅',
        'deployment.promoted': '🚀',
        'deployment.error': '❌',
        'project.removed': '🗑️',
        'project.created': '✨',
      },
      otherwise: '⚪',
    },
    tone: {
      from: '{{payload.type}}',
      map: {
        'deployment.created': 'info',
        'deployment.ready': 'info',
        'deployment.succeeded': 'good',
        'deployment.promoted': 'good',
        'deployment.error': 'bad',
        'project.removed': 'warning',
      },
      otherwise: 'neutral',
    },
    sha: {
      cut: [
        '{{payload.payload.deployment.meta.githubCommitSha}}',
        '{{payload.payload.deployment.meta.gitlabCommitSha}}',
        '{{payload.payload.deployment.meta.bitbucketCommitSha}}',
      ],
      to: 7,
    },
    commit: [
      '{{payload.payload.deployment.meta.githubCommitMessage}}',
      '{{payload.payload.deployment.meta.gitlabCommitMessage}}',
      '{{payload.payload.deployment.meta.bitbucketCommitMessage}}',
    ],
    commitAuthor: AUTHOR,
    site: {
      from: '{{payload.type}}',
      map: {
        'deployment.ready': SITE,
        'deployment.succeeded': SITE,
        'deployment.promoted': SITE,
      },
    },
  },
  at: '{{payload.createdAt}}',
};
