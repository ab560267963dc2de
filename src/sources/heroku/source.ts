import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

const APP = '{{payload.data.app.name}}{{^payload.data.app.name}}{{payload.data.name}}{{/payload.data.app.name}}';
const VERSION = '{{#payload.data.version}} v{{payload.data.version}}{{/payload.data.version}}';
const BY: Value = ['{{payload.actor.email}}', '{{payload.data.user.email}}'];

export const heroku: Declaration = {
  type: 'heroku',
  title: 'Heroku',
  docs: 'https://devcenter.heroku.com/articles/app-webhooks',
  setUp:
    'Run `heroku webhooks:add -a <app> -i api:build,api:release,api:app,dyno -l sync -s <secret> -u <address>`, with the source’s secret. `sync` has Heroku try again what could not be delivered, and `notify` does not.',
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
    'dyno.crashed': 'A process of an app crashed; Heroku starts it again, unless it was started by hand.',
    'app.create': 'An app was made.',
    'app.destroy': 'An app was destroyed.',
  },
  ignores: {
    'app.update': 'Every release touches its app.',
    'dyno.starting': 'Every release starts every process anew.',
    'dyno.up': 'Every release starts every process anew.',
    'dyno.idle': 'A process that nobody needs sleeps.',
    'dyno.down': 'Every release ends every process.',
    'dyno.complete': 'A process that was started by hand came to its end.',
  },
  requires: '{{payload.resource}}',
  event: {
    from: '{{payload.resource}}',
    map: {
      build: 'build.{{payload.data.status}}',
      release: 'release.{{payload.data.status}}',
      dyno: 'dyno.{{payload.data.state}}',
    },
    otherwise: '{{payload.resource}}.{{payload.action}}',
  },
  // A release that is out is told again when it is the current one.
  id: {
    from: '{{payload.resource}}',
    map: {
      release: [
        '{{#payload.data.status}}{{payload.data.id}} {{payload.data.status}}{{/payload.data.status}}',
        '{{payload.id}}',
      ],
    },
    otherwise: '{{payload.id}}',
  },
  // A process that is started again is another dyno of the same name.
  key: {
    from: '{{payload.resource}}',
    map: { dyno: '{{#payload.data.name}}dyno:{{payload.data.app.name}}/{{payload.data.name}}{{/payload.data.name}}' },
    otherwise: '{{#payload.data.id}}{{payload.resource}}:{{payload.data.id}}{{/payload.data.id}}',
  },
  state: {
    from: '{{payload.resource}}',
    map: { build: '{{payload.data.status}}', release: '{{payload.data.status}}', dyno: '{{payload.data.state}}' },
  },
  closes: ['build.succeeded', 'build.failed', 'release.succeeded', 'release.failed', 'app.destroy'],
  severity: {
    from: '{{payload.resource}}',
    map: {
      build: { from: '{{payload.data.status}}', map: { failed: 'error' } },
      release: { from: '{{payload.data.status}}', map: { failed: 'error' } },
      dyno: { from: '{{payload.data.state}}', map: { crashed: 'error' } },
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
    'dyno.crashed': `{{payload.data.name}} of ${APP} crashed{{#payload.data.exit_status}} (exit status {{payload.data.exit_status}}){{/payload.data.exit_status}}`,
    'app.create': `App created: ${APP}`,
    'app.destroy': `App destroyed: ${APP}`,
  },
  url: {
    from: '{{payload.resource}}',
    map: {
      build:
        '{{#payload.data.app.name}}https://dashboard.heroku.com/apps/{{payload.data.app.name}}/activity/builds/{{payload.data.id}}{{/payload.data.app.name}}',
      dyno: '{{#payload.data.app.name}}https://dashboard.heroku.com/apps/{{payload.data.app.name}}/logs{{/payload.data.app.name}}',
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
        dyno: '💥',
      },
      otherwise: {
        from: '{{payload.data.status}}',
        map: { pending: '🔄', failed: '❌', succeeded: '✅' },
        otherwise: '⚪',
      },
    },
    tone: {
      from: '{{payload.resource}}',
      map: { app: { from: '{{payload.action}}', map: { destroy: 'warning' }, otherwise: 'neutral' }, dyno: 'bad' },
      otherwise: {
        from: '{{payload.data.status}}',
        map: { pending: 'info', failed: 'bad', succeeded: 'good' },
        otherwise: 'neutral',
      },
    },
    by: BY,
    took: {
      from: '{{payload.data.status}}',
      map: {
        succeeded: { since: '{{payload.data.created_at}}', until: '{{payload.data.updated_at}}' },
        failed: { since: '{{payload.data.created_at}}', until: '{{payload.data.updated_at}}' },
      },
    },
    size: '{{payload.data.size}}',
    release: '{{#payload.data.release.version}}v{{payload.data.release.version}}{{/payload.data.release.version}}',
    sha: { cut: ['{{payload.data.source_blob.version}}', '{{payload.data.slug.commit}}'], to: 7 },
    // “Deploy 34413ec” says no more than the commit beside it.
    text: [
      '{{payload.data.source_blob.version_description}}',
      {
        from: { part: '{{payload.data.description}}', after: 'Deploy ' },
        map: { '': '{{payload.data.description}}' },
        otherwise: { from: '{{payload.data.slug.commit}}', map: { '': '{{payload.data.description}}' } },
      },
    ],
  },
  at: ['{{payload.published_at}}', '{{payload.created_at}}'],
};
