import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

const WHAT: Value = '{{payload.type}}.{{payload.action}}';
const TITLE = '{{#payload.data.title}}: {{payload.data.title}}{{/payload.data.title}}';
const ISSUE = '{{payload.data.identifier}}';
const LATE = '{{payload.issueData.identifier}}';
const LATE_TITLE = '{{#payload.issueData.title}}: {{payload.issueData.title}}{{/payload.issueData.title}}';
const BREACHES: Value = { time: '{{payload.issueData.slaBreachesAt}}' };
const ofIssue = '{{#payload.data.id}}issue:{{payload.data.id}}{{/payload.data.id}}';
const ofProject = '{{#payload.data.id}}project:{{payload.data.id}}{{/payload.data.id}}';
const PRIORITY: Value = { from: '{{payload.data.priority}}', map: { 1: 'error', 2: 'warning' }, otherwise: 'info' };
const isOver = (over: Value, open: Value): Value => ({
  from: '{{payload.data.state.type}}',
  map: { completed: over, canceled: over },
  otherwise: open,
});

export const linear: Declaration = {
  type: 'linear',
  title: 'Linear',
  docs: 'https://linear.app/developers/webhooks',
  setUp:
    'Under “Settings” → “API” → “Webhooks”, add a webhook with the address and the kinds of data you want (“Issues” at least); the source’s secret is the signing secret that Linear shows there.',
  verifier: {
    scheme: 'hmac',
    headers: ['linear-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: '',
    signed: '{body}',
    // Linear’s own advice: a minute. https://linear.app/developers/webhooks#securing-webhooks
    timestamp: { bodyPath: 'webhookTimestamp', unit: 'ms', toleranceMs: 60_000 },
    key: 'utf8',
  },
  events: {
    'issue.created': 'An issue was created.',
    'issue.status': 'An issue moved to another status.',
    'issue.assigned': 'An issue was assigned.',
    'issue.priority': 'An issue became more or less urgent.',
    'issue.removed': 'An issue was deleted.',
    'issue.sla': 'An issue has to be done in time, is nearly late, or is late.',
    'request.created': 'A customer asked for something.',
    'comment.created': 'Somebody commented on an issue.',
    'project.created': 'A project was created.',
    'project.update': 'Somebody reported how a project is doing.',
  },
  ignores: {
    'issue.edited': 'Edits of text, labels and order would be most of what comes.',
    'comment.edited': 'The comment was shown when it was written.',
    'comment.removed': 'Nobody needs to act on it.',
    'project.edited': 'Edits of text and order would be most of what comes.',
    'request.edited': 'The request was shown when it came.',
    'attachment.edited': 'Every link to a pull request is one, and changes with it.',
    'reaction.created': 'Nobody needs to act on it.',
    'reaction.removed': 'Nobody needs to act on it.',
  },
  requires: '{{#payload.type}}{{payload.action}}{{/payload.type}}',
  event: {
    from: WHAT,
    map: {
      'Issue.create': 'issue.created',
      // `updatedFrom` has what was before of all that changed: null of the first assignment.
      'Issue.update': [
        { there: 'payload.updatedFrom.stateId', take: 'issue.status' },
        { there: 'payload.updatedFrom.assigneeId', take: 'issue.assigned' },
        { there: 'payload.updatedFrom.priority', take: 'issue.priority' },
        'issue.edited',
      ],
      'Issue.remove': 'issue.removed',
      'IssueSLA.set': 'issue.sla',
      'IssueSLA.highRisk': 'issue.sla',
      'IssueSLA.breached': 'issue.sla',
      'CustomerNeed.create': 'request.created',
      'CustomerNeed.update': 'request.edited',
      'CustomerNeed.remove': 'request.edited',
      'Attachment.create': 'attachment.edited',
      'Attachment.update': 'attachment.edited',
      'Attachment.remove': 'attachment.edited',
      'Comment.create': 'comment.created',
      'Comment.update': 'comment.edited',
      'Comment.remove': 'comment.removed',
      'Project.create': 'project.created',
      'Project.update': 'project.edited',
      'ProjectUpdate.create': 'project.update',
      'Reaction.create': 'reaction.created',
      'Reaction.update': 'reaction.created',
      'Reaction.remove': 'reaction.removed',
    },
    otherwise: WHAT,
  },
  id: '{{headers.linear-delivery}}',
  key: {
    from: '{{payload.type}}',
    map: {
      Issue: ofIssue,
      Comment: '{{#payload.data.issueId}}issue:{{payload.data.issueId}}{{/payload.data.issueId}}',
      Project: ofProject,
      IssueSLA: '{{#payload.issueData.id}}issue:{{payload.issueData.id}}{{/payload.issueData.id}}',
      CustomerNeed: '{{#payload.data.issueId}}issue:{{payload.data.issueId}}{{/payload.data.issueId}}',
      ProjectUpdate: '{{#payload.data.projectId}}project:{{payload.data.projectId}}{{/payload.data.projectId}}',
    },
  },
  state: {
    from: WHAT,
    map: {
      'Issue.create': '{{payload.data.state.type}}',
      // Edits of a finished issue do not finish it again.
      'Issue.update': { there: 'payload.updatedFrom.stateId', take: '{{payload.data.state.type}}' },
      'Issue.remove': 'removed',
      'ProjectUpdate.create': '{{payload.data.health}}',
    },
  },
  closes: ['completed', 'canceled', 'removed'],
  severity: {
    from: WHAT,
    map: {
      'Issue.create': PRIORITY,
      'Issue.update': isOver('info', PRIORITY),
      'IssueSLA.highRisk': 'warning',
      'IssueSLA.breached': 'error',
      'ProjectUpdate.create': {
        from: '{{payload.data.health}}',
        map: { atRisk: 'warning', offTrack: 'error' },
        otherwise: 'info',
      },
    },
    otherwise: 'info',
  },
  titles: {
    'issue.created': `${ISSUE} created${TITLE}`,
    'issue.status': `${ISSUE} is now {{payload.data.state.name}}${TITLE}`,
    'issue.assigned': [
      `{{#payload.data.assignee.name}}${ISSUE} assigned to {{payload.data.assignee.name}}${TITLE}{{/payload.data.assignee.name}}`,
      `${ISSUE} assigned to nobody${TITLE}`,
    ],
    'issue.priority': {
      from: '{{payload.data.priorityLabel}}',
      map: { 'No priority': `${ISSUE} has no priority any more${TITLE}` },
      otherwise: `${ISSUE} now has priority {{payload.data.priorityLabel}}${TITLE}`,
    },
    'issue.removed': `${ISSUE} deleted${TITLE}`,
    'issue.sla': {
      from: '{{payload.action}}',
      map: {
        set: {
          say: `${LATE} has to be done {{#until}}by {{until}}{{/until}}{{^until}}in time{{/until}}${LATE_TITLE}`,
          with: { until: BREACHES },
        },
        highRisk: `${LATE} is nearly late${LATE_TITLE}`,
      },
      otherwise: `${LATE} is late${LATE_TITLE}`,
    },
    'request.created': [
      '{{#payload.data.customer.name}}Request of {{payload.data.customer.name}}{{#payload.data.issue.identifier}} for {{payload.data.issue.identifier}}{{/payload.data.issue.identifier}}{{#payload.data.issue.title}}: {{payload.data.issue.title}}{{/payload.data.issue.title}}{{/payload.data.customer.name}}',
      'Request of a customer{{#payload.data.issue.identifier}} for {{payload.data.issue.identifier}}{{/payload.data.issue.identifier}}{{#payload.data.issue.title}}: {{payload.data.issue.title}}{{/payload.data.issue.title}}',
    ],
    'comment.created':
      '{{payload.data.user.name}}{{^payload.data.user.name}}Somebody{{/payload.data.user.name}} commented{{#payload.data.issue.identifier}} on {{payload.data.issue.identifier}}{{/payload.data.issue.identifier}}{{#payload.data.issue.title}}: {{payload.data.issue.title}}{{/payload.data.issue.title}}',
    'project.created': 'Project created: {{payload.data.name}}',
    'project.update': {
      from: '{{payload.data.health}}',
      map: {
        onTrack: 'Project on track: {{payload.data.project.name}}',
        atRisk: 'Project at risk: {{payload.data.project.name}}',
        offTrack: 'Project off track: {{payload.data.project.name}}',
      },
      otherwise: 'Project update: {{payload.data.project.name}}',
    },
  },
  url: ['{{payload.url}}', '{{payload.data.url}}', '{{payload.issueData.url}}', '{{payload.data.issue.url}}'],
  labels: {
    team: ['{{payload.data.team.key}}', '{{payload.data.issue.team.key}}', '{{payload.issueData.team.key}}'],
    project: ['{{payload.data.project.name}}', '{{payload.issueData.project.name}}'],
    priority: ['{{payload.data.priorityLabel}}', '{{payload.issueData.priorityLabel}}'],
    author: '{{payload.actor.name}}',
  },
  facts: {
    emoji: {
      from: WHAT,
      map: {
        'Issue.remove': '🗑️',
        'Issue.update': { from: '{{payload.data.state.type}}', map: { canceled: '⚪' } },
        'Comment.create': '💬',
        'CustomerNeed.create': '🙋',
        'IssueSLA.set': '⏱️',
        'Project.create': '📁',
        'ProjectUpdate.create': { from: '{{payload.data.health}}', map: { onTrack: '✅' } },
      },
    },
    tone: {
      from: WHAT,
      map: {
        'Issue.remove': 'neutral',
        'Issue.update': { from: '{{payload.data.state.type}}', map: { canceled: 'neutral' } },
        'ProjectUpdate.create': { from: '{{payload.data.health}}', map: { onTrack: 'good' } },
      },
    },
    by: '{{payload.actor.name}}',
    assignee: ['{{payload.data.assignee.name}}', '{{payload.issueData.assignee.name}}'],
    // The title says it where it changed.
    priority: {
      from: ['{{payload.data.priorityLabel}}', '{{payload.issueData.priorityLabel}}'],
      map: { Urgent: 'Urgent', High: 'High', Medium: 'Medium', Low: 'Low' },
    },
    project: ['{{payload.data.project.name}}', '{{payload.issueData.project.name}}'],
    // The title of a new term says it.
    breaches: { from: '{{payload.action}}', map: { set: '' }, otherwise: BREACHES },
    due: { time: '{{payload.data.dueDate}}' },
  },
  at: '{{payload.createdAt}}',
};
