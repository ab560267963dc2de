/** What an error of Slack's means for the delivery. */
export type ErrorClass =
  /** This channel cannot be posted in. */
  | 'channel'
  /** Nothing can be posted anywhere with this token. */
  | 'token'
  /** The message's form was refused. */
  | 'form'
  /** Bellhop asked for something that does not exist. */
  | 'fault'
  /** The message to edit is gone or closed. */
  | 'gone'
  /** Not now; nothing was posted. */
  | 'wait'
  /** Slack said something, and it may have been posted all the same. */
  | 'unsure';

/**
 * https://docs.slack.dev/reference/methods/chat.postMessage#errors and chat.update; incoming webhooks answer some
 * of the same words.
 */
const CODES: Readonly<Record<Exclude<ErrorClass, 'unsure'>, string>> = {
  channel: `channel_not_found not_in_channel is_archived is_inactive restricted_action restricted_action_read_only_channel
    restricted_action_thread_only_channel restricted_action_non_threadable_channel restricted_action_thread_locked
    ekm_access_denied team_not_found messages_tab_disabled cannot_reply_to_message app_access_restricted no_permission
    channel_is_archived action_prohibited posting_to_general_channel_denied user_not_found`,
  token: `invalid_auth not_authed account_inactive token_revoked token_expired missing_scope not_allowed_token_type
    two_factor_setup_required access_denied accesslimited enterprise_is_restricted user_removed_from_team team_disabled
    invalid_token no_service no_service_id no_team no_active_hooks`,
  form: `invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long no_text invalid_attachments
    attachment_payload_limit_exceeded too_many_attachments too_many_contact_cards markdown_text_conflict metadata_too_large
    invalid_metadata_format invalid_metadata_schema metadata_must_be_sent_from_app invalid_arg_name invalid_array_arg
    invalid_charset invalid_form_data invalid_post_type missing_post_type cant_broadcast_message
    no_dual_broadcast_content_update invalid_payload missing_text_or_fallback_or_attachments`,
  fault: 'unknown_method method_deprecated deprecated_endpoint is_bot as_user_not_supported',
  gone: 'message_not_found cant_update_message edit_window_closed block_mismatch',
  wait: `ratelimited rate_limited message_limit_exceeded service_unavailable team_added_to_org external_channel_migrating
    org_login_required streaming_state_conflict`,
};

const CLASSES: ReadonlyMap<string, ErrorClass> = new Map(
  (Object.entries(CODES) as [ErrorClass, string][]).flatMap(([kind, codes]) =>
    codes.split(/\s+/).map((code): [string, ErrorClass] => [code, kind]),
  ),
);

/** The class of an error word. One that is not documented is `unsure`: a proxy's page must never kill a delivery. */
export function errorClass(code: string): ErrorClass {
  if (/^slack_connect_\w+_blocked$/.test(code)) return 'channel';
  return CLASSES.get(code) ?? 'unsure';
}

const NOT_THERE = (channel: string) =>
  `Slack does not know the channel ${channel}, or the bot is not in it: invite it with /invite @bellhop.`;
const ARCHIVED = (channel: string) => `The Slack channel ${channel} is archived.`;
const FORBIDDEN = (channel: string) => `The bot is not allowed to post in the Slack channel ${channel}.`;
const BAD_TOKEN = () => 'Slack does not accept the bot token: check platforms.slack.botToken.';
const WEBHOOK_GONE = () => 'Slack no longer knows the address of this incoming webhook: make a new one.';

const SENTENCES: Readonly<Record<string, (channel: string) => string>> = {
  channel_not_found: NOT_THERE,
  not_in_channel: NOT_THERE,
  is_archived: ARCHIVED,
  channel_is_archived: ARCHIVED,
  restricted_action: FORBIDDEN,
  restricted_action_read_only_channel: FORBIDDEN,
  no_permission: FORBIDDEN,
  action_prohibited: FORBIDDEN,
  posting_to_general_channel_denied: FORBIDDEN,
  invalid_auth: BAD_TOKEN,
  not_authed: BAD_TOKEN,
  token_revoked: () => 'The Slack bot token was revoked: install the app again.',
  token_expired: () => 'The Slack bot token has expired: install the app again.',
  account_inactive: () => 'The Slack bot was removed from its workspace: install the app again.',
  missing_scope: () => 'The Slack bot token lacks a scope: add chat:write and install the app again.',
  invalid_token: WEBHOOK_GONE,
  no_service: WEBHOOK_GONE,
  no_service_id: WEBHOOK_GONE,
  no_active_hooks: WEBHOOK_GONE,
  message_not_found: () => 'The Slack message to edit is gone.',
  edit_window_closed: () => 'The Slack message can no longer be edited: the workspace limits the time for edits.',
  ratelimited: () => 'Slack asks to slow down.',
  rate_limited: () => 'Slack asks to slow down.',
  message_limit_exceeded: () => 'The Slack workspace has reached its limit of messages.',
};

const OPENINGS: Readonly<Record<ErrorClass, string>> = {
  channel: 'Slack refuses messages in this channel',
  token: 'Slack refuses the bot',
  form: 'Slack refused the form of the message',
  fault: 'Slack does not take this call',
  gone: 'The Slack message cannot be edited',
  wait: 'Slack cannot take the message now',
  unsure: 'Slack answered with an error that does not say whether the message was posted',
};

/**
 * An error word as a sentence for the person who runs Bellhop. What does not look like a word of Slack's is not
 * repeated.
 */
export function errorSentence(code: string, channel: string, detail = ''): string {
  const known = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined;
  if (known !== undefined) return known(channel);
  const word = /^[a-z0-9_]{1,64}$/.test(code) ? ` (${code})` : '';
  return `${OPENINGS[errorClass(code)]}${word}${detail === '' ? '' : `: ${detail}`}.`;
}
