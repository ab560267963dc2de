import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

const KEY = '{{payload.issue.key}}';
const SUMMARY = '{{#payload.issue.fields.summary}}: {{payload.issue.fields.summary}}{{/payload.issue.fields.summary}}';

/** A page of the site whose interface the hook names. */
const page = (path: string): Value => ({
  say: `{{#site}}{{site}}${path}{{/site}}`,
  with: { site: { part: ['{{payload.issue.self}}', '{{payload.sprint.self}}'], before: '/rest/' } },
});

/** `take` of what the changelog says of a field; nothing where it did not change. */
const changeOf = (field: string, take: Value): Value => ({
  first: 'payload.changelog.items',
  where: '{{found.field}}',
  is: field,
  take,
});

const CATEGORY: Value = {
  from: '{{payload.issue.fields.status.statusCategory.key}}',
  map: { new: 'to do', indeterminate: 'in progress', done: 'done' },
};

const PRIORITY: Value = {
  from: '{{payload.issue.fields.priority.name}}',
  map: { Blocker: 'error', Critical: 'error', Highest: 'error', High: 'warning', Major: 'warning' },
  otherwise: 'info',
};

/** Wiki text, or an Atlassian document in its place. */
const written = (path: string): readonly Value[] => [
  { adf: path },
  { markdown: `{{^${path}.content}}{{${path}}}{{/${path}.content}}`, of: 'wiki' },
];

export const jira: Declaration = {
  type: 'jira',
  title: 'Jira',
  docs: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
  setUp:
    'As an administrator, under “System” → “WebHooks”, add a webhook with the address, the source’s secret as its secret, and the events you want. Without a secret there Jira signs nothing.',
  verifier: {
    scheme: 'hmac',
    headers: ['x-hub-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
    signed: '{body}',
    key: 'utf8',
  },
  events: {
    'issue.created': 'An issue was created.',
    'issue.status': 'An issue moved to another status.',
    'issue.assigned': 'An issue was assigned.',
    'issue.updated': 'Something else of an issue changed.',
    'issue.deleted': 'An issue was deleted.',
    'comment.created': 'Somebody commented on an issue.',
    'sprint.started': 'A sprint began.',
    'sprint.closed': 'A sprint ended.',
    'version.released': 'A version was released.',
  },
  ignores: {
    secondary: 'Jira sends bulk changes late, as “Secondary”.',
    'issue.commented': 'The comment is an event of its own.',
    'issue.worklogged': 'Nobody needs to act on it.',
    'issue.ranked': 'The order on a board changes all day.',
    comment_updated: 'The comment was shown when it was written.',
    comment_deleted: 'Nobody needs to act on it.',
    worklog_created: 'Nobody needs to act on it.',
    worklog_updated: 'Nobody needs to act on it.',
    worklog_deleted: 'Nobody needs to act on it.',
  },
  requires: '{{payload.webhookEvent}}',
  event: {
    from: '{{headers.x-atlassian-webhook-flow}}',
    map: { Secondary: 'secondary' },
    otherwise: {
      from: '{{payload.webhookEvent}}',
      map: {
        'jira:issue_created': 'issue.created',
        'jira:issue_updated': {
          from: '{{payload.issue_event_type_name}}',
          map: {
            issue_commented: 'issue.commented',
            issue_comment_edited: 'issue.commented',
            issue_comment_deleted: 'issue.commented',
            issue_worklogged: 'issue.worklogged',
            issue_worklog_updated: 'issue.worklogged',
            issue_worklog_deleted: 'issue.worklogged',
          },
          // The names of workflows say little, and old servers send none: what changed says it.
          otherwise: [
            changeOf('status', 'issue.status'),
            changeOf('assignee', 'issue.assigned'),
            changeOf('Rank', 'issue.ranked'),
            '{{#payload.changelog.items.0.field}}issue.updated{{/payload.changelog.items.0.field}}',
            '{{#payload.comment.id}}comment.created{{/payload.comment.id}}',
            'issue.updated',
          ],
        },
        'jira:issue_deleted': 'issue.deleted',
        comment_created: 'comment.created',
        sprint_started: 'sprint.started',
        sprint_closed: 'sprint.closed',
        'jira:version_released': 'version.released',
      },
      otherwise: '{{payload.webhookEvent}}',
    },
  },
  id: '{{headers.x-atlassian-webhook-identifier}}',
  key: [
    '{{#payload.issue.id}}issue:{{payload.issue.id}}{{/payload.issue.id}}',
    '{{#payload.sprint.id}}sprint:{{payload.sprint.id}}{{/payload.sprint.id}}',
    '{{#payload.version.id}}version:{{payload.version.id}}{{/payload.version.id}}',
  ],
  // A comment on a done issue, or another label, ends nothing.
  state: {
    from: '{{payload.webhookEvent}}',
    map: {
      'jira:issue_created': CATEGORY,
      'jira:issue_updated': changeOf('status', CATEGORY),
      'jira:issue_deleted': 'deleted',
      sprint_started: 'active',
      sprint_closed: 'closed',
      'jira:version_released': 'released',
    },
  },
  closes: ['done', 'issue.deleted', 'sprint.closed'],
  severity: {
    from: '{{payload.webhookEvent}}',
    map: {
      'jira:issue_created': PRIORITY,
      'jira:issue_updated': {
        from: '{{payload.changelog.items.0.field}}',
        map: { '': 'info' },
        otherwise: {
          from: '{{payload.issue.fields.status.statusCategory.key}}',
          map: { done: 'info' },
          otherwise: PRIORITY,
        },
      },
    },
    otherwise: 'info',
  },
  titles: {
    'issue.created': `${KEY} created${SUMMARY}`,
    'issue.status': [
      changeOf('status', `${KEY} moved from {{found.fromString}} to {{found.toString}}${SUMMARY}`),
      `${KEY} is now {{payload.issue.fields.status.name}}${SUMMARY}`,
    ],
    'issue.assigned': [
      `{{#payload.issue.fields.assignee.displayName}}${KEY} assigned to {{payload.issue.fields.assignee.displayName}}${SUMMARY}{{/payload.issue.fields.assignee.displayName}}`,
      `${KEY} assigned to nobody${SUMMARY}`,
    ],
    'issue.updated': `${KEY} changed${SUMMARY}`,
    'issue.deleted': `${KEY} deleted${SUMMARY}`,
    'comment.created': [
      `{{#payload.comment.author.displayName}}{{payload.comment.author.displayName}} commented on ${KEY}${SUMMARY}{{/payload.comment.author.displayName}}`,
      `Comment on ${KEY}${SUMMARY}`,
    ],
    'sprint.started': 'Sprint started: {{payload.sprint.name}}',
    'sprint.closed': 'Sprint closed: {{payload.sprint.name}}',
    'version.released': 'Version released: {{payload.version.name}}',
  },
  url: {
    from: '{{payload.webhookEvent}}',
    map: {
      'jira:issue_deleted': '',
      comment_created: page('/browse/{{payload.issue.key}}?focusedCommentId={{payload.comment.id}}'),
    },
    otherwise: page(
      '{{#payload.issue.key}}/browse/{{payload.issue.key}}{{/payload.issue.key}}{{^payload.issue.key}}{{#payload.sprint.originBoardId}}/secure/RapidBoard.jspa?rapidView={{payload.sprint.originBoardId}}{{/payload.sprint.originBoardId}}{{/payload.issue.key}}',
    ),
  },
  labels: {
    project: '{{payload.issue.fields.project.key}}',
    kind: '{{payload.issue.fields.issuetype.name}}',
    priority: '{{payload.issue.fields.priority.name}}',
    author: ['{{payload.comment.author.displayName}}', '{{payload.user.displayName}}'],
  },
  facts: {
    emoji: {
      from: '{{payload.webhookEvent}}',
      map: {
        'jira:issue_deleted': '🗑️',
        comment_created: '💬',
        'jira:issue_updated':
          '{{^payload.changelog.items.0.field}}{{#payload.comment.id}}💬{{/payload.comment.id}}{{/payload.changelog.items.0.field}}',
        sprint_started: '🏁',
        sprint_closed: '🏁',
        'jira:version_released': '🚀',
      },
    },
    tone: { from: '{{payload.webhookEvent}}', map: { 'jira:issue_deleted': 'neutral' } },
    assignee: '{{payload.issue.fields.assignee.displayName}}',
    by: '{{payload.user.displayName}}',
    // Statuses and people stand in the title; of long texts it is enough that they changed.
    changes: {
      list: 'payload.changelog.items',
      as: {
        from: '{{found.field}}',
        map: {
          status: '',
          assignee: '',
          resolution: '',
          Rank: '',
          description: 'description',
          environment: 'environment',
          Comment: 'comment',
        },
        otherwise: [
          '{{#found.fromString}}{{#found.toString}}{{found.field}}: {{found.fromString}} → {{found.toString}}{{/found.toString}}{{/found.fromString}}',
          '{{#found.toString}}{{found.field}}: {{found.toString}}{{/found.toString}}',
          '{{#found.fromString}}{{found.field}} without {{found.fromString}}{{/found.fromString}}',
          '{{found.field}}',
        ],
      },
    },
    goal: { markdown: '{{payload.sprint.goal}}', of: 'text' },
    ends: { time: '{{payload.sprint.endDate}}' },
    said: written('payload.comment.body'),
    description: [...written('payload.issue.fields.description'), ...written('payload.version.description')],
  },
  at: ['{{payload.timestamp}}', '{{payload.comment.created}}'],
};
