import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';
import { hubspotVerifier } from '../verifiers/hubspot.ts';
import { byAction, byKind, said } from './kinds.ts';
import { STAGES } from './stages.ts';

const KIND = byKind((kind) => kind, '');

const isStage = (stage: Value, otherwise: Value): Value => ({
  from: '{{item.propertyName}}',
  map: { dealstage: stage, hs_pipeline_stage: stage, lifecyclestage: stage },
  otherwise,
});

const RECORD: Value = byKind((kind) => kind, 'record');
const id = '/{{item.objectId}}';
const home = 'https://app.hubspot.com/contacts/{{item.portalId}}/';

export const hubspot: Declaration = {
  type: 'hubspot',
  title: 'HubSpot',
  docs: 'https://developers.hubspot.com/docs/api/webhooks',
  setUp:
    'In your app’s settings under “Webhooks”, give the address as the target URL and subscribe to what you want; the source’s secret is the app’s client secret. HubSpot signs the address as it knows it, so that `server.publicUrl` must say the same. Its events name records by their numbers alone: the button leads to the record.',
  verifier: hubspotVerifier,
  events: {
    'object.creation': 'A contact, company, deal or ticket was created.',
    'object.stage': 'A deal or ticket moved to another stage, or a contact or company in its life cycle.',
    'object.propertyChange': 'Something else of a record changed.',
    'object.merge': 'Records became one.',
    'object.deletion': 'A record was deleted.',
    'object.restore': 'A deleted record is back.',
    'contact.privacyDeletion': 'Somebody had all their data removed.',
    'conversation.creation': 'A conversation began.',
    'conversation.newMessage': 'Somebody wrote in a conversation.',
  },
  ignores: {
    'object.associationChange': 'HubSpot tells of each link between two records twice, and nobody needs to act on it.',
    'conversation.comment': 'A comment is meant for those who read the conversation.',
    'conversation.deletion': 'Nobody needs to act on it.',
    'conversation.propertyChange': 'Nobody needs to act on it.',
  },
  each: 'payload',
  requires: '{{#item.subscriptionType}}{{item.portalId}}{{/item.subscriptionType}}',
  event: {
    from: '{{item.subscriptionType}}',
    map: {
      ...byAction('creation', 'object.creation'),
      ...byAction('deletion', 'object.deletion'),
      ...byAction('merge', 'object.merge'),
      ...byAction('restore', 'object.restore'),
      ...byAction('propertyChange', isStage('object.stage', 'object.propertyChange')),
      ...byAction('associationChange', 'object.associationChange'),
      'conversation.newMessage': {
        from: '{{item.messageType}}',
        map: { COMMENT: 'conversation.comment' },
        otherwise: 'conversation.newMessage',
      },
    },
    otherwise: '{{item.subscriptionType}}',
  },
  // HubSpot says that its `eventId` alone may come twice.
  id: '{{#item.eventId}}{{item.eventId}}:{{item.subscriptionId}}:{{item.objectId}}:{{item.occurredAt}}{{/item.eventId}}',
  key: {
    from: '{{item.subscriptionType}}',
    map: {
      'contact.privacyDeletion': 'contact:{{item.objectId}}',
      'conversation.creation': 'conversation:{{item.objectId}}',
      'conversation.newMessage': 'conversation:{{item.objectId}}',
    },
    otherwise: byKind(
      (kind) => `${kind}:{{item.objectId}}`,
      '{{#item.objectId}}record:{{item.objectId}}{{/item.objectId}}',
    ),
  },
  state: {
    from: '{{item.subscriptionType}}',
    map: {
      ...byAction('creation', 'open'),
      ...byAction('restore', 'open'),
      ...byAction('deletion', 'deleted'),
      ...byAction(
        'propertyChange',
        isStage(
          {
            from: '{{item.propertyValue}}',
            map: { closedwon: 'won', closedlost: 'lost', 4: 'closed' },
            otherwise: 'open',
          },
          '',
        ),
      ),
      'contact.privacyDeletion': 'deleted',
      'conversation.creation': 'open',
    },
  },
  closes: ['won', 'lost', 'closed', 'deleted'],
  titles: {
    'object.creation': said('created'),
    'object.stage': {
      from: '{{item.propertyValue}}',
      map: {
        closedwon: 'Deal won',
        closedlost: 'Deal lost',
        ...Object.fromEntries(Object.entries(STAGES).map(([stage, words]) => [stage, said(`is now: ${words}`)])),
      },
      otherwise: said('moved to another stage'),
    },
    'object.propertyChange': {
      from: '{{item.propertyName}}',
      map: { hubspot_owner_id: said('has another owner') },
      otherwise: said('changed: {{item.propertyName}}'),
    },
    'object.merge': said('merged with another'),
    'object.deletion': said('deleted'),
    'object.restore': said('restored'),
    'contact.privacyDeletion': 'Contact removed for privacy',
    'conversation.creation': 'New conversation',
    'conversation.newMessage': 'New message in a conversation',
  },
  url: {
    from: '{{item.subscriptionType}}',
    map: {
      ...byAction('deletion', ''),
      ...byAction('merge', [
        byKind((kind) => `{{#item.newObjectId}}${home}${kind}/{{item.newObjectId}}{{/item.newObjectId}}`, ''),
        byKind(
          (kind) => `{{#item.primaryObjectId}}${home}${kind}/{{item.primaryObjectId}}{{/item.primaryObjectId}}`,
          '',
        ),
      ]),
      'contact.privacyDeletion': '',
      'conversation.creation': 'https://app.hubspot.com/live-messages/{{item.portalId}}/inbox/{{item.objectId}}',
      'conversation.newMessage': 'https://app.hubspot.com/live-messages/{{item.portalId}}/inbox/{{item.objectId}}',
    },
    otherwise: byKind((kind) => `${home}${kind}${id}`, ''),
  },
  labels: { kind: KIND, property: '{{item.propertyName}}', through: '{{item.changeSource}}' },
  facts: {
    emoji: {
      from: '{{item.subscriptionType}}',
      map: {
        ...byAction('creation', '🆕'),
        ...byAction('merge', '🔀'),
        ...byAction('deletion', '🗑️'),
        ...byAction('restore', '♻️'),
        ...byAction(
          'propertyChange',
          isStage(
            { from: '{{item.propertyValue}}', map: { closedwon: '🎉', closedlost: '❌', 4: '✅' }, otherwise: '➡️' },
            '✏️',
          ),
        ),
        'contact.privacyDeletion': '🗑️',
        'conversation.creation': '💬',
        'conversation.newMessage': '💬',
      },
    },
    tone: {
      from: '{{item.subscriptionType}}',
      map: {
        ...byAction('deletion', 'neutral'),
        ...byAction('propertyChange', { from: '{{item.propertyValue}}', map: { closedlost: 'neutral' } }),
        'contact.privacyDeletion': 'neutral',
      },
    },
    record: RECORD,
    // Owners are numbers, and the title says the stage.
    now: isStage('', {
      from: '{{item.propertyName}}',
      map: { hubspot_owner_id: '' },
      otherwise: { cut: '{{item.propertyValue}}', to: 150 },
    }),
    through: {
      from: '{{item.changeSource}}',
      map: {
        API: 'the API',
        INTEGRATION: 'an integration',
        IMPORT: 'an import',
        FORM: 'a form',
        FORMS: 'a form',
        AUTOMATION_PLATFORM: 'a workflow',
        WORKFLOWS: 'a workflow',
        MOBILE_IOS: 'the app',
        MOBILE_ANDROID: 'the app',
      },
    },
  },
  at: '{{item.occurredAt}}',
};
