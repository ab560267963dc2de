import type { Declaration } from '../declared/declaration.ts';

export const dockerhub: Declaration = {
  type: 'dockerhub',
  title: 'Docker Hub',
  docs: 'https://docs.docker.com/docker-hub/repos/manage/webhooks/',
  setUp:
    'In the repository under “Webhooks”, add the address with its token at the end (`/hooks/<source>/<secret>`): Docker Hub signs nothing.',
  verifier: { scheme: 'urlToken' },
  events: { push: 'An image was pushed.' },
  requires: '{{payload.repository.repo_name}}',
  event: 'push',
  id: '{{#payload.push_data.pushed_at}}{{payload.repository.repo_name}}:{{payload.push_data.tag}} {{payload.push_data.pushed_at}}{{/payload.push_data.pushed_at}}',
  titles: {
    push: 'Image pushed: {{payload.repository.repo_name}}{{#payload.push_data.tag}}:{{payload.push_data.tag}}{{/payload.push_data.tag}}',
  },
  url: '{{payload.repository.repo_url}}',
  labels: {
    repo: '{{payload.repository.repo_name}}',
    tag: '{{payload.push_data.tag}}',
    author: '{{payload.push_data.pusher}}',
  },
  facts: { by: '{{payload.push_data.pusher}}' },
  at: '{{payload.push_data.pushed_at}}',
};
