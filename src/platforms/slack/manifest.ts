import type { webApi } from '@slack/bolt';
import { CommandError } from '../../core/errors.ts';
import { WHY_SHORTCUT } from './action-ids.ts';
import { SLACK_PATH } from './http-door.ts';

export type SlackManifest = webApi.AppsManifestCreateArguments['manifest'];

export interface SlackManifestOptions {
  /** Where Slack reaches this server; not needed with Socket Mode. */
  readonly publicUrl?: string;
  readonly socketMode: boolean;
}

/**
 * The Slack app as Bellhop uses it, to be pasted at https://api.slack.com/apps?new_app=1; no scope, event or address
 * beyond that. Without Socket Mode it needs an https address, and refuses to be written without one.
 */
export function slackManifest({ publicUrl, socketMode }: SlackManifestOptions): SlackManifest {
  const url = socketMode ? undefined : `${httpsUrl(publicUrl)}${SLACK_PATH}`;
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Bellhop',
      description: 'Brings webhooks to your channels, and takes orders there',
      background_color: '#1f2a44',
    },
    features: {
      // People can be written to directly, as channels; Bellhop reads nothing there.
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'bellhop', always_online: true },
      shortcuts: [
        {
          name: 'Why this message?',
          type: 'message',
          callback_id: WHY_SHORTCUT,
          description: 'Which hook and which route brought this message',
        },
      ],
      slash_commands: [
        {
          command: '/bellhop',
          ...(url !== undefined && { url }),
          description: 'Mute, route and ask why',
          usage_hint: 'help | status | list | mute … | why … | route …',
          // Channels and people come as ids: a name would tell nothing for sure.
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      scopes: {
        bot: [
          // Posts and edits, where the bot was invited. Not `chat:write.public`: who invites it decides where it speaks.
          'chat:write',
          // The slash command and the message shortcut.
          'commands',
          // People's time zones, for `until 09:00`.
          'users:read',
          // Who belongs to a user group that `chatops.permissions` names.
          'usergroups:read',
        ],
      },
    },
    settings: {
      interactivity: { is_enabled: true, ...(url !== undefined && { request_url: url }) },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}

function httpsUrl(publicUrl: string | undefined): string {
  if (publicUrl !== undefined && URL.canParse(publicUrl) && new URL(publicUrl).protocol === 'https:')
    return publicUrl.replace(/\/+$/, '');
  throw new CommandError(
    'Slack posts commands to an https address: set server.publicUrl in the config, or use Socket Mode, which needs none.',
  );
}
