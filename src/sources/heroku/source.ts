import type { Declaration, Value } from '../declared/declaration.ts';

const APP = '{{payload.data.app.name}}{{^payload.data.app.name}}{{payload.data.name}}{{/payload.data.app.name}}';
const VERSION = '{{#payload.data.version}} v{{payload.data.version}}{{/payload.data.version}}';
const BY: Value = ['{{payload.actor.email}}', '{{payload.data.user.email}}'];

export const heroku: Declaration = {
  type: 'heroku',
  title: 'Heroku',
  docs: 'https://devcenter.heroku.com/articles/app-webhooks',
  setUp:
    'Run `heroku webhooks:add -a <app> -i api:build,api:release,api:app -l sync -s <secret> -u <address>`, with the source’s secret. `sync` has Heroku try again what could not be delivered, and `notify` does not.',
  verifier: {
    scheme: 'hmac',
    headers: ['heroku-webhook-hmac-sha256'],
    algorithm: 'sha256',
    encoding: 'base64',
    prefix: '',
    signed: '{body}',
    key: 'utf8',
  },
  events: {
    'build.pending': 'A build began.',
    'build.succeeded': 'A build is done.',
    'build.failed': 'A build failed.',
    'release.pending': 'A release began: its release phase runs.',
    'release.succeeded': 'A release is out.',
    'release.failed': 'A release failed: the previous one stays.',
    'app.create': 'An app was made.',
    'app.destroy': 'An app was destroyed.',
  },
  ignores: { 'app.update': 'Every release touches its app.' },
  requires: '{{payload.resource}}',
  event: {
    from: '{{payload.resource}}',
    map: { build: 'build.{{payload.data.status}}', release: 'release.{{payload.data.status}}' },
    otherwise: '{{payload.resource}}.{{payload.action}}',
  },
  id: '{{payload.id}}',
  key: '{{#payload.data.id}}{{payload.resource}}:{{payload.data.id}}{{/payload.data.id}}',
  state: {
    from: '{{payload.resource}}',
    map: { build: '{{payload.data.status}}', release: '{{payload.data.status}}' },
  },
  closes: ['build.succeeded', 'build.failed', 'release.succeeded', 'release.failed', 'app.destroy'],
  severity: {
    from: '{{payload.resource}}',
    map: {
      build: { from: '{{payload.data.status}}', map: { failed: 'error' } },
      release: { from: '{{payload.data.status}}', map: { failed: 'error' } },
      app: { from: '{{payload.action}}', map: { destroy: 'warning' } },
    },
  },
  titles: {
    'build.pending': `Build of ${APP} began`,
    'build.succeeded': `Build of ${APP} succeeded`,
    'build.failed': `Build of ${APP} failed`,
    'release.pending': `Release${VERSION} of ${APP} began`,
    'release.succeeded': `Released ${APP}${VERSION}`,
    'release.failed': `Release${VERSION} of ${APP} failed`,
    'app.create': `App created: ${APP}`,
    'app.destroy': `App destroyed: ${APP}`,
  },
  url: {
    from: '{{payload.resource}}',
    map: {
      build:
        '{{#payload.data.app.name}}https://dashboard.heroku.com/apps/{{payload.data.app.name}}/activity{{/payload.data.app.name}}',
      release:
        '{{#payload.data.app.name}}https://dashboard.heroku.com/apps/{{payload.data.app.name}}/activity{{/payload.data.app.name}}',
      app: {
        from: '{{payload.action}}',
        map: {
          create: '{{#payload.data.name}}https://dashboard.heroku.com/apps/{{payload.data.name}}{{/payload.data.name}}',
        },
      },
    },
  },
  labels: { app: APP, author: BY },
  facts: {
    emoji: {
      from: '{{payload.resource}}',
      map: {
        app: { from: '{{payload.action}}', map: { create: '✨', destroy: '🗑️' } },
      },
      otherwise: {
        from: '{{payload.data.status}}',
        map: { pending: '🔄', failed: '❌', succeeded: '✅' },
        otherwise: '⚪',
      },
    },
    tone: {
      from: '{{payload.resource}}',
      map: { app: { from: '{{payload.action}}', map: { destroy: 'warning' }, otherwise: 'neutral' } },
      otherwise: {
        from: '{{payload.data.status}}',
        map: { pending: 'info', failed: 'bad', succeeded: 'good' },
        otherwise: 'neutral',
      },
    },
    by: BY,
    sha: { cut: ['{{payload.data.source_blob.version}}', '{{payload.data.slug.commit}}'], to: 7 },
    text: ['{{payload.data.source_blob.version_description}}', '{{payload.data.description}}'],
  },
  at: ['{{payload.published_at}}', '{{payload.created_at}}'],
};
